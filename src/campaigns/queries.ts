import type { Database } from '../db/database.ts'
import type { Campaign, Collective } from '../db/directory.ts'
import { brickState } from '../db/progress.ts'
import type { BrickState } from '../domain/coupon.ts'
import type { LocalDay } from '../domain/days.ts'
import type { Lang, LocalizedText } from '../domain/lang.ts'
import { isSlug } from '../domain/slug.ts'
import type { Dream } from './story.ts'

/** An ambassador of dignity as the public sees one. `given` counts the coupons of this campaign. */
export interface AmbassadorOnPage {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly firstWords: LocalizedText
  readonly given: number
  readonly isActive: boolean
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

/** The ambassador of an address, also one who has left since. */
export async function findAmbassador(
  db: Database,
  campaign: Campaign,
  slug: string,
  now: Date,
): Promise<AmbassadorOnPage | undefined> {
  if (!isSlug(slug)) return undefined
  const row = await ambassadors(db, campaign, now).where('ambassador.slug', '=', slug).executeTakeFirst()
  return row && ambassadorOf(row)
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
    .select(['ambassador.id', 'ambassador.slug', 'ambassador.name', 'ambassador.first_words'])
    .select(['ambassador.ended_at', 'ambassador_tally.given'])
    .where('ambassador.accepted_at', '<=', now)
}

interface AmbassadorRow {
  id: string
  slug: string
  name: string
  first_words: LocalizedText
  ended_at: Date | null
  given: number | null
}

function ambassadorOf({ first_words, ended_at, given, ...ambassador }: AmbassadorRow): AmbassadorOnPage {
  return { ...ambassador, firstWords: first_words, given: given ?? 0, isActive: ended_at === null }
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

/** What anybody may know of one coupon. */
export interface PublicCoupon {
  readonly number: number
  readonly state: BrickState
  readonly givenOn: LocalDay | null
}

/** The public state of a coupon, or undefined when the campaign has no such number. */
export async function readCoupon(
  db: Database,
  campaign: Pick<Campaign, 'id' | 'collective'>,
  number: number,
): Promise<PublicCoupon | undefined> {
  const row = await db
    .of(campaign.collective.id)
    .selectFrom('coupon')
    .select(['coupon.number', 'coupon.given_on'])
    .select(brickState.as('state'))
    .where('coupon.campaign_id', '=', campaign.id)
    .where('coupon.number', '=', number)
    .executeTakeFirst()
  return row && { number: row.number, state: row.state, givenOn: row.given_on as LocalDay | null }
}
