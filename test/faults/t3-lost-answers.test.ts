import { afterEach, expect, test } from 'vitest'
import { violations } from '../support/giving.ts'
import { type SeededRandom, seededRandom } from '../support/random.ts'
import { checkHistory } from './history.ts'
import { report } from './report.ts'
import { SEED, scale } from './scale.ts'
import { atOnce, readFinal, type Storm, startStorm } from './storm.ts'
import type { Wanted } from './storm-client.ts'

const ORDERS = scale(1000, 10_000)
const CONTROL_ORDERS = 300
const AT_ONCE = 64
const LOST = 0.05
/** A batch's answer that is lost takes up to 64 orders with it. */
const LOST_BATCHES = 0.02

let storm: Storm
afterEach(() => storm?.end())

async function start(orders: number): Promise<SeededRandom> {
  storm = await startStorm({ seed: SEED, goal: 3 * orders, connections: 8 })
  return seededRandom(SEED)
}

/** Loses answers that tell of a stored order, and cuts connections as the next request comes. */
function breakFront(dice: SeededRandom): void {
  storm.front.passages = {
    toServer: () => (dice.next() < LOST ? 'cut' : 'pass'),
    toClient: (chunk) =>
      chunk.subarray(0, 11).toString() === 'HTTP/1.1 20' && dice.next() < LOST ? 'swallow' : 'pass',
  }
}

/** Loses what the database answers after its commit, silently or with the connection. */
function breakBack(dice: SeededRandom): void {
  storm.back.passages = {
    toClient: () => {
      const lot = dice.next()
      return lot < LOST_BATCHES ? 'swallow' : lot < 2 * LOST_BATCHES ? 'cut' : 'pass'
    },
  }
}

function heal(): void {
  storm.front.passages = {}
  storm.back.passages = {}
}

function wishes(count: number, dice: SeededRandom): Wanted[] {
  return Array.from({ length: count }, (_, index) => ({
    wish: `wish ${index}`,
    id: storm.nextId(),
    quantity: 1 + dice.below(3),
    method: dice.pick(['card', 'transfer'] as const),
  }))
}

test(`${ORDERS} wishes over a network that loses answers are ${ORDERS} orders (SEED=${SEED})`, async () => {
  const dice = await start(ORDERS)
  const { client, front, back, world } = storm
  breakFront(dice)
  breakBack(dice)
  let looking = true
  const looked = (async () => {
    while (looking) await client.look()
  })()
  await atOnce(wishes(ORDERS, dice), AT_ONCE, (wanted) => client.sendUntilKnown(wanted))
  looking = false
  await looked
  heal()

  const final = await readFinal(world)
  expect(checkHistory(client, final)).toEqual([])
  expect(client.odd).toEqual([])
  expect(final.orders).toHaveLength(ORDERS)
  const lost = client.attempts.filter(({ answer }) => answer.kind === 'unknown').length
  expect(front.broken.swallowed).toBeGreaterThan(ORDERS * LOST * 0.5)
  expect(back.broken.swallowed + back.broken.cut).toBeGreaterThan(0)
  expect(await violations(world)).toEqual([])
  report('T3', {
    wishes: ORDERS,
    rows: final.orders.length,
    'answers swallowed': front.broken.swallowed,
    'connections cut': front.broken.cut,
    'answers of the database lost': back.broken.swallowed + back.broken.cut,
    'attempts without an answer': lost,
  })
}, 600_000)

test('with a new id for each repetition, a wish is stored more than once and the checker finds it', async () => {
  const dice = await start(CONTROL_ORDERS)
  const { client, nextId, world } = storm
  breakFront(dice)
  await atOnce(wishes(CONTROL_ORDERS, dice), AT_ONCE, (wanted) => client.sendUntilKnown(wanted, nextId))
  heal()
  const final = await readFinal(world)
  expect(final.orders.length).toBeGreaterThan(CONTROL_ORDERS)
  const rules = checkHistory(client, final).map(({ rule }) => rule)
  expect(new Set(rules)).toEqual(new Set(['one_row_a_wish']))
  // What an accountant sees is right all the same: this is why rows and wishes are compared.
  expect(await violations(world)).toEqual([])
}, 120_000)
