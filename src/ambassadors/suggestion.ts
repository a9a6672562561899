import type { CampaignStatus } from '../domain/campaign.ts'

/** What there is to know of an ambassador's day before something is suggested. */
export interface AmbassadorDay {
  readonly status: CampaignStatus
  /** Coupons that anybody can still be offered. */
  readonly available: number
  /** Day `day` of `days`; `daysLeft` is 0 on the last. */
  readonly day: number
  readonly days: number
  readonly daysLeft: number
  /** Coupons given through this ambassador. */
  readonly own: number
  /** What they set out to reach; null when they have not said. */
  readonly goal: number | null
  /** Who gave through them and has not been thanked yet. */
  readonly unthanked: number
}

export type Suggestion =
  | 'before'
  | 'first_day'
  | 'first_coupon'
  | 'thank'
  | 'half_way'
  | 'goal_reached'
  | 'speak'
  | 'share'
  | 'last_days'
  | 'last_day'
  | 'all_promised'
  | 'sold_out'
  | 'over'
  | 'delivered'

const LAST_DAYS = 3

/** One thing to do today: never more, and never a reproach. What is rare comes before what is always true. */
export function suggestionFor(today: AmbassadorDay): Suggestion {
  const { status, available, day, days, daysLeft, own, goal, unthanked } = today
  if (status === 'draft' || status === 'scheduled') return 'before'
  if (status === 'delivered') return 'delivered'
  if (status === 'funded') return unthanked > 0 ? 'thank' : 'sold_out'
  if (status === 'closed') return unthanked > 0 ? 'thank' : 'over'
  if (available === 0) return 'all_promised'
  if (day === 1) return 'first_day'
  if (daysLeft === 0) return 'last_day'
  if (daysLeft < LAST_DAYS) return 'last_days'
  if (day === Math.ceil(days / 2)) return 'half_way'
  if (own === 0) return 'first_coupon'
  if (unthanked > 0) return 'thank'
  if (goal !== null && own >= goal) return 'goal_reached'
  return day % 2 === 0 ? 'share' : 'speak'
}

const MILESTONES = [1, 5, 10, 25, 50, 100, 200, 500] as const

/** The last milestone that was reached, in bricks; undefined before the first brick. */
export function milestoneOf(own: number): number | undefined {
  return MILESTONES.findLast((bricks) => own >= bricks)
}

/** Whether an ambassador of this day is where an even pace towards their goal would have them. */
export function isOnPace({
  own,
  goal,
  day,
  days,
}: Pick<AmbassadorDay, 'own' | 'goal' | 'day' | 'days'>): boolean {
  return goal !== null && own * days >= goal * day
}
