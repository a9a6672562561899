import { afterEach, beforeEach, expect, test } from 'vitest'
import { held, orderNow, placed, receive, today, violations } from '../../test/support/giving.ts'
import { createWorld, type World } from '../../test/support/world.ts'
import { newId } from '../domain/id.ts'
import { expireDueReservations } from '../jobs/expire-reservations.ts'

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

const transfer = (quantity = 1) => placed(world, { method: 'transfer', quantity })

test('a transfer seen on the account gives the coupons and they are banked at once', async () => {
  const order = await transfer(2)
  expect(await receive(world, order)).toBe('paid')
  expect(await orderNow(world, order)).toMatchObject({ status: 'paid', numbers: [1, 2] })
  expect((await world.campaign()).counts).toMatchObject({ sold: 2, banked: 2 })
  expect(await held(world, 'bank')).toBe(2n * PRICE)
  const coupons = await world.db
    .of(world.collective.id)
    .selectFrom('coupon')
    .select('coupon.banked_on')
    .where('order_id', '=', order.id)
    .execute()
  expect(coupons).toEqual([{ banked_on: today(world) }, { banked_on: today(world) }])
})

test('the same transfer seen again is known; its id for another order is refused by name', async () => {
  const [order, other] = [await transfer(), await transfer()]
  const paymentId = newId()
  expect(await receive(world, order, { paymentId })).toBe('paid')
  expect(await receive(world, order, { paymentId })).toBe('exists')
  expect(await receive(world, other, { paymentId })).toBe('exists_with_different_order')
  expect(await orderNow(world, other)).toMatchObject({ status: 'reserved' })
})

test('an order takes one transfer: another one is a matter for the statement', async () => {
  const order = await transfer()
  expect(await receive(world, order)).toBe('paid')
  expect(await receive(world, order)).toBe('already_received')
  expect(await held(world, 'bank')).toBe(PRICE)
})

test('what cannot be the transfer of an order is refused by name and changes nothing', async () => {
  const [order, card] = [await transfer(), await placed(world)]
  expect(await receive(world, order, { orderId: newId() })).toBe('order_unknown')
  expect(await receive(world, card)).toBe('not_a_transfer')
  expect(await receive(world, order, { amountMinor: PRICE - 1n })).toBe('wrong_amount')
  expect(await orderNow(world, order)).toMatchObject({ status: 'reserved' })
})

test('a transfer after its five days gets numbers again, or is due back when none are left', async () => {
  const [early, late] = [await transfer(2), await transfer(2)]
  world.clock.advance({ days: 5 })
  expect(await expireDueReservations(world.db, world.clock.now())).toBe(2)
  await placed(world, { quantity: 1 })
  expect(await receive(world, early)).toBe('paid')
  expect(await orderNow(world, early)).toMatchObject({ numbers: [2, 3] })
  expect(await receive(world, late)).toBe('refund_due')
  expect(await held(world, 'refunds_due')).toBe(-2n * PRICE)
  expect(await held(world, 'bank')).toBe(4n * PRICE)
})

test('twenty at once with one id are one transfer', async () => {
  const order = await transfer()
  const paymentId = newId()
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => receive(world, order, { paymentId })))
  expect(outcomes.filter((outcome) => outcome === 'paid')).toHaveLength(1)
  expect(outcomes.filter((outcome) => outcome === 'exists')).toHaveLength(19)
})
