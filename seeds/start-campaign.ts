import type { Act } from '../src/db/act.ts'
import type { Database } from '../src/db/database.ts'
import { type Campaign, type Collective, findCampaign } from '../src/db/directory.ts'
import { DEFAULT_DAYS } from '../src/domain/campaign.ts'
import type { LocalDay } from '../src/domain/days.ts'
import { createCampaign } from '../src/organisers/create-campaign.ts'
import type { Dream } from '../src/organisers/dream.ts'
import { scheduleCampaign } from '../src/organisers/schedule-campaign.ts'
import { must } from './timeline.ts'

/** A thousand coupons of 250 MAD, as the founding campaigns had. */
export const TERMS = { priceMinor: 25_000n, goal: 1000, days: DEFAULT_DAYS }

/** Drafts and schedules a campaign at an instant before its first day is over, as an organiser does. */
export async function startCampaign(
  database: Database,
  collective: Collective,
  wish: { readonly slug: string; readonly dream: Dream; readonly firstDay: LocalDay },
  act: Act,
): Promise<Campaign> {
  return await database.transaction(async (db) => {
    const tenant = db.of(collective.id)
    const { campaignId } = must(await createCampaign(tenant, collective, { ...wish, ...TERMS }, act))
    must(await scheduleCampaign(tenant, collective, campaignId, act))
    const campaign = await findCampaign(db, collective, { id: campaignId })
    if (!campaign) throw new Error('a campaign just written is not there')
    return campaign
  })
}
