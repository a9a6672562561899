import { afterEach, expect, test } from 'vitest'
import { cancelOrder } from '../../src/orders/cancel-order.ts'
import { violations } from '../support/giving.ts'
import { seededRandom } from '../support/random.ts'
import { type Answer, checkHistory } from './history.ts'
import { pay } from './installation.ts'
import { report } from './report.ts'
import { SEED, scale } from './scale.ts'
import { atOnce, readFinal, type Storm, startStorm } from './storm.ts'

const ROUNDS = scale(3, 100)
const CLIENTS = 40
const WISHES = 400
const GOAL = 500
const LOST = 0.03
const MOST_TRIES = 50

let storm: Storm
afterEach(() => storm?.end())

/** What happened in one round: counted so that a round in which nothing breaks is noticed. */
interface Round {
  readonly answers: number
  readonly unknown: number
  readonly soldOut: number
  readonly paid: number
  readonly cuts: number
}

/**
 * Contributors who wish, repeat, change their mind, pay, give up, and come late, while answers are lost and whole
 * networks cut. In every second round nothing is given back, so that the checker may be as strict as it can.
 */
async function play(seed: number, isFreeing: boolean): Promise<Round> {
  storm = await startStorm({ seed, goal: GOAL, connections: 8 })
  const { client, front, back, world, app, nextId } = storm
  const dice = seededRandom(seed)
  const counts = { soldOut: 0, paid: 0, cuts: 0 }
  const lossy = () => {
    const lot = dice.next()
    return lot < LOST ? ('swallow' as const) : lot < 2 * LOST ? ('cut' as const) : ('pass' as const)
  }
  front.passages = { toServer: () => (dice.next() < LOST ? 'cut' : 'pass'), toClient: lossy }
  back.passages = { toClient: () => (dice.next() < LOST / 3 ? lossy() : 'pass') }

  const afterwards = async (id: string, answer: Answer) => {
    if (answer.kind === 'refused' && answer.reason === 'sold_out') counts.soldOut += 1
    if (answer.kind !== 'stored') return
    const lot = dice.below(10)
    if (lot < 5 && client.paymentUrls.has(id)) {
      await pay(client, id)
      counts.paid += 1
    } else if (lot < 7 && isFreeing) {
      await untilDone(() => cancelOrder(world.db.of(world.collective.id), id, world.clock.now()))
    }
  }
  const contribute = async (index: number) => {
    const wish = `wish ${index}`
    const wanted = { wish, id: nextId(), quantity: 1 + dice.below(4), method: 'card' as const }
    const answer = await client.sendUntilKnown(wanted)
    if (dice.below(10) === 0) await client.sendUntilKnown(wanted)
    if (dice.below(20) === 0) {
      const other = await client.sendUntilKnown({ ...wanted, method: 'transfer' })
      if (answer.kind === 'stored')
        expect(other).toEqual({ kind: 'refused', reason: 'exists_with_different_method' })
    }
    await afterwards(wanted.id, answer)
    if (dice.below(8) === 0) await client.look()
    if (dice.below(60) === 0) {
      counts.cuts += 1
      dice.pick([front, back]).cutAll()
    }
    if (isFreeing && dice.below(40) === 0) {
      world.clock.advance({ minutes: 16 })
      await untilDone(() => app.tick())
    }
  }
  await atOnce([...Array(WISHES).keys()], CLIENTS, contribute)
  front.passages = {}
  back.passages = {}

  const final = await untilDone(() => readFinal(world))
  expect(checkHistory(client, final), `SEED=${seed}`).toEqual([])
  expect(client.odd, `SEED=${seed}`).toEqual([])
  expect(await untilDone(() => violations(world)), `SEED=${seed}`).toEqual([])
  const unknown = client.attempts.filter(({ answer }) => answer.kind === 'unknown').length
  return { answers: client.attempts.length - unknown, unknown, ...counts }
}

/** What an operator, the clock or this test does comes again by itself when a connection to the database broke. */
async function untilDone<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work()
    } catch (error) {
      if (tries === MOST_TRIES) throw error
    }
  }
}

test(`${ROUNDS} storms of ${CLIENTS} clients whose connections break: no promise is broken (SEED=${SEED})`, async () => {
  const sum: Record<string, number> = {}
  for (let round = 0; round < ROUNDS; round += 1) {
    const counts = await play(SEED + round, round % 2 === 1)
    for (const [name, count] of Object.entries(counts)) sum[name] = (sum[name] ?? 0) + count
    if (round < ROUNDS - 1) await storm.end()
  }
  for (const name of ['unknown', 'soldOut', 'paid', 'cuts']) expect(sum[name], name).toBeGreaterThan(0)
  report('storm', {
    rounds: ROUNDS,
    wishes: ROUNDS * WISHES,
    answers: sum.answers ?? 0,
    'attempts without an answer': sum.unknown ?? 0,
    paid: sum.paid ?? 0,
    'networks cut': sum.cuts ?? 0,
  })
}, 3_600_000)
