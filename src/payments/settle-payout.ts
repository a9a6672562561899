import { lockCampaignRow } from '../db/lock-campaign.ts'
import type { Tenant } from '../db/tenant.ts'
import { newId } from '../domain/id.ts'
import { post } from '../ledger/post.ts'
import type { SeenPayout } from './port.ts'

/**
 * Moves paid card payments from the provider to the bank and marks their coupons banked, in one transaction.
 * A payment that was settled before, or that the provider gave back, is passed over. Returns how many were settled now.
 */
export function settlePayout(tenant: Tenant, payout: SeenPayout): Promise<number> {
  return tenant.transaction(async (inside) => {
    await lockCampaigns(inside, payout.paymentIds)
    let settled = 0
    for (const paymentId of payout.paymentIds) {
      if (await settleOne(inside, payout, paymentId)) settled += 1
    }
    return settled
  })
}

/** All of them before any account, in one order, so that two payouts over the same campaigns do not deadlock. */
async function lockCampaigns(tenant: Tenant, paymentIds: readonly string[]): Promise<void> {
  if (paymentIds.length === 0) return
  const campaigns = await tenant
    .selectFrom('transfer')
    .select('transfer.campaign_id')
    .distinct()
    .where('transfer.payment_id', 'in', [...paymentIds])
    .orderBy('transfer.campaign_id')
    .execute()
  for (const { campaign_id } of campaigns) await lockCampaignRow(tenant, campaign_id)
}

async function settleOne(tenant: Tenant, payout: SeenPayout, paymentId: string): Promise<boolean> {
  const given = await tenant
    .selectFrom('transfer')
    .innerJoin('payment', (join) =>
      join
        .onRef('payment.collective_id', '=', 'transfer.collective_id')
        .onRef('payment.id', '=', 'transfer.payment_id'),
    )
    .select([
      'transfer.campaign_id',
      'transfer.currency',
      'transfer.amount_minor',
      'transfer.order_id',
      'transfer.kind',
    ])
    .where('transfer.payment_id', '=', paymentId)
    // Money that is due back arrives with the payout as well.
    .where('transfer.kind', 'in', ['given', 'refund_due'])
    .where('payment.provider', '=', payout.provider)
    .executeTakeFirst()
  if (!given) return false
  const before = await tenant
    .selectFrom('transfer')
    .select('transfer.id')
    .where('transfer.payment_id', '=', paymentId)
    .where('transfer.kind', 'in', ['settled', 'refunded'])
    .executeTakeFirst()
  if (before) return false
  await post(tenant, {
    campaign: { campaignId: given.campaign_id, currency: given.currency },
    debit: { kind: 'bank' },
    credit: { kind: 'card', holder: payout.provider },
    amountMinor: given.amount_minor,
    kind: 'settled',
    orderId: given.order_id,
    paymentId,
    day: payout.day,
    postedAt: payout.now,
    postedBy: payout.actor,
  })
  if (given.kind === 'given') await markBanked(tenant, given.order_id, payout.day)
  await tenant
    .insertInto('event', {
      id: newId(),
      campaign_id: given.campaign_id,
      kind: 'payment_banked',
      at: payout.now,
      actor: payout.actor,
      order_id: given.order_id,
    })
    .execute()
  return true
}

async function markBanked(tenant: Tenant, orderId: string | null, day: string): Promise<void> {
  await tenant
    .updateTable('coupon')
    .set({ banked_on: day })
    .where('coupon.order_id', '=', orderId)
    .where('coupon.state', '=', 'sold')
    .execute()
}
