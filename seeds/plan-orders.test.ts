import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, daysBetween, type LocalDay, localDay, startOfDay } from '../src/domain/days.ts'
import { DAR_HIBA } from './content/dar-hiba.ts'
import { rollDice } from './dice.ts'
import { type GivingPlan, type PlannedOrder, planOrders } from './plan-orders.ts'
import { planReplay } from './plan-replay.ts'
import { momentsIn, type Span } from './rhythm.ts'

const timeZone = 'Africa/Casablanca'
const firstDay = '2026-11-15' as LocalDay
const EVEN_DAYS = Array.from({ length: 9 }, () => 1)

const spanUntil = (until: Date, days: readonly number[] = EVEN_DAYS): Span => ({
  from: new Date(startOfDay(firstDay, timeZone).getTime() + 8 * 3_600_000),
  until,
  firstDay,
  days,
  timeZone,
})

const planAt = (now: Date): GivingPlan => ({
  span: spanUntil(new Date(now.getTime() - 180_000)),
  now,
  banked: 431,
  onItsWay: 181,
  promised: 37,
  ambassadors: [
    ['amina', 2],
    [undefined, 1],
  ],
  words: DAR_HIBA.words,
})

/** Any moment of the ninth day, its first seconds included. */
const onTheNinthDay = fc
  .integer({ min: 0, max: 86_399_999 })
  .map((ms) => new Date(startOfDay(addDays(firstDay, 8), timeZone).getTime() + ms))

describe('planOrders', () => {
  test('comes to exactly the layers asked for, and nothing lies in the future', () => {
    fc.assert(
      fc.property(onTheNinthDay, fc.nat(1000), (now, seed) => {
        const orders = planOrders(planAt(now), rollDice(seed))
        const isBanked = ({ method, paidAt, payoutAt }: PlannedOrder) =>
          paidAt !== undefined && (method === 'transfer' || payoutAt !== undefined)
        expect(coupons(orders.filter(isBanked))).toBe(431)
        expect(coupons(orders.filter(({ paidAt }) => paidAt))).toBe(612)
        expect(coupons(orders.filter(({ paidAt }) => !paidAt))).toBe(37)
        for (const { at, paidAt, payoutAt, method, quantity } of orders) {
          const happens = [at, paidAt ?? at, payoutAt ?? paidAt ?? at].map((instant) => instant.getTime())
          expect(happens).toEqual(happens.toSorted((one, other) => one - other))
          expect(happens.at(-1)).toBeLessThanOrEqual(now.getTime())
          expect(quantity).toBeGreaterThanOrEqual(1)
          expect(quantity).toBeLessThanOrEqual(5)
          if (!paidAt)
            expect([method, now.getTime() - at.getTime() < 27 * 3_600_000]).toEqual(['transfer', true])
        }
      }),
      { numRuns: 50, seed: 3 },
    )
  })

  test('carries every word once, the waiting ones last', () => {
    const orders = planOrders(planAt(new Date('2026-11-23T18:00:00Z')), rollDice(1))
    const carried = orders.flatMap(({ word, paidAt }) => (word && paidAt ? [word] : []))
    expect(carried.toSorted()).toHaveLength(DAR_HIBA.words.length)
    expect(carried.slice(-3).every((word) => word.waits)).toBe(true)
    expect(carried.slice(0, -3).some((word) => word.waits)).toBe(false)
  })

  test('gives the same orders for the same dice, and others for others', () => {
    const plan = planAt(new Date('2026-11-23T18:00:00Z'))
    expect(planOrders(plan, rollDice(5))).toEqual(planOrders(plan, rollDice(5)))
    expect(planOrders(plan, rollDice(5))).not.toEqual(planOrders(plan, rollDice(6)))
  })
})

describe('momentsIn', () => {
  test('is dense in the evening, empty at night, and follows the weights of the days', () => {
    const until = startOfDay(addDays(firstDay, 9), timeZone)
    const moments = momentsIn(spanUntil(until, [1, 1, 1, 1, 1, 1, 1, 1, 4]), 1200, rollDice(2))
    const hours = moments.map((at) => at.getUTCHours())
    const between = (from: number, to: number) => hours.filter((hour) => hour >= from && hour < to).length
    expect(between(20, 22)).toBeGreaterThan(2 * between(9, 11))
    expect(between(2, 6)).toBe(0)
    const days = moments.map((at) => daysBetween(firstDay, localDay(at, timeZone)))
    const onDay = (day: number) => days.filter((other) => other === day).length
    expect(onDay(8) / onDay(5)).toBeGreaterThan(3.5)
    expect(onDay(8) / onDay(5)).toBeLessThan(4.5)
  })
})

test('a replay sells out exactly, on its tenth day, through all three', () => {
  const names = ['amina', 'hamza', 'zineb']
  const orders = planReplay(1000, names, rollDice(4))
  expect(orders.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(1000)
  expect(orders.at(-1)!.atDay).toBeGreaterThan(9)
  expect(orders.every(({ atDay }, index) => atDay < 10 && atDay >= (orders[index - 1]?.atDay ?? 0))).toBe(
    true,
  )
  expect(new Set(orders.map(({ ambassador }) => ambassador))).toEqual(new Set(names))
})

function coupons(orders: readonly PlannedOrder[]): number {
  return orders.reduce((sum, { quantity }) => sum + quantity, 0)
}
