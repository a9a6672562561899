import { afterEach, expect, test } from 'vitest'
import { violations } from '../support/giving.ts'
import { seededRandom } from '../support/random.ts'
import { createWorld, type World } from '../support/world.ts'
import { withoutGuard } from './guards.ts'
import { playRun, rollSteps, type Step } from './model-run.ts'
import { report } from './report.ts'
import { SEED, scale } from './scale.ts'

const RUNS = scale(40, 1000)
const STEPS = scale(60, 200)
const CONTROL_RUNS = 40
const TRIES_TO_SHORTEN = 300

let world: World
afterEach(() => world?.drop())

/** The fewest of these steps with which the real system and the model still part. */
async function shortest(steps: readonly Step[], seed: number): Promise<readonly Step[]> {
  let left = steps
  let tries = 0
  for (let size = Math.ceil(left.length / 2); size >= 1; size = size > 1 ? Math.ceil(size / 2) : 0) {
    for (let at = 0; at < left.length && tries < TRIES_TO_SHORTEN; tries += 1) {
      const fewer = [...left.slice(0, at), ...left.slice(at + size)]
      if ((await playRun(world, fewer, seed)).parted) left = fewer
      else at += size
    }
  }
  return left
}

test(`${RUNS} random workloads of ${STEPS} steps end as the model says (SEED=${SEED})`, async () => {
  world = await createWorld({ seed: SEED })
  const outcomes: Record<string, number> = {}
  for (let run = 0; run < RUNS; run += 1) {
    const seed = SEED + run
    const steps = rollSteps(seededRandom(seed), STEPS)
    const { parted, seen } = await playRun(world, steps, seed)
    if (parted) {
      const few = await shortest(steps, seed)
      const { parted: last } = await playRun(world, few, seed)
      expect.fail(
        `SEED=${seed}: ${last ?? parted}\nafter ${few.map((step) => JSON.stringify(step)).join('\n')}`,
      )
    }
    for (const outcome of seen) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
  }
  expect(Object.keys(outcomes).sort()).toEqual(expect.arrayContaining(MUST_BE_SEEN))
  expect(await violations(world)).toEqual([])
  report('model', { runs: RUNS, steps: RUNS * STEPS, 'kinds of outcomes': Object.keys(outcomes).length })
}, 7_200_000)

/** Else the workload tests less than it says. */
const MUST_BE_SEEN = [
  'order: created',
  'order: only_n_left',
  'order: sold_out',
  'again: exists',
  'different: exists_with_different_quantity',
  'pay: paid',
  'pay: refund_due',
  'pay: already_paid',
  'decline: declined',
  'replay: exists',
  'receive: paid',
  'cancel: cancelled',
  'refund: ok',
  'payOut: 1',
]

const RULES: [name: string, name: string, rule: string][] = [
  ['its own numbers again', 'reserve_numbers', ' and k.number = any (o.first_numbers)'],
  ['only what is due expires', 'expire_reservations', ' and expires_at <= p_now'],
]

test.each(RULES)(
  'without the rule "%s" the model parts from the system',
  async (_words, name, rule) => {
    world = await createWorld({ seed: SEED })
    await withoutGuard(world, name, [rule])
    let parted: string | undefined
    for (let run = 0; run < CONTROL_RUNS && !parted; run += 1) {
      const seed = SEED + run
      parted = (await playRun(world, rollSteps(seededRandom(seed), 200), seed)).parted
    }
    expect(parted).toBeDefined()
  },
  120_000,
)
