import type { Context } from 'hono'
import { normaliseEmail } from '../domain/email.ts'
import type { Lang } from '../domain/lang.ts'
import { normalisePhone } from '../domain/phone.ts'
import { cleanText } from '../domain/text.ts'
import { translator } from '../i18n/translator.ts'
import type { ListedCampaign } from '../kept/directory.ts'
import { clientAddress } from '../people/client-address.ts'
import { readForm } from '../people/form.ts'
import { isWithin } from '../people/rate-limit.ts'
import type { FieldErrors } from '../web/error-summary.tsx'
import { completeOrder, openDetails } from './complete-order.ts'
import { MAX_NAME_CHARACTERS, MAX_WORD_CHARACTERS, type OwnCoupon } from './own-coupon-form.tsx'
import type { CampaignServices } from './services.ts'

/** 40 bits cannot be guessed at this pace: a thousand addresses would try for twenty thousand years. */
const TRIES = { of: 'coupon code', max: 10, windowS: 600 }
const NOTHING_TYPED = { name: '', contact: '', word: '' }

export interface AskedCoupon {
  readonly campaign: ListedCampaign
  readonly number: number
  readonly lang: Lang
}

export type Answered = { readonly own: OwnCoupon | undefined; readonly status: 200 | 422 | 429 }

/** What the code of a visit opens. Undefined `own` for a coupon that was not given by cash. */
export async function openOwnCoupon(
  c: Context,
  services: CampaignServices,
  { campaign, number }: AskedCoupon,
  code: string,
): Promise<Answered> {
  if (!(await isWithin(services, TRIES, clientAddress(c)))) return { own: { is: 'code_wait' }, status: 429 }
  if (!services.isCouponCode(campaign.id, number, code)) return { own: { is: 'code_wrong' }, status: 422 }
  const open = await openDetails(services.db.of(campaign.collective.id), campaign.id, number)
  return { own: open && { is: 'open', code, open, values: NOTHING_TYPED, errors: {} }, status: 200 }
}

/** Takes what the holder of a coupon wrote. What is wrong is shown again; what was filled before stays. */
export async function takeOwnCoupon(
  c: Context,
  services: CampaignServices,
  asked: AskedCoupon,
): Promise<Answered> {
  const form = await readForm(c)
  const answered = await openOwnCoupon(c, services, asked, form.shown('code'))
  const { own } = answered
  if (own?.is !== 'open') return answered
  const values = { name: form.shown('name'), contact: form.shown('contact'), word: form.shown('word') }
  const { errors, name, word, email, phone } = readDetails(values, asked.lang)
  const refused = (wrong: FieldErrors): Answered => ({ own: { ...own, values, errors: wrong }, status: 422 })
  if (Object.keys(errors).length > 0) return refused(errors)
  const { campaign, number, lang } = asked
  const completed = await completeOrder(
    services.db.of(campaign.collective.id),
    { campaignId: campaign.id, number },
    { name, email, phone, word, lang },
    { now: services.now(), actor: 'contributor' },
  )
  if (completed.ok) return { own: { is: 'own_kept' }, status: 200 }
  return refused({ name: translator(lang)('campaign.own_nothing') })
}

function readDetails(values: Readonly<Record<'name' | 'contact' | 'word', string>>, lang: Lang) {
  const t = translator(lang)
  const errors: Record<string, string> = {}
  const text = (field: 'name' | 'word', max: number, options = {}) => {
    const cleaned = cleanText(values[field], max, options)
    if (cleaned.ok) return cleaned.text
    if (cleaned.status !== 'empty') errors[field] = t('campaign.own_text_invalid')
    return null
  }
  const name = text('name', MAX_NAME_CHARACTERS)
  const word = text('word', MAX_WORD_CHARACTERS, { lines: true })
  const contact = values.contact.trim()
  const mail = normaliseEmail(contact)
  const call = normalisePhone(contact)
  const email = mail.ok ? mail.email : null
  const phone = call.ok ? call.phone : null
  if (contact !== '' && email === null && phone === null) errors.contact = t('campaign.own_contact_invalid')
  return { errors, name, word, email, phone }
}
