import { type Act, record } from '../db/act.ts'
import { lockCampaignRow } from '../db/lock-campaign.ts'
import type { Tenant } from '../db/tenant.ts'
import type { Lang } from '../domain/lang.ts'

/** What the holder of a coupon that was given by cash adds; null for what they leave empty. */
export interface OrderDetails {
  readonly name: string | null
  readonly email: string | null
  readonly phone: string | null
  readonly word: string | null
  /** The language they read, for the receipt. */
  readonly lang: Lang
}

/** What is still empty of a coupon's order: only that can be filled. */
export interface OpenDetails {
  readonly orderId: string
  readonly name: boolean
  readonly contact: boolean
  readonly word: boolean
}

/** Undefined for a coupon that was not given by cash. Nothing of what is filled already is told. */
export async function openDetails(
  tenant: Tenant,
  campaignId: string,
  number: number,
): Promise<OpenDetails | undefined> {
  const order = await tenant
    .selectFrom('coupon')
    .innerJoin('order', (join) =>
      join
        .onRef('order.collective_id', '=', 'coupon.collective_id')
        .onRef('order.id', '=', 'coupon.order_id'),
    )
    .select(['order.id', 'order.name', 'order.email', 'order.phone', 'order.word'])
    .where('coupon.campaign_id', '=', campaignId)
    .where('coupon.number', '=', number)
    .where('coupon.state', '=', 'sold')
    .where('order.method', '=', 'cash')
    .where('order.status', '=', 'paid')
    .executeTakeFirst()
  if (!order) return undefined
  const { id: orderId, name, email, phone, word } = order
  return { orderId, name: name === null, contact: email === null && phone === null, word: word === null }
}

export type Completed =
  | { readonly ok: true }
  | { readonly ok: false; readonly status: 'coupon_unknown' | 'already_told' }

/** Fills the empty fields of the order of a coupon given by cash, each once. A word waits for the organisers. */
export function completeOrder(
  tenant: Tenant,
  coupon: { readonly campaignId: string; readonly number: number },
  details: OrderDetails,
  act: Act,
): Promise<Completed> {
  return tenant.transaction(async (inside) => {
    await lockCampaignRow(inside, coupon.campaignId)
    const open = await openDetails(inside, coupon.campaignId, coupon.number)
    if (!open) return { ok: false, status: 'coupon_unknown' }
    const { name, email, phone, word, lang } = details
    const filled = {
      // Who writes their name themselves wants it said.
      ...(open.name && name !== null ? { name, anonymous: false } : {}),
      ...(open.contact && (email ?? phone) !== null ? { email, phone, lang } : {}),
      ...(open.word && word !== null ? { word } : {}),
    }
    if (Object.keys(filled).length === 0) return { ok: false, status: 'already_told' }
    await record(
      inside,
      { kind: 'order_completed', campaignId: coupon.campaignId, orderId: open.orderId },
      act,
    )
    await inside.updateTable('order').set(filled).where('order.id', '=', open.orderId).execute()
    return { ok: true }
  })
}
