import type { Context } from 'hono'
import type { VNode } from 'preact'
import type { Database } from '../db/database.ts'
import type { ListedCampaign } from '../kept/directory.ts'
import { renderPage } from '../web/render.ts'
import type { CampaignServices } from './services.ts'
import { type PageFacts, readPageFacts } from './view.ts'

const HTML = 'text/html; charset=utf-8'
/** A story in four languages, its news, words and people. */
const FACTS_BYTES = 60_000

/** The facts of a campaign's pages, read once for each version and shared by all its pages. */
export function pageFacts(
  { kept }: Pick<CampaignServices, 'kept'>,
  { id, slug, collective }: ListedCampaign,
): Promise<PageFacts | undefined> {
  const subject = { collectiveId: collective.id, campaign: id }
  return kept.values.get(`facts ${id}`, subject, async (from, now) => {
    const value = await readPageFacts(from, { collective: collective.slug, campaign: slug }, now)
    return value && { value, bytes: FACTS_BYTES, until: value.until }
  })
}

/** Answers with a page of the campaign, the same for everybody; undefined when it is none any more. */
export function sendCampaignPage(
  services: Pick<CampaignServices, 'kept'>,
  c: Context,
  campaign: ListedCampaign,
  page: (facts: PageFacts, now: Date, from: Database) => VNode | Promise<VNode>,
): Promise<Response | undefined> {
  const subject = { collectiveId: campaign.collective.id, campaign: campaign.id }
  return services.kept.page(c, subject, async (from, now) => {
    const facts = await pageFacts(services, campaign)
    return facts && asHtml(await page(facts, now, from), facts.until)
  })
}

/** A rendered page for `kept.page`. */
export function asHtml(page: VNode, until?: Date) {
  return { body: renderPage(page), type: HTML, until }
}
