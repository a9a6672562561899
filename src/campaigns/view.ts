import type { Database } from '../db/database.ts'
import type { Campaign } from '../db/directory.ts'
import { type Progress, readProgress } from '../db/progress.ts'
import { campaignDay, campaignStatus } from '../domain/campaign.ts'
import { type BrickState, decodeBricks } from '../domain/coupon.ts'
import type { Lang } from '../domain/lang.ts'
import { type Layers, layers } from '../domain/layers.ts'
import { type Money, money } from '../domain/money.ts'
import { type T, translator } from '../i18n/translator.ts'
import { findPublicCampaign } from './find-public.ts'
import { nextChangeByTime } from './next-change.ts'
import { type AmbassadorOnPage, readAmbassadors } from './queries.ts'
import { type Dream, dreamIn, readStory, type Story } from './story.ts'

/** How a page speaks of a campaign: `live` can be given to; `all_promised` may be again, when numbers come back. */
export type PublicState = 'scheduled' | 'live' | 'all_promised' | 'funded' | 'closed' | 'delivered'

/** Everything that a campaign's page shows. */
export interface CampaignView {
  readonly lang: Lang
  readonly t: T
  readonly now: Date
  readonly campaign: Campaign
  readonly state: PublicState
  /** Left out before the first day and after the end. */
  readonly day: { readonly day: number; readonly days: number } | undefined
  readonly progress: Progress
  readonly bricks: readonly BrickState[]
  readonly layers: Layers
  readonly dream: Dream
  readonly story: Story
  readonly ambassadors: readonly AmbassadorOnPage[]
  /** Who offered the page. */
  readonly offeredBy: AmbassadorOnPage | undefined
  /** The bricks that came through them: they glow. */
  readonly ownBricks: readonly number[]
}

/** The facts behind every page of a campaign, in whatever language and by whomever it is offered. */
export type PageFacts = Pick<CampaignView, 'campaign' | 'progress' | 'ambassadors'> & {
  readonly story: Story
  /** When the same facts begin to mean something else. */
  readonly until: Date
}

/** Reads them for a campaign that is no draft, in six queries whose cost does not grow with its orders. */
export async function readPageFacts(
  db: Database,
  slugs: { readonly collective: string; readonly campaign: string },
  now: Date,
): Promise<PageFacts | undefined> {
  const campaign = await findPublicCampaign(db, slugs, now)
  if (!campaign) return undefined
  const [progress, story, ambassadors, until] = await Promise.all([
    readProgress(db.of(campaign.collective.id), campaign.id),
    readStory(db, campaign, now),
    readAmbassadors(db, campaign, now),
    nextChangeByTime(db, campaign.collective, now),
  ])
  return { campaign, progress, story, ambassadors, until }
}

/** What the page shows of these facts at `now` in a language, as offered by nobody. */
export function campaignView(facts: PageFacts, lang: Lang, now: Date): CampaignView {
  const { campaign, progress, story, ambassadors } = facts
  const state = publicState(campaign, progress, now)
  return {
    lang,
    t: translator(lang),
    now,
    campaign,
    state,
    day: isOpen(state) || state === 'funded' ? dayOf(campaign, now) : undefined,
    progress,
    bricks: decodeBricks(progress.bricks),
    layers: layers(progress.counts),
    dream: dreamIn(story.dreams, lang, campaign.slug),
    story,
    ambassadors,
    offeredBy: undefined,
    ownBricks: [],
  }
}

/** The state for the public. Throws for a draft, which has no page. */
export function publicState(
  campaign: Campaign,
  { counts }: Pick<Progress, 'counts'>,
  now: Date,
): PublicState {
  const status = campaignStatus({ ...campaign.facts, sold: counts.sold }, now, campaign.collective.timeZone)
  if (status === 'draft') throw new Error('a draft has no public page')
  if (status !== 'live' || counts.available > 0) return status
  return counts.reserved + counts.allotted > 0 ? 'all_promised' : 'funded'
}

export function isOpen(state: PublicState): boolean {
  return state === 'live' || state === 'all_promised'
}

export function dayOf(campaign: Campaign, now: Date): { day: number; days: number } {
  return campaignDay(campaign.facts, now, campaign.collective.timeZone)
}

/** What some coupons of a campaign are worth. */
export function worth(campaign: Campaign, coupons: number): Money {
  return money(campaign.priceMinor * BigInt(coupons), campaign.currency)
}
