import type { World } from '../support/world.ts'

/** The campaign that the model is of. */
export interface ModelOptions {
  readonly goal: number
  readonly priceMinor: number
  /** Local days, as `dayOf` tells the day of an instant. */
  readonly firstDay: string
  readonly lastDay: string
  readonly dayOf: (atMs: number) => string
  readonly cardMs: number
  readonly transferMs: number
}

export interface ModelWish {
  readonly id: string
  readonly quantity: number
  readonly method: 'card' | 'transfer'
  readonly name: string
  readonly ambassador: string | null
}

/** All that is compared with the real system after each step. */
export interface ModelState {
  readonly available: number
  readonly reserved: number
  readonly sold: number
  readonly banked: number
  /** Facts that happened: each is one position of the campaign. */
  readonly position: number
  /** `number state order`, of every coupon that is not available. */
  readonly coupons: readonly string[]
  /** `order status`. */
  readonly orders: readonly string[]
  /** `payment status`. */
  readonly payments: readonly string[]
  /** `payment done|due reason`. */
  readonly refunds: readonly string[]
  /** Debits less credits of each account that was ever used. */
  readonly accounts: Readonly<Record<string, number>>
}

/** The same of the real campaign, read by the owner of the database. */
export async function stateOf(world: World, campaignId: string): Promise<ModelState> {
  const [row] = await world.ownerSql<Record<keyof ModelState, never>[]>`
    with o as (select * from "order" where campaign_id = ${campaignId}),
      p as (select payment.* from payment join o on o.id = order_id)
    select available, reserved, sold, banked, position::integer,
      (select json_agg(number || ' ' || state || case when banked_on is null then '' else ' banked' end || ' ' || order_id
        order by number) from coupon where campaign_id = ${campaignId} and order_id is not null) as coupons,
      (select json_agg(id || ' ' || status) from o) as orders,
      (select json_agg(id || ' ' || status) from p) as payments,
      (select json_agg(payment_id || case when done_at is null then ' due ' else ' done ' end || reason)
        from refund where payment_id in (select id from p)) as refunds,
      (select json_object_agg(kind, debits_minor - credits_minor) from account
        where campaign_id = ${campaignId}) as accounts
    from campaign where id = ${campaignId}`
  const { coupons, orders, payments, refunds, accounts, ...counts } = row as unknown as ModelState
  const sorted = (list: readonly string[] | null) => [...(list ?? [])].sort()
  return {
    ...counts,
    coupons: coupons ?? [],
    orders: sorted(orders),
    payments: sorted(payments),
    refunds: sorted(refunds),
    accounts: Object.fromEntries(Object.entries(accounts ?? {}).sort()),
  }
}
