import type { Database } from '../db/database.ts'
import { type Campaign, type Collective, listCampaigns } from '../db/directory.ts'
import { type Progress, readProgress } from '../db/progress.ts'
import { type BrickState, decodeBricks } from '../domain/coupon.ts'
import type { Lang } from '../domain/lang.ts'
import { type Currency, type Money, money } from '../domain/money.ts'
import { isPublic } from './find-public.ts'
import { countAmbassadors, readDreams } from './queries.ts'
import { type Dream, dreamIn } from './story.ts'
import { dayOf, type PublicState, publicState } from './view.ts'

/** A campaign on the page of its collective. */
export interface CampaignCard {
  readonly campaign: Campaign
  readonly state: PublicState
  readonly dream: Omit<Dream, 'story'>
}

/** The dream of the moment, with its house. */
export interface Featured extends CampaignCard {
  readonly progress: Progress
  readonly bricks: readonly BrickState[]
  readonly day: { readonly day: number; readonly days: number }
}

/** Everything that a collective's page shows. */
export interface HomeView {
  readonly lang: Lang
  readonly collective: Collective
  readonly current: readonly Featured[]
  readonly upcoming: readonly CampaignCard[]
  readonly homes: readonly CampaignCard[]
  readonly past: readonly CampaignCard[]
  readonly totals: {
    readonly homes: number
    readonly coupons: number
    /** One amount a currency. */
    readonly money: readonly Money[]
    readonly ambassadors: number
  }
}

/** A collective appeals for one home at a time; two may overlap by some days. */
const MAX_FEATURED = 2

/** Reads what a collective's page shows, in three queries and one for each dream of the moment. */
export async function readHomeView(
  db: Database,
  collective: Collective,
  lang: Lang,
  now: Date,
): Promise<HomeView> {
  const [campaigns, dreams, ambassadors] = await Promise.all([
    listCampaigns(db, collective),
    readDreams(db, collective),
    countAmbassadors(db, collective, now),
  ])
  const cards = campaigns
    .filter((campaign) => isPublic(campaign, now))
    .map((campaign) => ({
      campaign,
      state: publicState(campaign, campaign, now),
      dream: dreamIn(dreams.get(campaign.id) ?? [], lang, campaign.slug),
    }))
  const inState = (...states: PublicState[]) => cards.filter(({ state }) => states.includes(state))
  const current = inState('live', 'all_promised', 'funded')
  const homes = inState('delivered')
  return {
    lang,
    collective,
    current: await Promise.all(current.slice(0, MAX_FEATURED).map((card) => feature(db, card, now))),
    upcoming: inState('scheduled').reverse(),
    homes,
    past: [...current.slice(MAX_FEATURED), ...inState('closed')],
    totals: { homes: homes.length, ...given(cards.map(({ campaign }) => campaign)), ambassadors },
  }
}

async function feature(db: Database, card: CampaignCard, now: Date): Promise<Featured> {
  const { campaign } = card
  const progress = await readProgress(db.of(campaign.collective.id), campaign.id)
  const state = publicState(campaign, progress, now)
  return { ...card, state, progress, bricks: decodeBricks(progress.bricks), day: dayOf(campaign, now) }
}

function given(campaigns: readonly Campaign[]): { coupons: number; money: Money[] } {
  const amounts = new Map<Currency, bigint>()
  let coupons = 0
  for (const { counts, currency, priceMinor } of campaigns) {
    coupons += counts.sold
    amounts.set(currency, (amounts.get(currency) ?? 0n) + priceMinor * BigInt(counts.sold))
  }
  return { coupons, money: [...amounts].map(([currency, minor]) => money(minor, currency)) }
}
