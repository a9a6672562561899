import { sql } from 'kysely'
import { type Act, record } from '../db/act.ts'
import type { Tenant } from '../db/tenant.ts'
import type { LocalDay } from '../domain/days.ts'
import { newId } from '../domain/id.ts'
import { orderKey } from '../domain/order.ts'
import { post } from '../ledger/post.ts'
import type { CampaignInCustody } from './campaign-in-custody.ts'
import type { SaleContributor, SaleOrder } from './sale-claim.ts'

/** Random bytes, handed in. */
export type Random = (count: number) => Uint8Array

export interface Giving {
  readonly saleId: string
  readonly ambassadorId: string
  readonly quantity: number
  readonly contributor: SaleContributor
  /** Numbers of the ambassador's blocks that are still unsold; null for the lowest free of the campaign. */
  readonly numbers: readonly number[] | null
  /** Null while the cash is with the ambassador. Else it lies in suspense, banked on that day. */
  readonly bankedOn: LocalDay | null
}

const KEY_BYTES = 16

/**
 * Gives coupons for cash: the order, its coupons and its money. The caller holds the campaign's lock and knows that
 * the numbers are to be had.
 */
export async function giveForCash(
  tenant: Tenant,
  campaign: CampaignInCustody,
  giving: Giving,
  act: Act,
  random: Random,
): Promise<SaleOrder> {
  const order = await writeOrder(tenant, campaign, giving, act, random)
  const numbers = await takeNumbers(tenant, campaign, giving, order.orderId)
  await tenant
    .updateTable('coupon')
    .set({
      state: 'sold',
      given_on: campaign.today,
      cash: true,
      ...(giving.bankedOn ? { banked_on: giving.bankedOn } : {}),
    })
    .where('coupon.order_id', '=', order.orderId)
    .execute()
  await tenant
    .updateTable('order')
    .set({ status: 'paid', paid_at: act.now })
    .where('order.id', '=', order.orderId)
    .execute()
  await post(tenant, {
    campaign: { campaignId: campaign.id, currency: campaign.currency },
    debit: giving.bankedOn ? { kind: 'suspense' } : { kind: 'cash', holder: giving.ambassadorId },
    credit: { kind: 'fund' },
    amountMinor: campaign.priceMinor * BigInt(giving.quantity),
    kind: 'given',
    orderId: order.orderId,
    day: campaign.today,
    postedAt: act.now,
    postedBy: act.actor,
  })
  const fact = { kind: 'order_paid', campaignId: campaign.id, orderId: order.orderId }
  await record(tenant, { ...fact, data: { quantity: giving.quantity } }, act)
  return { ...order, numbers }
}

async function writeOrder(
  tenant: Tenant,
  campaign: CampaignInCustody,
  { saleId, quantity, contributor, ambassadorId }: Giving,
  act: Act,
  random: Random,
): Promise<{ orderId: string; key: string }> {
  const key = orderKey(campaign.collectiveNumber, Buffer.from(random(KEY_BYTES)).toString('base64url'))
  const taken = await tenant
    .selectFrom('order')
    .select('order.id')
    .where('order.id', '=', saleId)
    .executeTakeFirst()
  // A phone made an id that somebody's order has already: that one keeps it.
  const orderId = taken ? newId() : saleId
  await tenant
    .insertInto('order', {
      ...contributor,
      id: orderId,
      campaign_id: campaign.id,
      quantity,
      price_minor: campaign.priceMinor,
      currency: campaign.currency,
      amount_minor: campaign.priceMinor * BigInt(quantity),
      method: 'cash',
      status: 'reserved',
      key,
      reference: null,
      word_allowed_at: null,
      word_hidden_at: null,
      ambassador_id: ambassadorId,
      consent_at: act.now,
      created_at: act.now,
      expires_at: act.now,
      paid_at: null,
      ended_at: null,
    })
    .execute()
  return { orderId, key }
}

async function takeNumbers(
  tenant: Tenant,
  campaign: CampaignInCustody,
  { numbers, quantity }: Giving,
  orderId: string,
): Promise<number[]> {
  if (numbers) {
    await tenant
      .updateTable('coupon')
      .set({ state: 'reserved', order_id: orderId })
      .where('coupon.campaign_id', '=', campaign.id)
      .where('coupon.number', 'in', [...numbers])
      .where('coupon.state', '=', 'allotted')
      .execute()
  } else {
    await tenant.one(
      sql`select reserve_numbers(${tenant.collectiveId}, ${campaign.id}, ${orderId}, ${quantity})`,
    )
  }
  const taken = await numbersOf(tenant, orderId)
  if (taken.length !== quantity) throw new Error('the numbers of a sale were looked at under the lock')
  return taken
}

/** The numbers that an order holds, lowest first. */
export async function numbersOf(tenant: Tenant, orderId: string): Promise<number[]> {
  const rows = await tenant
    .selectFrom('coupon')
    .select('coupon.number')
    .where('coupon.order_id', '=', orderId)
    .orderBy('coupon.number')
    .execute()
  return rows.map(({ number }) => number)
}
