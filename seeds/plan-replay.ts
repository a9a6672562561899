import { addDays, type LocalDay, startOfDay } from '../src/domain/days.ts'
import type { Lang } from '../src/domain/lang.ts'
import { CONTRIBUTORS } from './content/contributors.ts'
import type { Dice } from './dice.ts'
import { LANGUAGES, piecesOf } from './plan-orders.ts'
import { momentsIn } from './rhythm.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const OPENS_AT_HOUR = 8
const SOLD_OUT_AT_HOUR = 22

// By word of mouth: who gives on a day brings those of the days after.
const DAYS = [42, 52, 63, 76, 90, 104, 119, 136, 151, 167]

/** The simulated days in which a replay sells out. */
export const REPLAY_DAYS = DAYS.length

/** One order of a replay. */
export interface ReplayedOrder {
  /** When, in days since the first midnight: 0.5 is noon of the first day. */
  readonly atDay: number
  readonly quantity: number
  /** The ambassador's short name. */
  readonly ambassador: string
  readonly name: string
  readonly lang: Lang
}

/** Every order of a campaign that sells out in the evening of its tenth day, in the order of time. */
export function planReplay(goal: number, ambassadors: readonly string[], dice: Dice): ReplayedOrder[] {
  const timeZone = 'UTC'
  const firstDay = '2019-03-01' as LocalDay
  const midnight = startOfDay(firstDay, timeZone).getTime()
  const span = {
    from: new Date(midnight + OPENS_AT_HOUR * HOUR_MS),
    until: new Date(
      startOfDay(addDays(firstDay, REPLAY_DAYS - 1), timeZone).getTime() + SOLD_OUT_AT_HOUR * HOUR_MS,
    ),
    firstDay,
    days: DAYS,
    timeZone,
  }
  const quantities = piecesOf(goal, dice)
  return momentsIn(span, quantities.length, dice).map((at, index) => {
    const lang = dice.weighted(LANGUAGES)
    return {
      atDay: (at.getTime() - midnight) / DAY_MS,
      quantity: quantities[index]!,
      ambassador: dice.pick(ambassadors),
      name: dice.pick(CONTRIBUTORS[lang]),
      lang,
    }
  })
}
