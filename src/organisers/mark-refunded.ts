import { type Act, record } from '../db/act.ts'
import type { Collective } from '../db/directory.ts'
import type { Tenant } from '../db/tenant.ts'
import { localDay } from '../domain/days.ts'
import type { AccountName } from '../ledger/accounts.ts'
import { balances } from '../ledger/balances.ts'
import { post } from '../ledger/post.ts'

export type Refunded =
  | { readonly ok: true }
  | { readonly ok: false; readonly status: 'refund_unknown' | 'already_refunded' | 'holds_too_little' }

/**
 * Records that the association has given back what was due, from where the money lay. `holds_too_little`: what the
 * books say lies there is less than the refund, so one of the two is wrong and nothing is written.
 */
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
    const from = await whereItLies(inside, due)
    const isDone = (await findRefund(inside, refundId))?.done_at !== null
    if (!isDone && (await heldMinor(inside, written.id, from)) < due.amount_minor) {
      return { ok: false, status: 'holds_too_little' }
    }
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
      credit: from,
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

/** The bank, or the provider of a card payment for as long as its payout has not come. */
async function whereItLies(
  tenant: Tenant,
  { provider, payment_id }: { provider: string; payment_id: string },
): Promise<AccountName> {
  if (provider === 'transfer') return { kind: 'bank' }
  const settled = await tenant
    .selectFrom('transfer')
    .select('transfer.id')
    .where('transfer.payment_id', '=', payment_id)
    .where('transfer.kind', '=', 'settled')
    .executeTakeFirst()
  return settled ? { kind: 'bank' } : { kind: 'card', holder: provider }
}

async function heldMinor(tenant: Tenant, campaignId: string, name: AccountName): Promise<bigint> {
  const account = (await balances(tenant, campaignId)).find(
    ({ kind, holder }) => kind === name.kind && holder === (name.holder ?? ''),
  )
  return account ? account.debitsMinor - account.creditsMinor : 0n
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
      'refund.done_at',
      'payment.provider',
      'payment.order_id',
      'order.campaign_id',
    ])
    .where('refund.id', '=', refundId)
    .executeTakeFirst()
}
