import type { Collective } from '../db/directory.ts'
import type { Tenant } from '../db/tenant.ts'
import { localDay } from '../domain/days.ts'
import { post } from '../ledger/post.ts'
import { type Act, record } from './act.ts'

export type Refunded =
  | { readonly ok: true }
  | { readonly ok: false; readonly status: 'refund_unknown' | 'already_refunded' }

/** Records that the association has given back what was due, from where the money lay. */
export function markRefunded(
  tenant: Tenant,
  collective: Pick<Collective, 'timeZone'>,
  refundId: string,
  act: Act,
): Promise<Refunded> {
  return tenant.transaction(async (inside) => {
    const due = await findRefund(inside, refundId)
    if (!due) return { ok: false, status: 'refund_unknown' }
    const written = await inside
      .selectFrom('campaign')
      .select('campaign.id')
      .where('campaign.id', '=', due.campaign_id)
      .forUpdate()
      .executeTakeFirstOrThrow()
    const marked = await inside
      .updateTable('refund')
      .set({ done_at: act.now, done_by: act.actor })
      .where('refund.id', '=', refundId)
      .where('refund.done_at', 'is', null)
      .returning('refund.id')
      .executeTakeFirst()
    if (!marked) return { ok: false, status: 'already_refunded' }
    await post(inside, {
      campaign: { campaignId: written.id, currency: due.currency },
      debit: { kind: 'refunds_due' },
      credit: due.provider === 'transfer' ? { kind: 'bank' } : { kind: 'card', holder: due.provider },
      amountMinor: due.amount_minor,
      kind: 'refunded',
      orderId: due.order_id,
      paymentId: due.payment_id,
      day: localDay(act.now, collective.timeZone),
      postedAt: act.now,
      postedBy: act.actor,
    })
    await record(inside, { kind: 'refunded', campaignId: written.id, orderId: due.order_id }, act)
    return { ok: true }
  })
}

function findRefund(tenant: Tenant, refundId: string) {
  return tenant
    .selectFrom('refund')
    .innerJoin('payment', (join) =>
      join
        .onRef('payment.collective_id', '=', 'refund.collective_id')
        .onRef('payment.id', '=', 'refund.payment_id'),
    )
    .innerJoin('order', (join) =>
      join
        .onRef('order.collective_id', '=', 'payment.collective_id')
        .onRef('order.id', '=', 'payment.order_id'),
    )
    .select([
      'refund.payment_id',
      'refund.amount_minor',
      'refund.currency',
      'payment.provider',
      'payment.order_id',
      'order.campaign_id',
    ])
    .where('refund.id', '=', refundId)
    .executeTakeFirst()
}
