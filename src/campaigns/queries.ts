import { sql } from 'kysely'
import type { Database } from '../db/database.ts'
import type { Campaign, Collective } from '../db/directory.ts'
import type { Lang, LocalizedText } from '../domain/lang.ts'
import { isSlug } from '../domain/slug.ts'
import type { Dream } from './story.ts'

/** An ambassador of dignity as the public sees one. `given` counts the coupons of this campaign. */
export interface AmbassadorOnPage {
  readonly id: string
  readonly slug: string
  readonly name: string
  /** Their own words about this dream; those they said first when they have none for it. */
  readonly firstWords: LocalizedText
  /** Coupons they set out to reach in this campaign, when they have said. */
  readonly goal: number | null
  readonly given: number
  readonly isActive: boolean
  /** Whether they let the collective show them on the wall. */
  readonly onWall: boolean
}

const MAX_AMBASSADORS = 200

/**
 * The ambassadors of a campaign in the order in which they joined: it is no contest. Who has left is shown
 * only where coupons were given through them.
 */
export async function readAmbassadors(
  db: Database,
  campaign: Campaign,
  now: Date,
): Promise<AmbassadorOnPage[]> {
  const rows = await ambassadors(db, campaign, now)
    .where((where) =>
      where.or([where('ambassador.ended_at', 'is', null), where('ambassador_tally.given', '>', 0)]),
    )
    .orderBy('ambassador.accepted_at')
    .orderBy('ambassador.id')
    .limit(MAX_AMBASSADORS)
    .execute()
  return rows.map(ambassadorOf)
}

/** The ambassador of an address, also one who has left since, and the numbers of the coupons given through them. */
export async function findAmbassador(
  db: Database,
  campaign: Campaign,
  slug: string,
  now: Date,
): Promise<(AmbassadorOnPage & { readonly bricks: readonly number[] }) | undefined> {
  if (!isSlug(slug)) return undefined
  const bricks = sql<number[]>`array(
    select coupon.number from "order" join coupon on coupon.collective_id = "order".collective_id
      and coupon.order_id = "order".id and coupon.state = 'sold'
    where "order".collective_id = ambassador.collective_id and "order".ambassador_id = ambassador.id
      and "order".campaign_id = ${campaign.id} order by coupon.number)`
  const row = await ambassadors(db, campaign, now)
    .select(bricks.as('bricks'))
    .where('ambassador.slug', '=', slug)
    .executeTakeFirst()
  return row && { ...ambassadorOf(row), bricks: row.bricks }
}

function ambassadors(db: Database, campaign: Campaign, now: Date) {
  return db
    .of(campaign.collective.id)
    .selectFrom('ambassador')
    .leftJoin('ambassador_tally', (join) =>
      join
        .onRef('ambassador_tally.collective_id', '=', 'ambassador.collective_id')
        .onRef('ambassador_tally.ambassador_id', '=', 'ambassador.id')
        .on('ambassador_tally.campaign_id', '=', campaign.id),
    )
    .leftJoin('pledge', (join) =>
      join
        .onRef('pledge.collective_id', '=', 'ambassador.collective_id')
        .onRef('pledge.ambassador_id', '=', 'ambassador.id')
        .on('pledge.campaign_id', '=', campaign.id),
    )
    .select(['ambassador.id', 'ambassador.slug', 'ambassador.name', 'ambassador.first_words'])
    .select(['ambassador.ended_at', 'ambassador.on_wall', 'ambassador_tally.given'])
    .select(['pledge.goal', 'pledge.words'])
    .where('ambassador.accepted_at', '<=', now)
}

interface AmbassadorRow {
  id: string
  slug: string
  name: string
  first_words: LocalizedText
  ended_at: Date | null
  on_wall: boolean
  given: number | null
  goal: number | null
  words: LocalizedText | null
}

function ambassadorOf(row: AmbassadorRow): AmbassadorOnPage {
  const { id, slug, name, first_words, ended_at, on_wall, given, goal, words } = row
  const firstWords = words && Object.keys(words).length > 0 ? words : first_words
  return { id, slug, name, firstWords, goal, given: given ?? 0, isActive: ended_at === null, onWall: on_wall }
}

/** How many ambassadors a collective has today. */
export async function countAmbassadors(db: Database, collective: Collective, now: Date): Promise<number> {
  const { count } = await db
    .of(collective.id)
    .selectFrom('ambassador')
    .select((select) => select.fn.countAll<bigint>().as('count'))
    .where('ambassador.accepted_at', '<=', now)
    .where('ambassador.ended_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** The stories of every campaign of a collective, without their long text, by campaign. */
export async function readDreams(
  db: Database,
  collective: Collective,
): Promise<Map<string, Omit<Dream, 'story'>[]>> {
  const rows = await db
    .of(collective.id)
    .selectFrom('dream')
    .select(['dream.campaign_id', 'dream.lang', 'dream.title', 'dream.summary'])
    .execute()
  const dreams = new Map<string, Omit<Dream, 'story'>[]>()
  for (const { campaign_id, lang, title, summary } of rows) {
    const told = dreams.get(campaign_id) ?? []
    dreams.set(campaign_id, [...told, { lang: lang as Lang, title, summary }])
  }
  return dreams
}
