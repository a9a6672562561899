import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OrderWish } from '../../src/domain/order.ts'
import { placeOrder } from '../../src/orders/place-order.ts'
import { settle, violations } from '../support/giving.ts'
import { createWorld, type World } from '../support/world.ts'
import { withoutLock } from './guards.ts'
import { processesOf } from './processes.ts'
import { report } from './report.ts'
import { SEED, scale } from './scale.ts'

const AT_ONCE = 50
const ROUNDS = scale(5, 100)
const PROCESSES = 5

let world: World
beforeAll(async () => {
  world = await createWorld({ seed: SEED, goal: 1000 })
})
afterAll(() => world?.drop())

async function rowsOf(one: World, id: string): Promise<number> {
  const rows = await one.ownerSql`select id from "order" where id = ${id}`
  return rows.length
}

async function atOnce(one: World, wishes: readonly OrderWish[]) {
  const campaign = await one.campaign()
  const processes = processesOf(one, PROCESSES)
  return Promise.all(
    wishes.map((wish, index) => placeOrder(processes[index % PROCESSES] ?? one.services, campaign, wish)),
  )
}

test(`fifty identical requests at once are one order and fifty equal answers (SEED=${SEED})`, async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const wish = world.wish({ quantity: 1 + world.dice.below(5) })
    const answers = await atOnce(world, Array<OrderWish>(AT_ONCE).fill(wish))
    expect(answers.filter(({ status }) => status === 'created')).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 'exists')).toHaveLength(AT_ONCE - 1)
    const orders = answers.map((answer) => answer.ok && answer.order)
    expect(orders).toEqual(Array(AT_ONCE).fill(orders[0]))
    expect(await rowsOf(world, wish.id)).toBe(1)
  }
  expect(await violations(world)).toEqual([])
  report('T5', { rounds: ROUNDS, 'requests at once': AT_ONCE, 'second orders': 0 })
})

test('without the lock and the unique keys, fifty identical requests are more than one order', async () => {
  const unguarded = await createWorld({ seed: SEED, goal: 1000 })
  try {
    for (const key of ['order_pkey', 'order_collective_id_campaign_id_id_key']) {
      await unguarded.ownerSql.unsafe(`alter table "order" drop constraint ${key} cascade`)
    }
    await withoutLock(unguarded)
    let most = 1
    for (let round = 0; round < 10 && most === 1; round += 1) {
      const wish = unguarded.wish({ method: 'transfer' })
      const wishes = Array<OrderWish>(AT_ONCE).fill(wish)
      await atOnce(unguarded, wishes).catch(() => undefined)
      most = Math.max(most, await rowsOf(unguarded, wish.id))
    }
    expect(most).toBeGreaterThan(1)
  } finally {
    await unguarded.drop()
  }
})

const DIFFERENT: [status: string, other: (one: World) => Partial<OrderWish>][] = [
  ['exists_with_different_quantity', () => ({ quantity: 3 })],
  ['exists_with_different_method', () => ({ method: 'transfer' })],
  ['exists_with_different_ambassador', (one) => ({ ambassadorId: one.ambassadors.khadija.id })],
  ['exists_with_different_contributor', () => ({ name: 'Samira' })],
  ['exists_with_different_contributor', () => ({ email: 'nadia@example.org' })],
  ['exists_with_different_contributor', () => ({ anonymous: true })],
]

test.each(DIFFERENT)('the same id is refused as %s, also when both come at once', async (status, other) => {
  const wish = world.wish({ quantity: 2 })
  await atOnce(world, [wish])
  const different = { ...wish, ...other(world) }
  expect(await atOnce(world, Array<OrderWish>(10).fill(different))).toEqual(
    Array(10).fill({ ok: false, status }),
  )

  const fresh = world.wish({ quantity: 2 })
  const mixed = await atOnce(world, [
    fresh,
    { ...fresh, ...other(world) },
    fresh,
    { ...fresh, ...other(world) },
  ])
  expect(mixed.filter((answer) => answer.status === 'created')).toHaveLength(1)
  expect(mixed.filter((answer) => answer.ok)).toHaveLength(2)
  expect(await rowsOf(world, fresh.id)).toBe(1)
})

test('the same id in another campaign is refused by name', async () => {
  const other = await world.addCampaign({ slug: 'dar-other', goal: 10 })
  const wish = world.wish()
  await atOnce(world, [wish])
  expect(await placeOrder(world.services, other, wish)).toEqual({
    ok: false,
    status: 'exists_with_different_campaign',
  })
})

test('thirty days later, and after the campaign closed, the old answer comes again', async () => {
  const wish = world.wish({ quantity: 2 })
  const [first] = await atOnce(world, [wish])
  if (!first?.ok) throw new Error('the order was refused')
  await settle(world, first.order)
  world.clock.advance({ days: 30 })
  await world.appSql`update campaign set closed_at = ${world.clock.now()}`
  const [again, fresh] = await atOnce(world, [wish, world.wish()])
  expect(again).toMatchObject({
    ok: true,
    status: 'exists',
    order: { id: wish.id, key: first.order.key, numbers: first.order.numbers, status: 'paid' },
  })
  expect(fresh).toEqual({ ok: false, status: 'campaign_not_live' })
})
