import { afterAll, beforeAll, expect, test } from 'vitest'
import { placed, violations } from '../../test/support/giving.ts'
import { createWorld, type World } from '../../test/support/world.ts'
import { connect } from '../db/connect.ts'
import { type Database, openDatabase } from '../db/database.ts'
import { type GathererOptions, openGatherer } from './gather-orders.ts'
import { placeOrder } from './place-order.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({ goal: 10 })
})
afterAll(() => world?.drop())

let campaigns = 0
async function ownCampaign(goal: number) {
  campaigns += 1
  return world.addCampaign({ slug: `dar-${campaigns}`, goal })
}

/** The database, and how many calls it got. */
function counted(db: Database): { readonly db: Database; calls(): number } {
  let calls = 0
  const of: Database['of'] = (id) => {
    calls += 1
    return db.of(id)
  }
  return { db: { ...db, of }, calls: () => calls }
}

function services(options: Partial<GathererOptions> = {}) {
  const gatherer = openGatherer({ db: world.db, now: world.clock.now, ...options })
  return { ...world.services, gatherer }
}

const numbersOf = (answers: Awaited<ReturnType<typeof placeOrder>>[]) =>
  answers.map((answer) => (answer.ok ? answer.order.numbers : answer.status))

test('wishes that wait together are placed together, in the order of their coming', async () => {
  const campaign = await ownCampaign(200)
  const { db, calls } = counted(world.db)
  const one = services({ db, maxTogether: 64 })
  const wishes = Array.from({ length: 100 }, () => world.wish({ quantity: 2 }))
  const answers = await Promise.all(wishes.map((wish) => placeOrder(one, campaign, wish)))
  expect(numbersOf(answers)).toEqual(wishes.map((_, index) => [2 * index + 1, 2 * index + 2]))
  // 64 and the rest.
  expect(calls()).toBe(2)
  expect(answers.map((answer) => answer.ok && answer.order.id)).toEqual(wishes.map(({ id }) => id))
})

test('each gets its own answer: who asks too much, who comes too late, who was there before', async () => {
  const campaign = await ownCampaign(6)
  const again = world.wish()
  await placed(world, again, campaign.slug)
  const wishes = [
    world.wish({ quantity: 3 }),
    world.wish({ quantity: 3 }),
    again,
    { ...again, quantity: 2 },
    world.wish({ quantity: 0 }),
    world.wish({ quantity: 2 }),
    world.wish({ quantity: 1 }),
  ]
  const one = services()
  const answers = await Promise.all([
    placeOrder(one, await world.campaign(), world.wish()),
    ...wishes.map((wish) => placeOrder(one, campaign, wish)),
  ])
  expect(numbersOf(answers.slice(1))).toEqual([
    [2, 3, 4],
    'only_n_left',
    [1],
    'exists_with_different_quantity',
    'quantity_invalid',
    [5, 6],
    'sold_out',
  ])
})

test('a bad wish never spoils its neighbours', async () => {
  const campaign = await ownCampaign(40)
  // One reference for all of them: the database refuses every one but the first.
  const same = { ...services(), random: (count: number) => new Uint8Array(count) }
  const good = { ...world.services, gatherer: same.gatherer }
  const wishes = Array.from({ length: 21 }, (_, index) => ({
    by: index % 10 === 5 ? same : good,
    wish: world.wish({ method: 'transfer' }),
  }))
  const answers = await Promise.allSettled(wishes.map(({ by, wish }) => placeOrder(by, campaign, wish)))
  const failed = answers.flatMap(({ status }, index) => (status === 'rejected' ? [index] : []))
  expect(failed).toEqual([15])
  const { counts } = await world.campaign(campaign.slug)
  expect(counts.reserved).toBe(20)
  expect(await violations(world)).toEqual([])
})

test('more than may wait are told so at once, and nothing of theirs is placed', async () => {
  const campaign = await ownCampaign(40)
  const few = services({ maxWaiting: 5 })
  const wishes = Array.from({ length: 20 }, () => world.wish())
  const answers = await Promise.all(wishes.map((wish) => placeOrder(few, campaign, wish)))
  const statuses = Object.groupBy(answers, ({ status }) => status)
  expect(statuses.created).toHaveLength(5)
  expect(statuses.overloaded).toHaveLength(15)
  expect((await world.campaign(campaign.slug)).counts.reserved).toBe(5)
  expect(few.gatherer.expectedWaitMs()).toBe(0)
})

test('campaigns do not wait for one another, and each has one call under way', async () => {
  const few = services({ maxCalls: 2, maxTogether: 4 })
  const slow = await ownCampaign(30)
  const quick = await ownCampaign(30)
  const lock = await world.ownerSql.reserve()
  await lock`begin`
  await lock`select from campaign where id = ${slow.id} for update`
  const waiting = Array.from({ length: 8 }, () => placeOrder(few, slow, world.wish()))
  const others = Array.from({ length: 8 }, () => placeOrder(few, quick, world.wish()))
  expect(numbersOf(await Promise.all(others))).toEqual(Array.from({ length: 8 }, (_, index) => [index + 1]))
  expect(few.gatherer.expectedWaitMs()).toBeGreaterThan(0)
  await lock`commit`
  lock.release()
  expect(numbersOf(await Promise.all(waiting))).toEqual(Array.from({ length: 8 }, (_, index) => [index + 1]))
})

test('an order that is placed for another campaign at the same moment is found, not placed twice', async () => {
  const [left, right] = [await ownCampaign(30), await ownCampaign(30)]
  for (let round = 0; round < 20; round += 1) {
    const wish = world.wish()
    const answers = await Promise.all([
      placeOrder(services(), left, wish),
      placeOrder(services(), right, wish),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual(['created', 'exists_with_different_campaign'])
  }
})

test('the same ids for two campaigns in opposite order are each placed once, and nobody waits for ever', async () => {
  const [left, right] = [await ownCampaign(64), await ownCampaign(64)]
  for (let round = 0; round < 10; round += 1) {
    const wishes = Array.from({ length: 6 }, () => world.wish())
    const [one, other] = [services(), services()]
    const answers = await Promise.all([
      ...wishes.map((wish) => placeOrder(one, left, wish)),
      ...wishes.toReversed().map((wish) => placeOrder(other, right, wish)),
    ])
    const statuses = Object.groupBy(answers, ({ status }) => status)
    expect(statuses.created).toHaveLength(6)
    expect(statuses.exists_with_different_campaign).toHaveLength(6)
  }
})

test('when the database is away every wish of the company is told so, once', async () => {
  const campaign = await ownCampaign(30)
  const nobody = connect('postgres://nobody@127.0.0.1:1/nothing')
  const { db, calls } = counted(openDatabase(nobody))
  const broken = services({ db })
  const answers = await Promise.allSettled(
    Array.from({ length: 10 }, () => placeOrder(broken, campaign, world.wish())),
  )
  expect(answers.map(({ status }) => status)).toEqual(Array(10).fill('rejected'))
  expect(calls()).toBe(1)
  expect(broken.gatherer.expectedWaitMs()).toBe(0)
  await nobody.end()
})
