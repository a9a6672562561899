import type { LocalDay } from '../src/domain/days.ts'
import { endMoments, newsMoments, onDay, spendingMoments } from './campaign-moments.ts'
import { DAR_ILYAS } from './content/dar-ilyas.ts'
import { orderMoments } from './order-moments.ts'
import { type PlannedOrder, planOrders } from './plan-orders.ts'
import { announce, OPENS_AT_HOUR, type Stage } from './stage.ts'
import { TERMS } from './start-campaign.ts'
import { live } from './timeline.ts'

// Word of mouth: each day of the campaign with its weight. It is full in the evening of the ninth.
const DAYS = [70, 62, 78, 95, 104, 118, 133, 160, 180]
const FUNDED_AT_HOUR = 22
const SCHEDULED_ON_DAY = -20
const CLOSED_ON_DAY = 10
const KEYS_ON_DAY = 66

const THREE_FRIENDS = [
  ['amina', 36],
  ['hamza', 33],
  ['zineb', 31],
] as const

/** Who gives when; `contributor` is the order of the one who became an ambassador. */
export function planDelivered(
  { collective, now, dice }: Stage,
  firstDay: LocalDay,
): { orders: readonly PlannedOrder[]; contributor: PlannedOrder } {
  const { timeZone } = collective
  const span = {
    from: onDay(timeZone, firstDay, 1, OPENS_AT_HOUR),
    until: onDay(timeZone, firstDay, DAYS.length, FUNDED_AT_HOUR),
    firstDay,
    days: DAYS,
    timeZone,
  }
  const layers = { banked: TERMS.goal, onItsWay: 0, promised: 0 }
  const planned = planOrders(
    { span, now, ...layers, ambassadors: THREE_FRIENDS, words: DAR_ILYAS.words },
    dice,
  )
  const one = planned.find(({ quantity, word }) => quantity === 1 && !word)
  if (!one) throw new Error('nobody gave a single coupon')
  const contributor: PlannedOrder = { ...one, lang: 'fr', name: 'Ghita' }
  return { orders: planned.map((order) => (order === one ? contributor : order)), contributor }
}

/** From the first coupon to the keys. */
export async function seedDelivered(
  stage: Stage,
  firstDay: LocalDay,
  orders: readonly PlannedOrder[],
): Promise<void> {
  const { services, dice, now, actor, collective } = stage
  const campaign = await announce(stage, DAR_ILYAS, firstDay, SCHEDULED_ON_DAY)
  const told = { campaign, appeal: DAR_ILYAS, actor, now }
  await live(services, collective.timeZone, [
    ...orderMoments(campaign, orders, { actor, now, dice }),
    ...newsMoments(told, orders),
    ...spendingMoments(told),
    ...endMoments(told, CLOSED_ON_DAY, KEYS_ON_DAY),
  ])
}
