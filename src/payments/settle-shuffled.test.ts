import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { held, messageOf, orderNow, placed, settleMessage, violations } from '../../test/support/giving.ts'
import { seedOfRun } from '../../test/support/random.ts'
import { createWorld, type World } from '../../test/support/world.ts'
import type { ProviderMessage } from './port.ts'

const ORDERS = 4
const RUNS = 25

let world: World
beforeAll(async () => {
  world = await createWorld({ goal: ORDERS * RUNS * 2 })
})
afterAll(() => world?.drop())

/** Each order: how many declined tries came first, whether it was paid, how often each word is repeated. */
const stories = fc.array(
  fc.record({ declines: fc.nat(2), paid: fc.boolean(), repeats: fc.integer({ min: 1, max: 3 }) }),
  { minLength: 1, maxLength: ORDERS },
)

test('messages repeated and in any order end as the same messages once and in order', async () => {
  await fc.assert(
    fc.asyncProperty(stories, fc.infiniteStream(fc.nat()), async (told, shuffle) => {
      const orders = await Promise.all(told.map(() => placed(world)))
      const messages = told.flatMap((story, index) => {
        const words: ProviderMessage[] = Array.from({ length: story.declines }, () =>
          messageOf(world, orders[index]!, { outcome: 'declined' }),
        )
        if (story.paid) words.push(messageOf(world, orders[index]!))
        return words.flatMap((word) => Array.from({ length: story.repeats }, () => word))
      })
      const mixed = messages
        .map((message) => ({ message, rank: shuffle.next().value as number }))
        .sort((a, b) => a.rank - b.rank)
      for (const { message } of mixed) await settleMessage(world, message)
      for (const [index, story] of told.entries()) {
        const order = await orderNow(world, orders[index]!)
        const unpaid = story.declines > 0 ? 'declined' : 'started'
        expect(order.status).toBe(story.paid ? 'paid' : 'reserved')
        expect(order.payment?.status).toBe(story.paid ? 'paid' : unpaid)
      }
      expect(await held(world, 'fund')).toBe(-BigInt((await world.campaign()).counts.sold) * 25_000n)
    }),
    { numRuns: RUNS, seed: seedOfRun() },
  )
  expect(await violations(world)).toEqual([])
})
