import type { ComponentChildren } from 'preact'
import { LANGS, type Lang } from '../domain/lang.ts'
import type { T } from '../i18n/translator.ts'
import type { Form } from '../people/form.ts'
import { Button } from '../web/button.tsx'
import { ErrorSummary, type FieldErrors } from '../web/error-summary.tsx'
import { Checkbox, RadioCards, TextField } from '../web/fields.tsx'
import { LANG_NAMES } from '../web/layout.tsx'
import { CampaignFields } from './campaign-fields.tsx'
import { type FormPart, LocalizedField } from './localized-fields.tsx'
import { CurrencyField, TimeZoneField } from './place-fields.tsx'
import {
  MAX_AUTHORISATION_CHARACTERS,
  MAX_AUTHORITY_CHARACTERS,
  MAX_BANK_NAME_CHARACTERS,
  MAX_CITY_CHARACTERS,
  MAX_COLLECTIVE_NAME_CHARACTERS,
  MAX_LEGAL_NAME_CHARACTERS,
  MAX_PERSON_NAME_CHARACTERS,
} from './set-up-form.ts'

export interface SetUpPageProps {
  readonly t: T
  readonly lang: Lang
  readonly token: string
  readonly form: Form
  readonly errors: FieldErrors
}

/** The whole set-up on one calm page in four parts. The language buttons send the form, so nothing is lost. */
export function SetUpPage(props: SetUpPageProps) {
  const { t, lang, token } = props
  const main = props.form.shown('main_lang')
  // Every language has its fields, the main one first; the style sheet shows those that are chosen.
  const langs = [...LANGS].sort((one, other) => Number(other === main) - Number(one === main))
  const part = { ...props, langs }
  return (
    <form class="set-up" method="post" action={`/setup?lang=${lang}`} noValidate>
      <input type="hidden" name="token" value={token} />
      {/* Enter in a field takes the first button of a form: it must not be a language. */}
      <button class="unseen" type="submit" tabIndex={-1} aria-hidden="true" />
      <LanguageButtons t={t} lang={lang} />
      <h1>{t('setup.title')}</h1>
      <p class="lead">{t('setup.lead')}</p>
      <ErrorSummary t={t} errors={props.form.summary(t)} />
      <CollectivePart {...part} />
      <AssociationPart {...part} />
      <OrganiserPart {...part} />
      <Part number={4} title={t('setup.campaign')} lead={t('setup.campaign.lead')}>
        <CampaignFields {...part} />
      </Part>
      <div class="set-up-end">
        <p>{t('setup.before_sending')}</p>
        <Button>{t('setup.send')}</Button>
      </div>
    </form>
  )
}

interface PartProps extends FormPart {
  readonly langs: readonly Lang[]
}

function LanguageButtons({ t, lang }: { t: T; lang: Lang }) {
  return (
    <fieldset class="set-up-languages">
      <legend class="unseen">{t('common.languages')}</legend>
      {LANGS.filter((other) => other !== lang).map((other) => (
        <button
          key={other}
          class="button button-plain"
          type="submit"
          name="show_in"
          value={other}
          lang={other}
        >
          {LANG_NAMES[other]}
        </button>
      ))}
    </fieldset>
  )
}

function Part(props: { number: number; title: string; lead: string; children: ComponentChildren }) {
  const { number, title, lead, children } = props
  return (
    <section class="set-up-part" aria-labelledby={`part-${number}`}>
      <h2 id={`part-${number}`}>
        <span class="set-up-number">{number}</span> {title}
      </h2>
      <p class="set-up-lead">{lead}</p>
      <div class="form">{children}</div>
    </section>
  )
}

function CollectivePart(props: PartProps) {
  const { t, form, errors } = props
  return (
    <Part number={1} title={t('setup.collective')} lead={t('setup.collective.lead')}>
      <RadioCards
        t={t}
        name="main_lang"
        label={t('setup.field.main_lang')}
        hint={t('setup.hint.main_lang')}
        error={errors.main_lang}
        value={form.shown('main_lang')}
        choices={LANGS.map((lang) => ({ value: lang, label: LANG_NAMES[lang] }))}
      />
      <fieldset class="field">
        <legend class="field-label">{t('setup.field.also')}</legend>
        <p class="field-hint">{t('setup.hint.also')}</p>
        <div class="check-row">
          {LANGS.map((lang) => (
            <div key={lang} class={`also also-${lang}`}>
              <Checkbox
                t={t}
                name={`also_${lang}`}
                label={LANG_NAMES[lang]}
                checked={form.shown(`also_${lang}`) === 'on'}
                optional
              />
            </div>
          ))}
        </div>
      </fieldset>
      <LocalizedField
        {...props}
        name="name"
        label={t('setup.field.name')}
        hint={t('setup.hint.name')}
        maxLength={MAX_COLLECTIVE_NAME_CHARACTERS}
      />
      <LocalizedField {...props} name="city" label={t('setup.field.city')} maxLength={MAX_CITY_CHARACTERS} />
      <TextField
        t={t}
        name="collective_slug"
        label={t('setup.field.collective_slug')}
        hint={t('setup.hint.collective_slug')}
        value={form.shown('collective_slug')}
        error={errors.collective_slug}
        dir="ltr"
        maxLength={60}
        optional
      />
      <TimeZoneField {...props} />
      <CurrencyField {...props} />
    </Part>
  )
}

function AssociationPart(props: PartProps) {
  const { t, form, errors } = props
  const field = (name: string) => ({
    t,
    name,
    label: t(`setup.field.${name}`),
    value: form.shown(name),
    error: errors[name],
  })
  return (
    <Part number={2} title={t('setup.association')} lead={t('setup.association.lead')}>
      <LocalizedField
        {...props}
        name="legal_name"
        label={t('setup.field.legal_name')}
        hint={t('setup.hint.legal_name')}
        maxLength={MAX_LEGAL_NAME_CHARACTERS}
      />
      <TextField {...field('bank_name')} maxLength={MAX_BANK_NAME_CHARACTERS} optional />
      <TextField
        {...field('account_number')}
        hint={t('setup.hint.account_number')}
        inputmode="text"
        dir="ltr"
        maxLength={60}
      />
      <TextField
        {...field('authorisation_number')}
        hint={t('setup.hint.authorisation_number')}
        maxLength={MAX_AUTHORISATION_CHARACTERS}
      />
      <TextField
        {...field('authority')}
        hint={t('setup.hint.authority')}
        maxLength={MAX_AUTHORITY_CHARACTERS}
        optional
      />
      <div class="field-pair">
        <TextField {...field('authorised_from')} type="date" />
        <TextField {...field('authorised_until')} hint={t('setup.hint.authorised_until')} type="date" />
      </div>
    </Part>
  )
}

function OrganiserPart({ t, form, errors }: PartProps) {
  return (
    <Part number={3} title={t('setup.organiser')} lead={t('setup.organiser.lead')}>
      <TextField
        t={t}
        name="organiser_name"
        label={t('setup.field.organiser_name')}
        value={form.shown('organiser_name')}
        error={errors.organiser_name}
        autocomplete="name"
        maxLength={MAX_PERSON_NAME_CHARACTERS}
      />
      <TextField
        t={t}
        name="organiser_email"
        label={t('setup.field.organiser_email')}
        hint={t('setup.hint.organiser_email')}
        value={form.shown('organiser_email')}
        error={errors.organiser_email}
        type="email"
        autocomplete="email"
        maxLength={254}
      />
    </Part>
  )
}
