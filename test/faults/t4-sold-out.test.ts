import { afterEach, expect, test } from 'vitest'
import { newIdAt } from '../../src/domain/id.ts'
import { openGatherer } from '../../src/orders/gather-orders.ts'
import { violations } from '../support/giving.ts'
import { type RunningApp, startRunningApp } from '../support/running-app.ts'
import { createWorld, type World } from '../support/world.ts'
import { withoutLock } from './guards.ts'
import { type Attempt, checkHistory, type History } from './history.ts'
import { pay } from './installation.ts'
import { percentile, report } from './report.ts'
import { SEED, scale } from './scale.ts'
import { readFinal } from './storm.ts'
import { openStormClient, type StormClient } from './storm-client.ts'

const ROUNDS = scale(2, 20)
const CONTRIBUTORS = 200
const GOAL = 1000
const MOST = 5
const PATIENCE_MS = 10_000
const CONTROL_ROUNDS = 20
/** The quick form shares its machine with whatever else runs. */
const TOLD_WITHIN_MS = scale(5000, 1000)

let world: World
const apps: RunningApp[] = []
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close()
  await world?.drop()
})

/** Two applications on one database, each with its own queue of orders. */
async function start(): Promise<void> {
  world = await createWorld({ seed: SEED, goal: GOAL, connections: 16 })
  const { db, clock } = world
  for (let count = 0; count < 2; count += 1) {
    apps.push(await startRunningApp(world, { gatherer: openGatherer({ db, now: clock.now }) }))
  }
}

interface Round {
  readonly history: History
  readonly odd: readonly string[]
  /** How long each contributor waited to be told that all is gone. */
  readonly toldMs: readonly number[]
}

/** Everybody wishes and pays at once, again and again, until they are told that it is sold out. */
async function crowdAt(slug: string): Promise<Round> {
  const clients = clientsOf(slug)
  const contribute = async (name: string, client: StormClient) => {
    for (let count = 1, quantity = 1 + world.dice.below(MOST); ; count += 1) {
      const id = newIdAt(world.clock.now(), () => world.dice.below(2 ** 32))
      const answer = await client.sendUntilKnown({ wish: `${name} ${count}`, id, quantity, method: 'card' })
      if (answer.kind === 'stored') await pay(client, id)
      else if (answer.kind === 'refused' && answer.reason === 'sold_out') return
      else if (answer.kind === 'refused') quantity = answer.remaining ?? 1
    }
  }
  await Promise.all(
    Array.from({ length: CONTRIBUTORS }, (_, index) =>
      contribute(`contributor ${index}`, clients[index % clients.length]!),
    ),
  )
  for (const client of clients) await client.look()
  for (const client of clients) client.close()
  const attempts = clients.flatMap((client) => client.attempts)
  return {
    history: { attempts, looks: clients.flatMap(({ looks }) => looks) },
    odd: clients.flatMap(({ odd }) => odd),
    toldMs: attempts.flatMap(({ answer, sentAt, endedAt }) =>
      answer.kind === 'refused' && answer.reason === 'sold_out' ? [endedAt - sentAt] : [],
    ),
  }
}

test(`${CONTRIBUTORS} contributors at once on two applications: ${GOAL} coupons, each once (SEED=${SEED})`, async () => {
  await start()
  const toldMs: number[] = []
  let orders = 0
  for (let round = 1; round <= ROUNDS; round += 1) {
    const { slug } = await world.addCampaign({ slug: `round-${round}`, goal: GOAL })
    const { history, odd, toldMs: told } = await crowdAt(slug)
    const final = await readFinal(world, slug)
    expect(odd).toEqual([])
    expect(checkHistory(history, final)).toEqual([])
    expect(final).toMatchObject({ sold: GOAL, reserved: 0, available: 0 })
    const given = final.orders.flatMap(({ numbers }) => numbers).sort((a, b) => a - b)
    expect(given).toEqual(Array.from({ length: GOAL }, (_, index) => index + 1))
    expect(told).toHaveLength(CONTRIBUTORS)
    toldMs.push(...told)
    orders += final.orders.length
  }
  const told = percentile(0.99, toldMs)
  expect(told).toBeLessThanOrEqual(TOLD_WITHIN_MS)
  expect(await violations(world)).toEqual([])
  report('T4', {
    rounds: ROUNDS,
    orders,
    'given a round': GOAL,
    'told sold out': toldMs.length,
    'told within ms (p99)': told,
  })
}, 900_000)

test('counted before it is taken, without a lock and the keys behind it, a number is given twice', async () => {
  await start()
  await withoutLock(world)
  const rules = new Set<string>()
  for (let round = 1; round <= CONTROL_ROUNDS && !rules.has('one_owner'); round += 1) {
    const { slug } = await world.addCampaign({ slug: `unlocked-${round}`, goal: GOAL })
    const attempts = await wishesAt(slug)
    const found = checkHistory({ attempts, looks: [] }, await readFinal(world, slug))
    for (const { rule } of found) rules.add(rule)
  }
  expect([...rules]).toContain('one_owner')
}, 120_000)

/** Everybody wishes once at the same moment; whatever comes of it is written down. */
async function wishesAt(slug: string): Promise<readonly Attempt[]> {
  const clients = clientsOf(slug)
  const newId = () => newIdAt(world.clock.now(), () => world.dice.below(2 ** 32))
  await Promise.all(
    Array.from({ length: CONTRIBUTORS }, (_, index) =>
      clients[index % clients.length]!.send({
        wish: `${index}`,
        id: newId(),
        quantity: 2,
        method: 'transfer',
      }),
    ),
  )
  for (const client of clients) client.close()
  return clients.flatMap(({ attempts }) => attempts)
}

function clientsOf(slug: string): StormClient[] {
  const campaign = `/api/v1/campaigns/casa/${slug}`
  return apps.map(({ origin }) =>
    openStormClient({ port: Number(new URL(origin).port), campaign, patienceMs: PATIENCE_MS }),
  )
}
