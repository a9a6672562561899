import type { LocalDay } from '../src/domain/days.ts'
import { newsMoments, onDay } from './campaign-moments.ts'
import { DAR_HIBA } from './content/dar-hiba.ts'
import { orderMoments } from './order-moments.ts'
import { planOrders } from './plan-orders.ts'
import { announce, OPENS_AT_HOUR, type Stage } from './stage.ts'
import { live } from './timeline.ts'

/** Coupons of each layer: 612 given, and 37 promised. */
const LAYERS = { banked: 431, onItsWay: 181, promised: 37 }
/** The first nine days with their weights; the ninth is today. */
export const DAYS_SO_FAR = [58, 49, 55, 66, 71, 78, 84, 80, 71]
const SCHEDULED_ON_DAY = -24
const JUST_NOW_MS = 3 * 60_000

const SIX_AND_NONE = [
  ['amina', 24],
  ['hamza', 19],
  ['zineb', 18],
  ['ghita', 13],
  ['omar', 9],
  ['meryem', 6],
  [undefined, 11],
] as const

/** The campaign that visitors of the demonstration can give to. */
export async function seedLive(stage: Stage, firstDay: LocalDay): Promise<void> {
  const { services, dice, now, actor, collective } = stage
  const { timeZone } = collective
  const span = {
    from: onDay(timeZone, firstDay, 1, OPENS_AT_HOUR),
    until: new Date(now.getTime() - JUST_NOW_MS),
    firstDay,
    days: DAYS_SO_FAR,
    timeZone,
  }
  const orders = planOrders({ span, now, ...LAYERS, ambassadors: SIX_AND_NONE, words: DAR_HIBA.words }, dice)
  const campaign = await announce(stage, DAR_HIBA, firstDay, SCHEDULED_ON_DAY)
  await live(services, timeZone, [
    ...orderMoments(campaign, orders, { actor, now, dice }),
    ...newsMoments({ campaign, appeal: DAR_HIBA, actor, now }, orders),
  ])
}
