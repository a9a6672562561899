import type { T } from '../i18n/translator.ts'
import { Button } from '../web/button.tsx'
import { ErrorSummary, type FieldErrors } from '../web/error-summary.tsx'
import { TextArea, TextField } from '../web/fields.tsx'
import { Card, Notice } from '../web/surfaces.tsx'
import type { OpenDetails } from './complete-order.ts'

export const MAX_NAME_CHARACTERS = 60
export const MAX_WORD_CHARACTERS = 140

/** What the holder of a coupon finds on its page, when they came with the code that is printed on it. */
export type OwnCoupon =
  | { readonly is: 'code_wrong' | 'code_wait' | 'own_kept' }
  | {
      readonly is: 'open'
      readonly code: string
      readonly open: OpenDetails
      readonly values: Readonly<Record<'name' | 'contact' | 'word', string>>
      readonly errors: FieldErrors
    }

/** `action` is the address of the coupon's page. */
export function OwnCouponPart({ t, action, own }: { t: T; action: string; own: OwnCoupon }) {
  if (own.is !== 'open') {
    return (
      <Notice tone={own.is === 'own_kept' ? 'good' : 'problem'} live>
        <p>{t(`campaign.${own.is}`)}</p>
      </Notice>
    )
  }
  const { code, open, values, errors } = own
  if (!open.name && !open.contact && !open.word) return <p>{t('campaign.own_told')}</p>
  return (
    <Card>
      <form class="form" method="post" action={action} noValidate>
        <h2>{t('campaign.own_title')}</h2>
        <p>{t('campaign.own_lead')}</p>
        <ErrorSummary t={t} errors={errors} />
        {open.name && (
          <TextField
            t={t}
            name="name"
            label={t('campaign.own_name')}
            value={values.name}
            error={errors.name}
            autocomplete="name"
            maxLength={MAX_NAME_CHARACTERS}
            optional
          />
        )}
        {open.contact && (
          <TextField
            t={t}
            name="contact"
            label={t('campaign.own_contact')}
            value={values.contact}
            error={errors.contact}
            dir="ltr"
            autocomplete="tel"
            maxLength={254}
            optional
          />
        )}
        {open.word && (
          <TextArea
            t={t}
            name="word"
            label={t('campaign.own_word')}
            hint={t('campaign.own_word_hint')}
            value={values.word}
            error={errors.word}
            maxLength={MAX_WORD_CHARACTERS}
            optional
          />
        )}
        <input type="hidden" name="code" value={code} />
        <Button>{t('campaign.own_keep')}</Button>
      </form>
    </Card>
  )
}
