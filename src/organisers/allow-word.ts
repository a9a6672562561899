import { type Act, record } from '../db/act.ts'
import type { Tenant } from '../db/tenant.ts'

export type WordDecided = { readonly ok: true } | { readonly ok: false; readonly status: 'word_unknown' }

/** Lets the word of encouragement of an order be shown, also one that was hidden before. */
export function allowWord(tenant: Tenant, orderId: string, act: Act): Promise<WordDecided> {
  return decide(tenant, orderId, 'word_allowed', act)
}

/** Keeps the word of encouragement of an order from being shown, also one that was let through before. */
export function hideWord(tenant: Tenant, orderId: string, act: Act): Promise<WordDecided> {
  return decide(tenant, orderId, 'word_hidden', act)
}

function decide(
  tenant: Tenant,
  orderId: string,
  decision: 'word_allowed' | 'word_hidden',
  act: Act,
): Promise<WordDecided> {
  return tenant.transaction(async (inside) => {
    const order = await inside
      .selectFrom('order')
      .select('order.campaign_id')
      .where('order.id', '=', orderId)
      .where('order.word', 'is not', null)
      .executeTakeFirst()
    if (!order) return { ok: false, status: 'word_unknown' }
    // The event locks the campaign, and a campaign is always locked before its orders.
    await record(inside, { kind: decision, campaignId: order.campaign_id, orderId }, act)
    await inside
      .updateTable('order')
      .set(
        decision === 'word_allowed'
          ? { word_allowed_at: act.now, word_hidden_at: null }
          : { word_hidden_at: act.now },
      )
      .where('order.id', '=', orderId)
      .execute()
    return { ok: true }
  })
}
