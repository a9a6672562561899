import type { Campaign, Collective } from '../src/db/directory.ts'
import type { LocalDay } from '../src/domain/days.ts'
import type { OrderServices } from '../src/orders/services.ts'
import { onDay } from './campaign-moments.ts'
import type { SeededAppeal } from './content/appeal.ts'
import type { Dice } from './dice.ts'
import { startCampaign } from './start-campaign.ts'

/** Where the demonstration plays. */
export interface Stage {
  readonly services: OrderServices
  readonly dice: Dice
  /** Nothing happens after it. */
  readonly now: Date
  readonly collective: Collective
  /** The organiser, as `user:ID`. */
  readonly actor: string
}

/** The hour at which a campaign's first coupon can be given. */
export const OPENS_AT_HOUR = 8
const SCHEDULED_AT_HOUR = 10

/** Schedules the campaign on a day counted from its first (0 is the day before). */
export async function announce(
  { services, collective, actor }: Stage,
  appeal: SeededAppeal,
  firstDay: LocalDay,
  scheduledOnDay: number,
): Promise<Campaign> {
  const now = onDay(collective.timeZone, firstDay, scheduledOnDay, SCHEDULED_AT_HOUR)
  const { slug, dream } = appeal
  return await startCampaign(services.db, collective, { slug, dream, firstDay }, { now, actor })
}
