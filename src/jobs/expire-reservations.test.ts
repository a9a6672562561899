import { afterAll, beforeAll, expect, test } from 'vitest'
import { orderNow, placed, violations } from '../../test/support/giving.ts'
import { createWorld, type World } from '../../test/support/world.ts'
import { expireDueReservations } from './expire-reservations.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({ goal: 20 })
})
afterAll(() => world?.drop())

test('reservations of every campaign end at their moment, and not a millisecond before', async () => {
  await world.addCampaign({ slug: 'dar-two', goal: 5 })
  const orders = [await placed(world), await placed(world, {}, 'dar-two')]
  const transfer = await placed(world, { method: 'transfer' })
  world.clock.advance({ minutes: 15, ms: -1 })
  expect(await expireDueReservations(world.db, world.clock.now())).toBe(0)
  world.clock.advance({ ms: 1 })
  expect(await expireDueReservations(world.db, world.clock.now())).toBe(2)
  for (const order of orders) {
    expect(await orderNow(world, order)).toMatchObject({ status: 'expired', numbers: [] })
  }
  expect(await orderNow(world, transfer)).toMatchObject({ status: 'reserved' })
})

test('several processes at once end each reservation once', async () => {
  for (let count = 0; count < 5; count += 1) await placed(world)
  world.clock.advance({ minutes: 15 })
  const expired = await Promise.all(
    Array.from({ length: 6 }, () => expireDueReservations(world.db, world.clock.now())),
  )
  expect(expired.reduce((sum, count) => sum + count)).toBe(5)
  expect(await violations(world)).toEqual([])
})
