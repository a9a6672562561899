import { sql } from 'kysely'
import type { Tenant } from '../db/tenant.ts'
import { newId } from '../domain/id.ts'
import type { RefundReason } from '../domain/refund.ts'
import type { AccountName } from '../ledger/accounts.ts'
import { post } from '../ledger/post.ts'

/** Money that has come for an order, and where it lies. */
export interface Received {
  readonly orderId: string
  readonly paymentId: string
  readonly into: AccountName
  /** True when the money is on the association's own account already. */
  readonly banked: boolean
  readonly now: Date
  /** The local day in the collective's zone. */
  readonly today: string
  readonly actor: string
}

/**
 * Gives the coupons that money has come for: reserved numbers become sold; an expired order gets numbers again
 * while there are enough; else the whole amount is due back. The caller holds the campaign's lock.
 */
export async function giveOrder(tenant: Tenant, received: Received): Promise<'paid' | 'refund_due'> {
  const order = await tenant
    .selectFrom('order')
    .select(['id', 'campaign_id', 'quantity', 'status', 'amount_minor', 'currency'])
    .where('order.id', '=', received.orderId)
    .forUpdate()
    .executeTakeFirstOrThrow()
  const given =
    order.status === 'reserved' ||
    (order.status === 'expired' && (await reserveAgain(tenant, order, received.now)))
  const campaign = { campaignId: order.campaign_id, currency: order.currency }
  await post(tenant, {
    campaign,
    debit: received.into,
    credit: { kind: given ? 'fund' : 'refunds_due' },
    amountMinor: order.amount_minor,
    kind: given ? 'given' : 'refund_due',
    orderId: order.id,
    paymentId: received.paymentId,
    day: received.today,
    postedAt: received.now,
    postedBy: received.actor,
  })
  if (given) await markSold(tenant, order.id, received)
  else await oweBack(tenant, order, received)
  await tenant
    .insertInto('event', {
      id: newId(),
      campaign_id: order.campaign_id,
      kind: given ? 'order_paid' : 'refund_due',
      at: received.now,
      actor: received.actor,
      order_id: order.id,
      data: JSON.stringify({ quantity: order.quantity }),
    })
    .execute()
  return given ? 'paid' : 'refund_due'
}

interface LockedOrder {
  id: string
  campaign_id: string
  quantity: number
  status: string
  amount_minor: bigint
  currency: string
}

async function reserveAgain(tenant: Tenant, order: LockedOrder, now: Date): Promise<boolean> {
  // As for a new order: what is over frees its numbers first, whether or not the clock has come by.
  await tenant.one(sql`select expire_reservations(${tenant.collectiveId}, ${order.campaign_id}, ${now})`)
  const { available } = await tenant
    .selectFrom('campaign')
    .select('campaign.available')
    .where('campaign.id', '=', order.campaign_id)
    .executeTakeFirstOrThrow()
  if (available < order.quantity) return false
  await tenant.one(
    sql`select reserve_numbers(${tenant.collectiveId}, ${order.campaign_id}, ${order.id}, ${order.quantity})`,
  )
  return true
}

async function markSold(tenant: Tenant, orderId: string, received: Received): Promise<void> {
  await tenant
    .updateTable('coupon')
    .set({
      state: 'sold',
      given_on: received.today,
      ...(received.banked ? { banked_on: received.today } : {}),
    })
    .where('coupon.order_id', '=', orderId)
    .where('coupon.state', '=', 'reserved')
    .execute()
  await tenant
    .updateTable('order')
    .set({ status: 'paid', paid_at: received.now, ended_at: null })
    .where('order.id', '=', orderId)
    .execute()
}

const REASON_OF_STATUS: Partial<Record<string, RefundReason>> = {
  paid: 'paid_twice',
  refunded: 'paid_twice',
  cancelled: 'order_cancelled',
}

async function oweBack(tenant: Tenant, order: LockedOrder, received: Received): Promise<void> {
  await tenant
    .insertInto('refund', {
      id: newId(),
      payment_id: received.paymentId,
      amount_minor: order.amount_minor,
      currency: order.currency,
      reason: REASON_OF_STATUS[order.status] ?? 'no_coupon_left',
      created_at: received.now,
      done_at: null,
      done_by: null,
    })
    .execute()
}
