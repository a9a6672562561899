import { addDays, daysBetween, type LocalDay, localDay } from './days.ts'

export type CampaignStatus = 'draft' | 'scheduled' | 'live' | 'funded' | 'closed' | 'delivered'

/** What is known of a campaign. `goal` and `sold` are coupons; the days are the collective's, both included. */
export type CampaignFacts = {
  scheduledAt: Date | null
  closedAt: Date | null
  deliveredAt: Date | null
  firstDay: LocalDay
  lastDay: LocalDay
  goal: number
  sold: number
}

/** Three weeks, as the founding collective does it. */
export const DEFAULT_DAYS = 21

/**
 * The status at `now`, from dated facts and the collective's calendar. What is recorded has
 * happened, also by a clock that was set back. A funded campaign is closed once its last day is over, like any other.
 */
export function campaignStatus(facts: CampaignFacts, now: Date, timeZone: string): CampaignStatus {
  if (!facts.scheduledAt) return 'draft'
  if (facts.deliveredAt) return 'delivered'
  const today = localDay(now, timeZone)
  if (facts.closedAt || today > facts.lastDay) return 'closed'
  if (today < facts.firstDay) return 'scheduled'
  return facts.sold >= facts.goal ? 'funded' : 'live'
}

/**
 * Where the campaign is in its calendar: day 9 of 21. `day` is 0 before the first day and stays at `days`
 * after the last; `daysLeft` counts the days after today, so it is 0 on the last day.
 */
export function campaignDay(
  facts: Pick<CampaignFacts, 'firstDay' | 'lastDay'>,
  now: Date,
  timeZone: string,
): { day: number; days: number; daysLeft: number } {
  const days = daysBetween(facts.firstDay, facts.lastDay) + 1
  const reached = daysBetween(facts.firstDay, localDay(now, timeZone)) + 1
  const day = Math.min(Math.max(reached, 0), days)
  return { day, days, daysLeft: days - day }
}

/** The last day of a campaign of `days` days (at least one) that starts on `firstDay`. */
export function lastDayOf(firstDay: LocalDay, days: number): LocalDay {
  if (days < 1) throw new RangeError('A campaign lasts at least one day')
  return addDays(firstDay, days - 1)
}
