import { lastDayOf } from '../domain/campaign.ts'
import { type LocalDay, localDay } from '../domain/days.ts'
import { MAX_MINOR } from '../domain/money.ts'

/** Coupons in one campaign: as many rows are written at once when it is scheduled. */
export const MAX_GOAL = 1_000_000
export const MAX_CAMPAIGN_DAYS = 366

/** What a campaign asks for, and when. `priceMinor` is in minor units of the collective's currency. */
export interface CampaignTerms {
  readonly priceMinor: bigint
  readonly goal: number
  readonly firstDay: LocalDay
  /** How many days, the first and the last included. */
  readonly days: number
}

export type TermsOutcome = 'price_invalid' | 'goal_invalid' | 'days_invalid' | 'total_too_large'

/** The first rule that the terms break, or undefined. */
export function checkTerms({ priceMinor, goal, days }: CampaignTerms): TermsOutcome | undefined {
  if (priceMinor < 1n || priceMinor > MAX_MINOR) return 'price_invalid'
  if (!Number.isSafeInteger(goal) || goal < 1 || goal > MAX_GOAL) return 'goal_invalid'
  if (!Number.isSafeInteger(days) || days < 1 || days > MAX_CAMPAIGN_DAYS) return 'days_invalid'
  // The accounts of the campaign must be able to hold all of it.
  return priceMinor * BigInt(goal) > MAX_MINOR ? 'total_too_large' : undefined
}

export type ScheduleOutcome = 'first_day_past' | 'authorisation_too_short'

/** Whether a campaign of these days may be scheduled now, under this authorisation to collect. */
export function checkSchedule(
  campaign: { readonly firstDay: LocalDay; readonly lastDay: LocalDay },
  authorisation: { readonly from: LocalDay; readonly until: LocalDay },
  now: Date,
  timeZone: string,
): ScheduleOutcome | undefined {
  if (campaign.firstDay < localDay(now, timeZone)) return 'first_day_past'
  const covered = authorisation.from <= campaign.firstDay && campaign.lastDay <= authorisation.until
  return covered ? undefined : 'authorisation_too_short'
}

/** The days of the terms as they are stored. */
export function termDays({ firstDay, days }: CampaignTerms): { firstDay: LocalDay; lastDay: LocalDay } {
  return { firstDay, lastDay: lastDayOf(firstDay, days) }
}
