import { lockCampaignRow } from '../db/lock-campaign.ts'
import type { Tenant } from '../db/tenant.ts'
import { giveOrder } from './give-order.ts'
import type { ReceiveOutcome, SeenTransfer } from './port.ts'

/**
 * Records that the money of a transfer order is banked and gives its coupons, in one transaction.
 * `already_received`: the order has its transfer, seen under another id.
 */
export function receiveTransfer(tenant: Tenant, seen: SeenTransfer): Promise<ReceiveOutcome> {
  return tenant.transaction(async (inside) => {
    const order = await inside
      .selectFrom('order')
      .select(['id', 'campaign_id', 'method', 'amount_minor', 'currency'])
      .where('order.id', '=', seen.orderId)
      .executeTakeFirst()
    if (!order) return 'order_unknown'
    if (order.method !== 'transfer') return 'not_a_transfer'
    if (order.amount_minor !== seen.amountMinor) return 'wrong_amount'
    await lockCampaignRow(inside, order.campaign_id)
    const kept = await inside
      .insertInto('payment', {
        id: seen.paymentId,
        order_id: order.id,
        provider: 'transfer',
        // One transfer for one order: a second one is a matter of the statement, not of this form.
        attempt: 1,
        amount_minor: order.amount_minor,
        currency: order.currency,
        status: 'paid',
        created_at: seen.now,
        ended_at: seen.now,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('payment.id')
      .executeTakeFirst()
    if (!kept) return whyNot(inside, seen)
    return giveOrder(inside, {
      orderId: order.id,
      paymentId: seen.paymentId,
      into: { kind: 'bank' },
      banked: true,
      now: seen.now,
      today: seen.today,
      actor: seen.actor,
    })
  })
}

async function whyNot(tenant: Tenant, seen: SeenTransfer): Promise<ReceiveOutcome> {
  const known = await tenant
    .selectFrom('payment')
    .select('payment.order_id')
    .where('payment.id', '=', seen.paymentId)
    .executeTakeFirst()
  if (!known) return 'already_received'
  return known.order_id === seen.orderId ? 'exists' : 'exists_with_different_order'
}
