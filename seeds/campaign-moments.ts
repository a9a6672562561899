import type { Campaign } from '../src/db/directory.ts'
import { addDays, type LocalDay, startOfDay } from '../src/domain/days.ts'
import { closeCampaign } from '../src/organisers/close-campaign.ts'
import { deliverCampaign } from '../src/organisers/deliver-campaign.ts'
import { publishUpdate } from '../src/organisers/publish-update.ts'
import { recordSpending } from '../src/organisers/record-spending.ts'
import type { SeededAppeal, SeededNews } from './content/appeal.ts'
import type { PlannedOrder } from './plan-orders.ts'
import { type Moment, must } from './timeline.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const TOLD_AFTER_MS = 40 * MINUTE_MS
const PAID_AT_HOUR = 15

/** The campaign whose story is told, and who tells it. */
export interface Told {
  readonly campaign: Campaign
  readonly appeal: SeededAppeal
  readonly actor: string
  readonly now: Date
}

/** The instant of an hour of a day of a campaign; day 1 is its first, 0 the day before. */
export function onDay(timeZone: string, firstDay: LocalDay, day: number, hour: number): Date {
  return new Date(startOfDay(addDays(firstDay, day - 1), timeZone).getTime() + hour * HOUR_MS)
}

/** Each piece of news when it happens: on its day, or soon after the coupon that it tells of. */
export function newsMoments(told: Told, orders: readonly PlannedOrder[]): Moment[] {
  return told.appeal.news.map(({ when, title, body }) => {
    const at = instantOf(told, when, orders)
    const run: Moment['run'] = async ({ db }) => {
      const { id, collective } = told.campaign
      const news = { campaignId: id, title, body }
      must(await publishUpdate(db.of(collective.id), collective, news, { now: at, actor: told.actor }))
    }
    return { at, run }
  })
}

/** Every bill of the home, from the association's account. */
export function spendingMoments(told: Told): Moment[] {
  return told.appeal.spending.map(({ day, amountMinor, purpose }) => {
    const { id, collective, facts } = told.campaign
    const at = onDay(collective.timeZone, facts.firstDay, day, PAID_AT_HOUR)
    const run: Moment['run'] = async ({ db }, spentOn) => {
      const bill = { campaignId: id, amountMinor, purpose, spentOn }
      must(await recordSpending(db.of(collective.id), collective, bill, { now: at, actor: told.actor }))
    }
    return { at, run }
  })
}

/** The end of a campaign: closed, and later the keys. */
export function endMoments(told: Told, closedOnDay: number, keysOnDay: number): Moment[] {
  const { actor, campaign } = told
  const { id, collective, facts } = campaign
  const closedAt = onDay(collective.timeZone, facts.firstDay, closedOnDay, 10)
  const keysAt = onDay(collective.timeZone, facts.firstDay, keysOnDay, 17)
  return [
    {
      at: closedAt,
      run: async ({ db }) => {
        must(await closeCampaign(db.of(collective.id), collective, id, { now: closedAt, actor }))
      },
    },
    {
      at: keysAt,
      run: async ({ db }) => {
        must(await deliverCampaign(db.of(collective.id), collective, id, { now: keysAt, actor }))
      },
    },
  ]
}

function instantOf(told: Told, when: SeededNews['when'], orders: readonly PlannedOrder[]): Date {
  const { collective, facts } = told.campaign
  if ('day' in when) return onDay(collective.timeZone, facts.firstDay, when.day, when.hour)
  let given = 0
  const paid = orders
    .flatMap(({ paidAt, quantity }) => (paidAt ? [{ paidAt, quantity }] : []))
    .sort((one, other) => one.paidAt.getTime() - other.paidAt.getTime())
  const reached = paid.find(({ quantity }) => {
    given += quantity
    return given >= when.given
  })
  if (!reached) throw new RangeError(`the campaign never has ${when.given} coupons given`)
  return new Date(Math.min(reached.paidAt.getTime() + TOLD_AFTER_MS, told.now.getTime()))
}
