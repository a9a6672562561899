import type { Context } from 'hono'
import { type Campaign, findCampaign, listCampaigns, listCollectives } from '../db/directory.ts'
import { campaignDay, campaignStatus } from '../domain/campaign.ts'
import type { ListedCampaign } from '../kept/directory.ts'
import { moneyAnswer } from './money-answer.ts'
import { refuse } from './problems.ts'
import type { CampaignAnswer } from './schemas.ts'
import type { ApiServices } from './services.ts'

const CAMPAIGN_BYTES = 2000

/** `GET /api/v1/campaigns`: every campaign of every collective, but drafts. Not kept: every order may change it. */
export function listCampaignsHandler(services: ApiServices) {
  return async (c: Context) => {
    const now = services.now()
    const collectives = await listCollectives(services.db)
    const campaigns = await Promise.all(
      collectives.map((collective) => listCampaigns(services.db, collective)),
    )
    const answers = campaigns
      .flat()
      .map((campaign) => ({
        collective: campaign.collective.slug,
        slug: campaign.slug,
        status: statusOf(campaign, now),
      }))
      .filter(({ status }) => status !== 'draft')
    return c.json({ campaigns: answers }, 200, { 'Cache-Control': 'no-cache' })
  }
}

/** `GET /api/v1/campaigns/{collective}/{campaign}`. */
export function readCampaignHandler(services: ApiServices) {
  return async (c: Context) => {
    const listed = await publicCampaign(services, c)
    const campaign = listed && (await campaignNow(services, listed))
    if (!campaign) return refuse(c, 'campaign_unknown')
    return c.json(campaignAnswer(campaign, services.now()), 200, { 'Cache-Control': 'no-cache' })
  }
}

/** The campaign that the address names, unless it is a draft: from memory, without its numbers. */
export function publicCampaign(
  { kept }: Pick<ApiServices, 'kept'>,
  c: Context,
): Promise<ListedCampaign | undefined> {
  const { collective = '', campaign = '' } = c.req.param()
  return kept.directory.campaign({ collective, campaign })
}

/** With its numbers, read once for each version of them. */
function campaignNow(
  { kept }: ApiServices,
  { id, collective }: ListedCampaign,
): Promise<Campaign | undefined> {
  const subject = { collectiveId: collective.id, campaign: id }
  return kept.values.get(`campaign ${id}`, subject, async (from) => {
    const value = await findCampaign(from, collective, { id })
    return value && { value, bytes: CAMPAIGN_BYTES }
  })
}

function campaignAnswer(campaign: Campaign, now: Date): CampaignAnswer {
  const { collective, slug, facts, counts } = campaign
  const { day, days } = campaignDay(facts, now, collective.timeZone)
  return {
    collective: collective.slug,
    slug,
    status: statusOf(campaign, now) as CampaignAnswer['status'],
    price: moneyAnswer(campaign.priceMinor, campaign.currency),
    goal: counts.goal,
    available: counts.available,
    reserved: counts.reserved,
    given: counts.sold,
    banked: counts.banked,
    startsOn: facts.firstDay,
    endsOn: facts.lastDay,
    day,
    days,
    serverTime: now.toISOString(),
  }
}

function statusOf(campaign: Campaign, now: Date) {
  return campaignStatus(campaign.facts, now, campaign.collective.timeZone)
}
