import type { Campaign } from '../db/directory.ts'
import { inLang, type Lang } from '../domain/lang.ts'
import { type T, translator } from '../i18n/translator.ts'
import { Button } from '../web/button.tsx'
import { ErrorSummary, type FieldErrors } from '../web/error-summary.tsx'
import { Checkbox, TextField } from '../web/fields.tsx'
import { wishPath } from './addresses.ts'
import { FormId } from './form-id.tsx'

export interface WishFormProps {
  readonly campaign: Campaign
  readonly lang: Lang
  readonly t: T
  /** So that sending twice is once; left out where every reader gets the same page. */
  readonly id?: string
  readonly values?: { readonly contact: string; readonly consent: boolean }
  readonly errors?: FieldErrors
}

/** The wish form for pages of other features, the same for every reader. */
export function createWishForm() {
  return (campaign: Campaign, lang: Lang) => <WishForm campaign={campaign} lang={lang} t={translator(lang)} />
}

/** The wish to be told of the next dream. */
export function WishForm({ campaign, lang, t, id, values, errors = {} }: WishFormProps) {
  return (
    <form class="form wish-form" method="post" action={wishPath(lang, campaign)} noValidate>
      <ErrorSummary t={t} errors={errors} />
      <FormId id={id} />
      <TextField
        t={t}
        name="contact"
        label={t('give.contact')}
        hint={t('give.wish_text')}
        error={errors.contact}
        value={values?.contact}
        autocomplete="email"
        inputmode="email"
        dir="ltr"
      />
      <Checkbox
        t={t}
        name="consent"
        value="yes"
        label={t('give.wish_consent', { collective: inLang(campaign.collective.name, lang) })}
        error={errors.consent}
        checked={values?.consent}
      />
      <Button>{t('give.wish_submit')}</Button>
    </form>
  )
}
