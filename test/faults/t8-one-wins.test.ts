import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { expireDueReservations } from '../../src/jobs/expire-reservations.ts'
import { cancelOrder } from '../../src/orders/cancel-order.ts'
import { placeOrder } from '../../src/orders/place-order.ts'
import { orderNow, placed, settle, violations } from '../support/giving.ts'
import { createWorld, type World } from '../support/world.ts'
import { withoutGuard, withoutTrigger } from './guards.ts'
import { report } from './report.ts'
import { SEED, scale } from './scale.ts'

const RACES = scale(150, 10_000)

/**
 * One coupon, one reservation within a millisecond of its limit: it is paid, given up and expired at once, while
 * somebody else wants the number. Answers how often the coupon was given or kept: once is right.
 */
async function race(world: World, slug: string): Promise<number> {
  const campaign = await world.addCampaign({ slug, goal: 1 })
  const order = await placed(world, {}, slug)
  world.clock.set(new Date(order.expiresAt.getTime() + world.dice.below(3) - 1))
  const now = world.clock.now()
  const other = world.wish()
  const moves = [
    () => settle(world, order),
    () => expireDueReservations(world.db, now),
    () => placeOrder(world.services, campaign, other),
    () => (world.dice.below(2) ? cancelOrder(world.db.of(world.collective.id), order.id, now) : undefined),
  ]
  await Promise.allSettled(world.dice.shuffled(moves).map((move) => move()))
  const orders = [await orderNow(world, order)]
  orders.push(
    ...(await orderNow(world, other).then(
      (found) => [found],
      () => [],
    )),
  )
  return orders.filter(({ status }) => status === 'paid' || status === 'reserved').length
}

test(`of a payment, an expiry, a cancellation and another wish at the limit one wins (SEED=${SEED})`, async () => {
  const world = await createWorld({ seed: SEED, goal: 1 })
  try {
    for (let count = 0; count < RACES; count += 1) {
      expect(await race(world, `race-${count}`), `race ${count}`).toBeLessThanOrEqual(1)
    }
    expect(await violations(world)).toEqual([])
    report('T8', { races: RACES, 'with two winners': 0 })
  } finally {
    await world.drop()
  }
}, 600_000)

/** The order of things in which the state decides: the money was there first, the end of the time comes after. */
async function payThenExpire(world: World): Promise<void> {
  const order = await placed(world)
  await settle(world, order)
  world.clock.set(new Date(order.expiresAt.getTime() + 1))
  const tenant = world.db.of(world.collective.id)
  const { id } = await world.campaign()
  await tenant.one(sql`select expire_reservations(${world.collective.id}, ${id}, ${world.clock.now()})`)
}

test('a paid order never expires', async () => {
  const world = await createWorld({ seed: SEED, goal: 1 })
  try {
    await payThenExpire(world)
    expect(await violations(world)).toEqual([])
  } finally {
    await world.drop()
  }
})

test('without the state in the condition and the trigger, it would, and the check finds it', async () => {
  const world = await createWorld({ seed: SEED, goal: 1 })
  try {
    await withoutGuard(world, 'expire_reservations', [" and status = 'reserved'"])
    await withoutTrigger(world, '"order"', 'order_moves_forward')
    await payThenExpire(world)
    expect(await violations(world)).not.toEqual([])
  } finally {
    await world.drop()
  }
})
