import { afterEach, beforeEach, expect, test } from 'vitest'
import { newIdAt } from '../../src/domain/id.ts'
import { expireDueReservations } from '../../src/jobs/expire-reservations.ts'
import { createTestApp, type TestApp } from '../support/app.ts'
import { createDeskWorld, DESK, type DeskWorld } from '../support/desk-world.ts'
import { orderNow, settle, violations } from '../support/giving.ts'
import { seededRandom } from '../support/random.ts'
import { report } from './report.ts'
import { SEED, scale } from './scale.ts'

const STEPS = scale(300, 3000)
const CAMPAIGN = '/api/v1/campaigns/casa/dar-salma'
const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const LONGEST_STEP_MS = 5 * MINUTE_MS
const CARD_MS = 15 * MINUTE_MS
/** Longer than any reservation of a transfer, and what both jumps add to it. */
const LONG_AFTER_MS = 8 * DAY_MS
const LOOK_EVERY = 25

let world: DeskWorld
let app: TestApp
beforeEach(async () => {
  world = await createDeskWorld(STEPS * 2)
  app = createTestApp(world)
  world.clock.advance({ days: 2 })
})
afterEach(async () => {
  await app?.close()
  await world?.drop()
})

interface Taken {
  readonly id: string
  readonly key: string
  readonly placedAtMs: number
  readonly offsetMs: number
}

/** True time, and a server whose clock is off from it; phones are off on their own. */
function startTime() {
  let trueMs = world.clock.now().getTime()
  let offsetMs = 0
  const show = () => world.clock.set(new Date(trueMs + offsetMs))
  return {
    trueMs: () => trueMs,
    offsetMs: () => offsetMs,
    pass(ms: number) {
      trueMs += ms
      show()
    },
    jump(toOffsetMs: number) {
      offsetMs = toOffsetMs
      show()
    },
  }
}

test(`the server's clock off by 24 h and the phones' by 30 days: ${STEPS} steps (SEED=${SEED})`, async () => {
  const dice = seededRandom(SEED)
  const time = startTime()
  const taken: Taken[] = []
  const reserved = new Map<string, Taken>()
  let jumps = 0
  let expired = 0

  const order = async () => {
    const phoneMs = time.trueMs() + (dice.next() - 0.5) * 60 * DAY_MS
    const id = newIdAt(new Date(phoneMs), () => dice.below(2 ** 32))
    const body = { id, quantity: 1, method: 'card', name: 'Nadia', consent: true }
    const response = await app.post(`${CAMPAIGN}/orders`, body)
    const { key } = (await response.json()) as { key: string }
    expect(response.status).toBe(201)
    const one = { id, key, placedAtMs: time.trueMs(), offsetMs: time.offsetMs() }
    taken.push(one)
    reserved.set(id, one)
  }
  const pay = async () => {
    const one = [...reserved.values()][dice.below(reserved.size)]
    if (one) expect(await settle(world, await orderNow(world, one))).toBe('paid')
    if (one) reserved.delete(one.id)
  }
  /** What has ended since the last look did so neither earlier nor later than the jumps explain. */
  const tick = async () => {
    await expireDueReservations(world.db, world.clock.now())
    for (const one of [...reserved.values()]) {
      const dueAtMs = one.placedAtMs + CARD_MS + one.offsetMs - time.offsetMs()
      const { status } = await orderNow(world, one)
      expect(status).toBe(time.trueMs() >= dueAtMs ? 'expired' : 'reserved')
      if (status === 'expired') expired += 1
      if (status === 'expired') reserved.delete(one.id)
    }
  }
  for (let step = 1; step <= STEPS; step += 1) {
    time.pass(dice.below(LONGEST_STEP_MS))
    if (dice.below(12) === 0) {
      jumps += 1
      time.jump(dice.pick([0, DAY_MS, -DAY_MS]))
    }
    await dice.weighted([
      [order, 5],
      [pay, 2],
      [tick, 3],
    ])()
    if (step % LOOK_EVERY === 0) await lookEverywhere(taken)
  }
  time.jump(0)
  time.pass(LONG_AFTER_MS)
  await tick()
  expect(reserved.size).toBe(0)

  // The order is the server's: positions and numbers follow arrival, whatever any clock said.
  const placed = await world.ownerSql<{ order_id: string }[]>`
    select order_id from event where kind = 'order_placed' order by position`
  expect(placed.map(({ order_id }) => order_id)).toEqual(taken.map(({ id }) => id))
  expect(await violations(world)).toEqual([])
  expect(app.logs).toEqual([])
  report('T30', { steps: STEPS, orders: taken.length, 'jumps of the clock': jumps, expired })
}, 600_000)

const PAGES = ['/ar/casa', '/fr/casa/dar-salma', '/en/casa/dar-salma', '/es/casa/dar-salma']

/** Everything that shows time: no page breaks, and no count or age is below zero. */
async function lookEverywhere(taken: readonly Taken[]): Promise<void> {
  const last = taken.at(-1)
  const order = last ? [`/orders/${last.id}?key=${last.key}&lang=en`] : []
  for (const path of [...PAGES, ...order])
    expectNoneBelowZero(path, await (await app.app.request(path)).text())
  const desk = await world.page(DESK)
  const below = [...new Set([...desk.matchAll(/href="([^"]*\/desk\/[^"?]*)"/g)].map(([, path = '']) => path))]
  expect(below.length).toBeGreaterThan(0)
  for (const path of below) expectNoneBelowZero(path, await (await world.get(path)).text())
  const campaign = (await (await app.app.request(CAMPAIGN)).json()) as Record<string, number>
  for (const name of ['day', 'available', 'reserved', 'given', 'banked']) {
    expect(campaign[name], name).toBeGreaterThanOrEqual(0)
  }
  expect(campaign.day).toBeLessThanOrEqual(campaign.days ?? 0)
}

function expectNoneBelowZero(path: string, html: string): void {
  const text = html.replace(/<(script|style)[\s\S]*?<\/\1>/g, ' ').replace(/<[^>]*>/g, ' ')
  expect(text.length, path).toBeGreaterThan(100)
  expect(text.match(/(?:^|[\s(])[-\u2212]\s?[\d\u0660-\u0669]+/g) ?? [], path).toEqual([])
}
