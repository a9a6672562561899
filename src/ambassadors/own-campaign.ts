import { type Campaign, listCampaigns } from '../db/directory.ts'
import type { Tenant } from '../db/tenant.ts'
import { campaignStatus } from '../domain/campaign.ts'
import { inLang, type Lang, type LocalizedText } from '../domain/lang.ts'
import type { AmbassadorPlace } from '../people/place.ts'

/**
 * The campaign that an ambassador looks at: the one that is named, else the one that goes on, else the next one,
 * else the last. Undefined while the collective has announced none.
 */
export async function ownCampaign(place: AmbassadorPlace, slug?: string): Promise<Campaign | undefined> {
  const { services, collective, act } = place
  const announced = (await listCampaigns(services.db, collective)).filter(({ facts }) => facts.scheduledAt)
  const named = announced.find((campaign) => campaign.slug === slug)
  if (named) return named
  const inState = (...states: string[]) =>
    announced.filter(({ facts }) => states.includes(campaignStatus(facts, act.now, collective.timeZone)))
  return inState('live', 'funded')[0] ?? inState('scheduled').at(-1) ?? announced[0]
}

/** The name of the dream in the reader's language. */
export async function dreamTitles(tenant: Tenant, campaignId: string): Promise<LocalizedText> {
  const rows = await tenant
    .selectFrom('dream')
    .select(['dream.lang', 'dream.title'])
    .where('dream.campaign_id', '=', campaignId)
    .execute()
  return Object.fromEntries(rows.map(({ lang, title }) => [lang, title]))
}

/** What a campaign is called on a page. */
export function titleIn(titles: LocalizedText, lang: Lang, campaign: Campaign): string {
  return inLang(titles, lang) || campaign.slug
}
