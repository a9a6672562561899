import type { Lang } from '../domain/lang.ts'
import { CURRENCIES } from '../domain/money.ts'
import { SelectField } from '../web/fields.tsx'
import type { FormPart } from './localized-fields.tsx'

/** Where the founding collective lives: the first of the list, chosen until somebody says otherwise. */
export const DEFAULT_TIME_ZONE = 'Africa/Casablanca'

const TIME_ZONES = [
  DEFAULT_TIME_ZONE,
  ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== DEFAULT_TIME_ZONE),
]

const LOCALES: Record<Lang, string> = { ar: 'ar-MA', fr: 'fr', en: 'en-GB', es: 'es' }

export function TimeZoneField({ t, form, errors }: FormPart) {
  return (
    <SelectField
      t={t}
      name="time_zone"
      label={t('setup.field.time_zone')}
      hint={t('setup.hint.time_zone')}
      value={form.shown('time_zone')}
      error={errors.time_zone}
      choices={TIME_ZONES.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
    />
  )
}

export function CurrencyField({ t, lang, form, errors }: FormPart) {
  const names = new Intl.DisplayNames(LOCALES[lang], { type: 'currency' })
  return (
    <SelectField
      t={t}
      name="currency"
      label={t('setup.field.currency')}
      hint={t('setup.hint.currency')}
      value={form.shown('currency')}
      error={errors.currency}
      choices={CURRENCIES.map((code) => ({ value: code, label: `${names.of(code)} (${code})` }))}
    />
  )
}
