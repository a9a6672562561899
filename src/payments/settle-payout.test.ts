import { afterEach, beforeEach, expect, test } from 'vitest'
import { held, placed, settle, today, violations } from '../../test/support/giving.ts'
import { createWorld, type World } from '../../test/support/world.ts'
import { newId } from '../domain/id.ts'
import type { OrderFacts } from '../domain/order.ts'
import { expireDueReservations } from '../jobs/expire-reservations.ts'
import { cancelOrder } from '../orders/cancel-order.ts'
import { markRefunded } from '../organisers/mark-refunded.ts'
import { settlePayout } from './settle-payout.ts'

const PRICE = 25_000n

let world: World
beforeEach(async () => {
  world = await createWorld({ goal: 4 })
})
afterEach(async () => {
  try {
    expect(await violations(world)).toEqual([])
  } finally {
    await world.drop()
  }
})

function payout(orders: readonly OrderFacts[], provider = 'sandbox') {
  return settlePayout(world.db.of(world.collective.id), {
    provider,
    paymentIds: orders.map((order) => order.payment?.id ?? newId()),
    now: world.clock.now(),
    day: today(world),
    actor: 'user:treasurer',
  })
}

test('a payout moves the paid amounts to the bank and their coupons become banked', async () => {
  const [paid, unpaid] = [await placed(world, { quantity: 2 }), await placed(world)]
  await settle(world, paid)
  world.clock.advance({ days: 2 })
  expect(await payout([paid, unpaid])).toBe(1)
  expect((await world.campaign()).counts).toMatchObject({ sold: 2, banked: 2 })
  expect(await held(world, 'bank')).toBe(2n * PRICE)
  expect(await held(world, 'card', 'sandbox')).toBe(0n)
})

test('a payment is paid out once, also by two payouts at the same moment', async () => {
  const order = await placed(world)
  await settle(world, order)
  const settled = await Promise.all([payout([order]), payout([order]), payout([order, order])])
  expect(settled.toSorted()).toEqual([0, 0, 1])
  expect(await payout([order])).toBe(0)
  expect(await held(world, 'bank')).toBe(PRICE)
})

test('the payout of another provider settles nothing', async () => {
  const order = await placed(world)
  await settle(world, order)
  expect(await payout([order], 'another')).toBe(0)
})

test('money that is due back arrives with the payout too, and banks no coupon', async () => {
  const late = await placed(world, { quantity: 4 })
  world.clock.advance({ minutes: 15 })
  await expireDueReservations(world.db, world.clock.now())
  await placed(world)
  expect(await settle(world, late)).toBe('refund_due')
  expect(await payout([late])).toBe(1)
  expect(await held(world, 'bank')).toBe(4n * PRICE)
  expect((await world.campaign()).counts).toMatchObject({ sold: 0, banked: 0 })
})

test('money that the provider gave back does not arrive with a payout; what arrived is given back by the bank', async () => {
  const refund = async (order: OrderFacts) => {
    const tenant = world.db.of(world.collective.id)
    const due = tenant
      .selectFrom('refund')
      .select('refund.id')
      .where('refund.payment_id', '=', order.payment!.id)
    const { id } = await due.executeTakeFirstOrThrow()
    return markRefunded(tenant, world.collective, id, { now: world.clock.now(), actor: 'user:treasurer' })
  }
  const [first, second] = [await placed(world), await placed(world)]
  for (const order of [first, second]) {
    await cancelOrder(world.db.of(world.collective.id), order.id, world.clock.now())
    expect(await settle(world, order)).toBe('refund_due')
  }
  expect(await refund(first)).toEqual({ ok: true })
  expect(await payout([first, second])).toBe(1)
  expect(await refund(second)).toEqual({ ok: true })
  expect(await held(world, 'bank')).toBe(0n)
  expect(await held(world, 'card', 'sandbox')).toBe(0n)
})
