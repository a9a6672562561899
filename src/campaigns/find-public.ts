import type { Database } from '../db/database.ts'
import { type Campaign, findCampaign, findCollective } from '../db/directory.ts'
import { campaignStatus } from '../domain/campaign.ts'

/** The campaign of an address, unless it is still a draft: that is nobody's business yet. */
export async function findPublicCampaign(
  db: Database,
  slugs: { readonly collective: string; readonly campaign: string },
  now: Date,
): Promise<Campaign | undefined> {
  const collective = await findCollective(db, slugs.collective)
  const campaign = collective && (await findCampaign(db, collective, { slug: slugs.campaign }))
  return campaign && isPublic(campaign, now) ? campaign : undefined
}

export function isPublic({ facts, collective }: Campaign, now: Date): boolean {
  return campaignStatus(facts, now, collective.timeZone) !== 'draft'
}
