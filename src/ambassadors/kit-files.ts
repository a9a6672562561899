import { type Context, Hono } from 'hono'
import type { Database } from '../db/database.ts'
import { type Campaign, findCampaign } from '../db/directory.ts'
import { readProgress } from '../db/progress.ts'
import type { Services } from '../db/services.ts'
import { feedCard, type KitData, poster, statusCard, tableCard } from '../documents/kit.ts'
import { campaignPath } from '../domain/address.ts'
import { decodeBricks } from '../domain/coupon.ts'
import { addDays, localDay, startOfDay } from '../domain/days.ts'
import { isLang, type Lang, type LocalizedText } from '../domain/lang.ts'
import { money } from '../domain/money.ts'
import { translator } from '../i18n/translator.ts'
import type { ListedAmbassador } from '../kept/directory.ts'
import type { Kept } from '../kept/kept.ts'
import { houseSvg } from '../web/house.tsx'

interface KitServices extends Services {
  readonly kept: Kept
}

const PNG = 'image/png'
const PDF = 'application/pdf'

/** What an ambassador shares, by the last name of its address. */
const FILES = {
  'card.png': { type: PNG, make: (data: KitData) => feedCard(data) },
  'card-square.png': { type: PNG, make: (data: KitData) => feedCard(data, 'square') },
  'status.png': { type: PNG, make: statusCard },
  'poster.pdf': { type: PDF, make: poster },
  'table-card.pdf': { type: PDF, make: tableCard },
} as const

type FileName = keyof typeof FILES

/**
 * The pictures and papers of an accepted ambassador, with the house as it stands: each made once for each version of
 * the campaign, as its page is, and not anew where a new version draws the same.
 */
export function kitFileRoutes(services: KitServices): Hono {
  const app = new Hono()
  const { kept } = services
  for (const file of Object.keys(FILES) as FileName[]) {
    app.get(`/:lang/:collective/:campaign/:ambassador/${file}`, async (c, next) => {
      return (await send(c, file)) ?? next()
    })
  }

  async function send(c: Context, file: FileName): Promise<Response | undefined> {
    const { lang, collective = '', campaign: slug = '', ambassador: name = '' } = c.req.param()
    const campaign = isLang(lang) && (await kept.directory.campaign({ collective, campaign: slug }))
    if (!isLang(lang) || !campaign) return undefined
    const ambassador = await kept.directory.ambassador(campaign.collective.id, name)
    if (!ambassador || ambassador.acceptedAt > services.now() || ambassador.endedAt) return undefined
    const subject = { collectiveId: campaign.collective.id, campaign: campaign.id }
    const { type, make } = FILES[file]
    return kept.page(c, subject, async (from, now) => {
      const found = await findCampaign(from, campaign.collective, { id: campaign.id })
      if (!found) return undefined
      const data = await kitData(from, { lang, campaign: found, ambassador, now, origin: services.publicUrl })
      const until = startOfDay(addDays(data.today, 1), campaign.collective.timeZone)
      return { body: await make(data), type, cacheControl: 'public, max-age=60', until }
    })
  }

  return app
}

interface Wanted {
  readonly lang: Lang
  readonly campaign: Campaign
  readonly ambassador: ListedAmbassador
  readonly now: Date
  readonly origin: string
}

async function kitData(
  from: Database,
  { lang, campaign, ambassador, now, origin }: Wanted,
): Promise<KitData> {
  const { collective, association, currency, priceMinor } = campaign
  const [{ bricks, counts }, dream] = await Promise.all([
    readProgress(from.of(collective.id), campaign.id),
    dreamTitles(from, campaign),
  ])
  const house = houseSvg({ t: translator(lang), lang, states: decodeBricks(bricks), goal: counts.goal })
  return {
    lang,
    collective: collective.name,
    dream,
    house,
    given: counts.sold,
    goal: counts.goal,
    price: money(priceMinor, currency),
    ambassador: ambassador.name,
    address: `${origin}${campaignPath(lang, campaign, ambassador)}`,
    association,
    today: localDay(now, collective.timeZone),
  }
}

async function dreamTitles(from: Database, campaign: Campaign): Promise<LocalizedText> {
  const rows = await from
    .of(campaign.collective.id)
    .selectFrom('dream')
    .select(['dream.lang', 'dream.title'])
    .where('dream.campaign_id', '=', campaign.id)
    .execute()
  return Object.fromEntries(rows.map(({ lang, title }) => [lang, title]))
}
