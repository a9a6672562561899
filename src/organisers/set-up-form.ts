import { checkAccountNumber } from '../domain/account-number.ts'
import { isTimeZone, type LocalDay } from '../domain/days.ts'
import { isLang, LANGS, type Lang } from '../domain/lang.ts'
import { isCurrency } from '../domain/money.ts'
import { RESERVED_COLLECTIVE_SLUGS } from '../domain/slug.ts'
import type { Form } from '../people/form.ts'
import { readCampaign, readLocalized } from './campaign-form.ts'
import { checkSchedule, termDays } from './campaign-terms.ts'
import type { NewAssociation, NewCollective } from './create-collective.ts'
import type { SetUpWish } from './set-up.ts'

export const MAX_COLLECTIVE_NAME_CHARACTERS = 60
export const MAX_CITY_CHARACTERS = 60
export const MAX_LEGAL_NAME_CHARACTERS = 120
export const MAX_BANK_NAME_CHARACTERS = 60
export const MAX_AUTHORISATION_CHARACTERS = 60
export const MAX_AUTHORITY_CHARACTERS = 120
export const MAX_PERSON_NAME_CHARACTERS = 60

/** Reads the whole set-up form as it was shown in `lang`, all of it, so that every wrong field is told at once. */
export function readSetUp(form: Form, now: Date, lang: Lang): SetUpWish | undefined {
  const langs = chosenLangs(form)
  const collective = readCollective(form, langs)
  const association = readAssociation(form, langs)
  const name = form.text('organiser_name', MAX_PERSON_NAME_CHARACTERS)
  const email = form.email('organiser_email')
  const currency = form.shown('currency')
  const campaign = readCampaign(form, langs, isCurrency(currency) ? currency : undefined, lang)
  if (!collective || !association || !name || !email || !campaign || !form.ok) return undefined
  const authorisation = { from: association.authorisedFrom, until: association.authorisedUntil }
  const refused = checkSchedule(termDays(campaign), authorisation, now, collective.timeZone)
  if (refused) return form.fail('first_day', refused)
  return { collective: { ...collective, association, organiser: { name, email } }, campaign }
}

/** The languages of the collective as the form has them now: the main one first, then the others. */
export function chosenLangs(form: Form): Lang[] {
  const main = form.shown('main_lang')
  const others = LANGS.filter((lang) => lang !== main && form.shown(`also_${lang}`) === 'on')
  return isLang(main) ? [main, ...others] : others
}

function readCollective(
  form: Form,
  langs: readonly Lang[],
): Omit<NewCollective, 'association' | 'organiser'> | undefined {
  form.choice('main_lang', isLang)
  const name = readLocalized(form, 'name', langs, MAX_COLLECTIVE_NAME_CHARACTERS)
  const city = readLocalized(form, 'city', langs, MAX_CITY_CHARACTERS)
  const names = langs.map((lang) => name?.[lang] ?? '')
  const slug = form.slug('collective_slug', RESERVED_COLLECTIVE_SLUGS, names)
  const timeZone = form.choice('time_zone', (value): value is string => isTimeZone(value))
  const currency = form.choice('currency', isCurrency)
  return name && city && slug && timeZone && currency
    ? { slug, name, city, timeZone, currency, langs }
    : undefined
}

function readAssociation(form: Form, langs: readonly Lang[]): NewAssociation | undefined {
  const legalName = readLocalized(form, 'legal_name', langs, MAX_LEGAL_NAME_CHARACTERS)
  const bankName = form.optionalText('bank_name', MAX_BANK_NAME_CHARACTERS)
  const accountNumber = readAccountNumber(form)
  const authorisationNumber = form.text('authorisation_number', MAX_AUTHORISATION_CHARACTERS)
  const authority = form.optionalText('authority', MAX_AUTHORITY_CHARACTERS)
  const authorisedFrom = form.day('authorised_from')
  const authorisedUntil = readLastDay(form, authorisedFrom)
  if (!legalName || !accountNumber || !authorisationNumber || !authorisedFrom || !authorisedUntil) return
  if (bankName === undefined || authority === undefined) return
  return {
    legalName,
    bankName,
    accountNumber,
    authorisationNumber,
    authority,
    authorisedFrom,
    authorisedUntil,
  }
}

function readAccountNumber(form: Form): string | undefined {
  const checked = checkAccountNumber(form.shown('account_number'))
  if (checked.ok) return checked.account
  return form.fail('account_number', checked.status === 'empty' ? 'required' : `account_${checked.status}`)
}

function readLastDay(form: Form, firstDay: LocalDay | undefined): LocalDay | undefined {
  const lastDay = form.day('authorised_until')
  if (firstDay && lastDay && lastDay < firstDay) return form.fail('authorised_until', 'before_first_day')
  return lastDay
}
