import type { Context } from 'hono'
import { type Campaign, findCampaign, findCollective } from '../db/directory.ts'
import { inLang, isLang, type Lang, type LocalizedText } from '../domain/lang.ts'
import { isSlug } from '../domain/slug.ts'
import { type T, translator } from '../i18n/translator.ts'
import type { OrderServices } from './services.ts'

/** Which campaign an address names, and in which language it is read. */
export interface Place {
  readonly campaign: Campaign
  readonly lang: Lang
  readonly t: T
}

/** The campaign of `/:lang/:collective/:campaign/...`; undefined for what is unknown or still a draft. */
export async function campaignAt(
  services: Pick<OrderServices, 'db'>,
  c: Context,
): Promise<Place | undefined> {
  const lang = c.req.param('lang')
  if (!isLang(lang)) return undefined
  const collective = await findCollective(services.db, c.req.param('collective') ?? '')
  if (!collective) return undefined
  const campaign = await findCampaign(services.db, collective, { slug: c.req.param('campaign') ?? '' })
  if (!campaign?.facts.scheduledAt) return undefined
  return { campaign, lang, t: translator(lang) }
}

/** An ambassador whom the organisers have accepted, by short name or id. */
export async function findAmbassador(
  services: Pick<OrderServices, 'db'>,
  campaign: { readonly collective: { readonly id: string } },
  by: { readonly slug: string } | { readonly id: string },
): Promise<{ id: string; slug: string; name: string } | undefined> {
  const query = services.db
    .of(campaign.collective.id)
    .selectFrom('ambassador')
    .select(['ambassador.id', 'ambassador.slug', 'ambassador.name'])
    .where('ambassador.accepted_at', 'is not', null)
  if ('id' in by) return query.where('ambassador.id', '=', by.id).executeTakeFirst()
  if (!isSlug(by.slug)) return undefined
  return query.where('ambassador.slug', '=', by.slug).executeTakeFirst()
}

/** The title of a campaign's dream in the reader's language, else in any, else its short name. */
export async function dreamTitle(
  services: Pick<OrderServices, 'db'>,
  campaign: Campaign,
  lang: Lang,
): Promise<string> {
  const rows = await services.db
    .of(campaign.collective.id)
    .selectFrom('dream')
    .select(['dream.lang', 'dream.title'])
    .where('dream.campaign_id', '=', campaign.id)
    .execute()
  const titles: LocalizedText = Object.fromEntries(rows.map((row) => [row.lang, row.title]))
  return inLang(titles, lang) || campaign.slug
}
