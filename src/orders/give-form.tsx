import type { Campaign } from '../db/directory.ts'
import { MAX_QUANTITY } from '../domain/coupon.ts'
import { inLang, type Lang } from '../domain/lang.ts'
import { formatMoney, money } from '../domain/money.ts'
import { MAX_NAME_CHARACTERS, MAX_WORD_CHARACTERS } from '../domain/order.ts'
import { type T, translator } from '../i18n/translator.ts'
import { ErrorSummary, type FieldErrors } from '../web/error-summary.tsx'
import { Checkbox, NumberStepper, RadioCards, TextArea, TextField } from '../web/fields.tsx'
import { givePath } from './addresses.ts'
import { FormId } from './form-id.tsx'
import type { GiveValues } from './give-values.ts'
import type { OrderServices } from './services.ts'

export interface GiveFormProps {
  readonly campaign: Campaign
  readonly lang: Lang
  readonly t: T
  /** The order's id, the same again when a refused form comes back; left out where every reader gets the same page. */
  readonly id?: string
  readonly cardAvailable: boolean
  /** For how many days the numbers of a bank transfer are kept. */
  readonly transferDays: number
  readonly ambassador?: { readonly slug: string }
  readonly values?: GiveValues
  /** Sentences by the name of the field. */
  readonly errors?: FieldErrors
}

/** The form on a campaign's own page, the same for every reader. */
export function createGiveForm(services: OrderServices) {
  return (campaign: Campaign, lang: Lang, ambassador?: { readonly slug: string }) => (
    <GiveForm
      campaign={campaign}
      lang={lang}
      t={translator(lang)}
      cardAvailable={services.card !== undefined}
      transferDays={services.transferDays}
      ambassador={ambassador}
    />
  )
}

/** The id of the form's element. */
export const GIVE_FORM_ID = 'give-form'

/** How many, how to pay, who, and one consent: everything that giving takes, on one page. */
export function GiveForm(props: GiveFormProps) {
  const { campaign, lang, t, id, ambassador, values, errors = {} } = props
  const price = formatMoney(money(campaign.priceMinor, campaign.currency), lang)
  return (
    <form
      class="form give-form"
      id={GIVE_FORM_ID}
      method="post"
      action={givePath(lang, campaign, ambassador)}
      noValidate
    >
      <ErrorSummary t={t} errors={errors} />
      <FormId id={id} />
      <input type="hidden" name="ambassador" value={ambassador?.slug ?? ''} />
      <NumberStepper
        t={t}
        name="quantity"
        label={t('give.quantity')}
        hint={t('give.quantity_hint', { price, max: MAX_QUANTITY })}
        error={errors.quantity}
        value={values?.quantity ?? '1'}
        min={1}
        max={MAX_QUANTITY}
      />
      <Method {...props} />
      <Person {...props} />
      <Checkbox
        t={t}
        name="consent"
        value="yes"
        label={t('give.consent', {
          association: inLang(campaign.association.legalName, lang),
          authorisation: campaign.association.authorisationNumber,
        })}
        error={errors.consent}
        checked={values?.consent}
      />
      <GiveButton {...props} />
    </form>
  )
}

function Method({ t, cardAvailable, transferDays, values, errors }: GiveFormProps) {
  const hint = t('give.method_transfer_hint', { n: transferDays })
  if (!cardAvailable) {
    return (
      <div class="notice">
        <input type="hidden" name="method" value="transfer" />
        <p>{t('give.method_only_transfer')}</p>
        <p class="field-hint">{hint}</p>
        {errors?.method && <p class="field-error">{errors.method}</p>}
      </div>
    )
  }
  return (
    <RadioCards
      t={t}
      name="method"
      label={t('give.method')}
      error={errors?.method}
      value={values?.method}
      choices={[
        { value: 'card', label: t('give.method_card'), hint: t('give.method_card_hint') },
        { value: 'transfer', label: t('give.method_transfer'), hint },
      ]}
    />
  )
}

function Person({ t, ambassador, values, errors }: GiveFormProps) {
  return (
    <>
      <div class="give-name">
        <TextField
          t={t}
          name="name"
          label={t('give.name')}
          hint={t('give.name_hint')}
          error={errors?.name}
          value={values?.name}
          autocomplete="name"
          maxLength={MAX_NAME_CHARACTERS}
          optional
        />
        {ambassador && (
          <Checkbox
            t={t}
            name="hide_name"
            value="yes"
            label={t('give.hide_name')}
            error={errors?.hide_name}
            checked={values?.hideName}
            optional
          />
        )}
      </div>
      <TextField
        t={t}
        name="contact"
        label={t('give.contact')}
        hint={t('give.contact_hint')}
        error={errors?.contact}
        value={values?.contact}
        autocomplete="email"
        inputmode="email"
        dir="ltr"
        optional
      />
      <details class="give-word" open={Boolean(values?.word || errors?.word)}>
        <summary>{t('give.word_open')}</summary>
        <TextArea
          t={t}
          name="word"
          label={t('give.word')}
          hint={t('give.word_hint', { max: MAX_WORD_CHARACTERS })}
          error={errors?.word}
          value={values?.word}
          rows={3}
          maxLength={MAX_WORD_CHARACTERS}
          optional
        />
      </details>
    </>
  )
}

/** Without a script the button cannot know the total, so it names none; a script fills its sentence in. */
function GiveButton({ campaign, t }: GiveFormProps) {
  return (
    <button
      class="button button-main give-button"
      type="submit"
      data-total={t('give.submit', { total: '{total}' })}
      data-price={campaign.priceMinor.toString()}
      data-currency={campaign.currency}
    >
      {t('give.submit_plain')}
    </button>
  )
}
