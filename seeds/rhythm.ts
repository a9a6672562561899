import { addDays, daysBetween, type LocalDay, localDay, startOfDay } from '../src/domain/days.ts'
import type { Dice } from './dice.ts'

const HOUR_MS = 3_600_000
const QUARTERS = 4

/** How much is given in each hour of a day, from midnight: a little at noon, most in the evening. */
const HOURS = [
  0.3, 0.1, 0, 0, 0, 0, 0.1, 0.4, 0.8, 1, 1, 1.1, 1.4, 1.6, 1, 0.9, 0.9, 1.1, 1.5, 2.1, 2.8, 3.2, 2.4, 1,
]

/** A span of a campaign in which people give. `days` weighs each day from `firstDay` on. */
export interface Span {
  readonly from: Date
  readonly until: Date
  readonly firstDay: LocalDay
  readonly days: readonly number[]
  readonly timeZone: string
}

/** `count` instants within the span, in order, dense where people give: their evenings, the growing days. */
export function momentsIn(span: Span, count: number, dice: Dice): Date[] {
  const slots = slotsOf(span)
  const total = slots.reduce((sum, slot) => sum + slot.weight, 0)
  if (total === 0) throw new RangeError('nobody gives in this span')
  const places = Array.from({ length: count }, (_, index) => ((index + dice.next()) / count) * total)
  let at = 0
  let before = 0
  return places.map((place) => {
    while (at < slots.length - 1 && before + slots[at]!.weight <= place) before += slots[at++]!.weight
    const { from, until, weight } = slots[at]!
    return new Date(from + ((place - before) / weight) * (until - from))
  })
}

interface Slot {
  readonly from: number
  readonly until: number
  readonly weight: number
}

/** Quarters of an hour with their weight, cut to the span; those without weight are left out. */
function slotsOf({ from, until, firstDay, days, timeZone }: Span): Slot[] {
  const slots: Slot[] = []
  const lastDay = localDay(until, timeZone)
  for (let day = localDay(from, timeZone); day <= lastDay; day = addDays(day, 1)) {
    const midnight = startOfDay(day, timeZone).getTime()
    const weightOfDay = days[daysBetween(firstDay, day)] ?? 0
    for (let quarter = 0; quarter < HOURS.length * QUARTERS; quarter += 1) {
      const start = midnight + (quarter * HOUR_MS) / QUARTERS
      const cutFrom = Math.max(start, from.getTime())
      const cutUntil = Math.min(start + HOUR_MS / QUARTERS, until.getTime())
      const share = ((cutUntil - cutFrom) * QUARTERS) / HOUR_MS
      const weight = weightOfDay * HOURS[Math.floor(quarter / QUARTERS)]! * share
      if (share > 0 && weight > 0) slots.push({ from: cutFrom, until: cutUntil, weight })
    }
  }
  return slots
}
