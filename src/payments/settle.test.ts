import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  held,
  messageOf,
  orderNow,
  placed,
  settle,
  settleMessage,
  violations,
} from '../../test/support/giving.ts'
import { createWorld, type World } from '../../test/support/world.ts'
import { newId } from '../domain/id.ts'
import { expireDueReservations } from '../jobs/expire-reservations.ts'

const GOAL = 6
const PRICE = 25_000n

let world: World
beforeEach(async () => {
  world = await createWorld({ goal: GOAL })
})
afterEach(async () => {
  try {
    expect(await violations(world)).toEqual([])
  } finally {
    await world.drop()
  }
})

async function expire() {
  world.clock.advance({ minutes: 15 })
  return expireDueReservations(world.db, world.clock.now())
}

/** A further attempt to pay the same order, as the contributor's page opens it. */
async function attempt(order: { id: string; amountMinor: bigint; currency: string }, number: number) {
  const id = newId()
  await world.db
    .of(world.collective.id)
    .insertInto('payment', {
      id,
      order_id: order.id,
      provider: 'sandbox',
      attempt: number,
      amount_minor: order.amountMinor,
      currency: order.currency,
      status: 'started',
      created_at: world.clock.now(),
    })
    .execute()
  return id
}

async function refunds() {
  return world.db.of(world.collective.id).selectFrom('refund').selectAll().execute()
}

test('a paid message gives the reserved coupons and puts their price into the fund', async () => {
  const order = await placed(world, { quantity: 2, ambassadorId: world.ambassadors.amina.id })
  expect(await settle(world, order)).toBe('paid')
  expect(await orderNow(world, order)).toMatchObject({
    status: 'paid',
    numbers: [1, 2],
    paidAt: world.clock.now(),
    payment: { status: 'paid' },
  })
  expect(await held(world, 'fund')).toBe(-2n * PRICE)
  expect(await held(world, 'card', 'sandbox')).toBe(2n * PRICE)
  expect((await world.campaign()).counts).toMatchObject({ sold: 2, reserved: 0, banked: 0 })
})

test('the same message twice is known, and a later word about a paid payment changes nothing', async () => {
  const order = await placed(world)
  const message = messageOf(world, order)
  expect(await settleMessage(world, message)).toBe('paid')
  expect(await settleMessage(world, message)).toBe('exists')
  expect(await settle(world, order)).toBe('already_paid')
  expect(await settle(world, order, { outcome: 'declined' })).toBe('already_paid')
  expect(await held(world, 'fund')).toBe(-PRICE)
})

test('a declined try keeps the numbers, and a success after it still gives them', async () => {
  const order = await placed(world)
  expect(await settle(world, order, { outcome: 'declined' })).toBe('declined')
  expect(await orderNow(world, order)).toMatchObject({ status: 'reserved', payment: { status: 'declined' } })
  expect(await settle(world, order)).toBe('paid')
  expect(await orderNow(world, order)).toMatchObject({ status: 'paid', numbers: [1] })
})

test.each([
  ['one centime more', { amountMinor: PRICE + 1n }],
  ['another currency', { currency: 'EUR' }],
])('%s than was asked gives nothing, and the right amount still does', async (_what, wrong) => {
  const order = await placed(world)
  expect(await settle(world, order, wrong)).toBe('wrong_amount')
  expect(await orderNow(world, order)).toMatchObject({ status: 'reserved', payment: { status: 'started' } })
  expect(await held(world, 'fund')).toBe(0n)
  expect(await settle(world, order)).toBe('paid')
})

test('a payment that nobody started, or of another provider, is unknown', async () => {
  const order = await placed(world)
  expect(await settle(world, order, { paymentId: newId() })).toBe('payment_unknown')
  expect(await settle(world, order, { provider: 'another' })).toBe('payment_unknown')
  expect(await orderNow(world, order)).toMatchObject({ status: 'reserved' })
})

test('money after the reservation is over gets new numbers while there are any', async () => {
  const order = await placed(world, { quantity: 2 })
  expect(await expire()).toBe(1)
  await placed(world, { quantity: 1 })
  expect(await settle(world, order)).toBe('paid')
  expect(await orderNow(world, order)).toMatchObject({ status: 'paid', numbers: [2, 3] })
})

test('money after the reservation is over is due back when too few coupons are left', async () => {
  const order = await placed(world, { quantity: 2 })
  await expire()
  await placed(world, { quantity: GOAL - 1 })
  expect(await settle(world, order)).toBe('refund_due')
  expect(await orderNow(world, order)).toMatchObject({ status: 'expired', numbers: [] })
  expect(await refunds()).toMatchObject([
    { amount_minor: 2n * PRICE, reason: 'no_coupon_left', done_at: null },
  ])
  expect(await held(world, 'refunds_due')).toBe(-2n * PRICE)
  expect(await held(world, 'fund')).toBe(0n)
})

test('an order paid by two attempts keeps its coupons once and owes the second payment back', async () => {
  const order = await placed(world)
  const second = await attempt(order, 2)
  expect(await settle(world, order)).toBe('paid')
  expect(await settle(world, order, { paymentId: second })).toBe('refund_due')
  expect(await refunds()).toMatchObject([{ payment_id: second, reason: 'paid_twice' }])
  expect(await held(world, 'fund')).toBe(-PRICE)
})

test('money for a cancelled order is due back', async () => {
  const order = await placed(world)
  await world.appSql`update coupon set state = 'available', order_id = null where order_id = ${order.id}`
  await world.appSql`update "order" set status = 'cancelled', ended_at = ${world.clock.now()} where id = ${order.id}`
  expect(await settle(world, order)).toBe('refund_due')
  expect(await refunds()).toMatchObject([{ reason: 'order_cancelled' }])
})

test('fifty equal messages at once are one payment', async () => {
  const order = await placed(world)
  const message = messageOf(world, order)
  const outcomes = await Promise.all(Array.from({ length: 50 }, () => settleMessage(world, message)))
  expect(outcomes.filter((outcome) => outcome === 'paid')).toHaveLength(1)
  expect(outcomes.filter((outcome) => outcome === 'exists')).toHaveLength(49)
})

test('two attempts paid at the same moment are one payment and one refund', async () => {
  const order = await placed(world)
  const second = await attempt(order, 2)
  const outcomes = await Promise.all([settle(world, order), settle(world, order, { paymentId: second })])
  expect(outcomes.toSorted()).toEqual(['paid', 'refund_due'])
})

test('money that comes late gets the same numbers again, or the lowest free when one of them is gone', async () => {
  const late = async (slug: string, between: number) => {
    await world.addCampaign({ slug, goal: 10 })
    await placed(world, { quantity: 2 }, slug)
    const order = await placed(world, { quantity: 2 }, slug)
    world.clock.advance({ minutes: 16 })
    await expireDueReservations(world.db, world.clock.now())
    if (between > 0) await placed(world, { quantity: between }, slug)
    expect(await settle(world, order)).toBe('paid')
    return (await orderNow(world, order)).numbers
  }
  expect(await late('late-free', 0)).toEqual([3, 4])
  expect(await late('late-below', 2)).toEqual([3, 4])
  expect(await late('late-gone', 3)).toEqual([4, 5])
  expect(await violations(world)).toEqual([])
})
