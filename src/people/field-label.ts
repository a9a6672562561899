import { isLang } from '../domain/lang.ts'
import type { T } from '../i18n/translator.ts'
import { LANG_NAMES } from '../web/layout.tsx'

/** Where the words for a field are that are not `organiser.field.NAME`. */
const LABELS: Record<string, string> = {
  name_: 'setup.field.name',
  city_: 'setup.field.city',
  legal_name_: 'setup.field.legal_name',
  body_: 'organiser.field.update_body',
  amount: 'organiser.amount',
  own_goal: 'ambassador.goal_label',
  way: 'ambassador.way',
  note: 'ambassador.note',
  words_: 'ambassador.words_label',
  ...Object.fromEntries(
    [
      'main_lang',
      'collective_slug',
      'time_zone',
      'currency',
      'bank_name',
      'account_number',
      'authorisation_number',
      'authority',
      'authorised_from',
      'authorised_until',
      'organiser_name',
      'organiser_email',
    ].map((name) => [name, `setup.field.${name}`]),
  ),
}

/** What a field is called, for the summary of errors; undefined for what concerns the whole form. */
export function fieldLabel(t: T, name: string): string | undefined {
  if (name === '') return undefined
  const end = name.lastIndexOf('_') + 1
  const lang = name.slice(end)
  if (!isLang(lang)) return t(LABELS[name] ?? `organiser.field.${name}`)
  const key = LABELS[name.slice(0, end)] ?? `organiser.field.${name.slice(0, end - 1)}`
  return `${t(key)} — ${LANG_NAMES[lang]}`
}
