import type { Campaign } from '../db/directory.ts'
import { newId } from '../domain/id.ts'
import { inLang, type Lang } from '../domain/lang.ts'
import { type T, translator } from '../i18n/translator.ts'
import { Button } from '../web/button.tsx'
import { ErrorSummary, type FieldErrors } from '../web/error-summary.tsx'
import { Checkbox, TextField } from '../web/fields.tsx'
import { wishPath } from './addresses.ts'

export interface WishFormProps {
  readonly campaign: Campaign
  readonly lang: Lang
  readonly t: T
  /** Made for this rendering, so that sending twice is once. */
  readonly id: string
  readonly values?: { readonly contact: string; readonly consent: boolean }
  readonly errors?: FieldErrors
}

/** The wish form for pages of other features. As with `createGiveForm`, a rendering is for one reader. */
export function createWishForm() {
  return (campaign: Campaign, lang: Lang) => (
    <WishForm campaign={campaign} lang={lang} t={translator(lang)} id={newId()} />
  )
}

/** The wish to be told of the next dream. */
export function WishForm({ campaign, lang, t, id, values, errors = {} }: WishFormProps) {
  return (
    <form class="form wish-form" method="post" action={wishPath(lang, campaign)} noValidate>
      <ErrorSummary t={t} errors={errors} />
      <input type="hidden" name="id" value={id} />
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
