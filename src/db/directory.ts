import type { CampaignFacts } from '../domain/campaign.ts'
import type { LocalDay } from '../domain/days.ts'
import type { Lang, LocalizedText } from '../domain/lang.ts'
import type { Counts } from '../domain/layers.ts'
import type { Currency } from '../domain/money.ts'
import { isSlug } from '../domain/slug.ts'
import type { Database } from './database.ts'

/** A collective as its address names it. */
export interface Collective {
  readonly id: string
  readonly number: number
  readonly slug: string
  readonly name: LocalizedText
  readonly city: LocalizedText
  readonly timeZone: string
  readonly currency: Currency
  readonly langs: readonly Lang[]
}

/** A campaign with its exact counters. Drafts are included: the caller decides who may see one. */
export interface Campaign {
  readonly collective: Collective
  readonly id: string
  readonly associationId: string
  /** Who collects, by which authorisation: every form that asks for a contribution says so. */
  readonly association: { readonly legalName: LocalizedText; readonly authorisationNumber: string }
  readonly slug: string
  readonly priceMinor: bigint
  readonly currency: Currency
  readonly facts: CampaignFacts
  readonly counts: Counts
  /** Position of its last event, as decimal text. */
  readonly position: string
}

/** What never changes of a campaign once its numbers are announced: enough to place an order. */
export type KnownCampaign = Pick<Campaign, 'collective' | 'id' | 'slug' | 'priceMinor' | 'currency'>

export async function findCollective(db: Database, slug: string): Promise<Collective | undefined> {
  // Addresses are anybody's text; a zero byte, for one, would be an error of the database.
  if (!isSlug(slug)) return undefined
  const row = await db.shared.selectFrom('collective').selectAll().where('slug', '=', slug).executeTakeFirst()
  return row && collectiveOf(row)
}

/** The collective whose number begins an order's key. */
export async function collectiveByNumber(db: Database, number: number): Promise<Collective | undefined> {
  const row = await db.shared
    .selectFrom('collective')
    .selectAll()
    .where('number', '=', number)
    .executeTakeFirst()
  return row && collectiveOf(row)
}

export async function listCollectives(db: Database): Promise<Collective[]> {
  const rows = await db.shared.selectFrom('collective').selectAll().orderBy('number').execute()
  return rows.map(collectiveOf)
}

export async function findCampaign(
  db: Database,
  collective: Collective,
  by: { readonly slug: string } | { readonly id: string },
): Promise<Campaign | undefined> {
  if ('slug' in by && !isSlug(by.slug)) return undefined
  const query = campaigns(db, collective)
  const row = await ('slug' in by
    ? query.where('campaign.slug', '=', by.slug)
    : query.where('campaign.id', '=', by.id)
  ).executeTakeFirst()
  return row && campaignOf(collective, row)
}

/** Campaigns of a collective, the newest first day first. */
export async function listCampaigns(db: Database, collective: Collective): Promise<Campaign[]> {
  const rows = await campaigns(db, collective).orderBy('campaign.first_day', 'desc').execute()
  return rows.map((row) => campaignOf(collective, row))
}

function campaigns(db: Database, collective: Collective) {
  return db
    .of(collective.id)
    .selectFrom('campaign')
    .innerJoin('association', (join) =>
      join
        .onRef('association.collective_id', '=', 'campaign.collective_id')
        .onRef('association.id', '=', 'campaign.association_id'),
    )
    .selectAll('campaign')
    .select(['association.legal_name', 'association.authorisation_number'])
}

interface CollectiveRow {
  id: string
  number: number
  slug: string
  name: LocalizedText
  city: LocalizedText
  time_zone: string
  currency: string
  langs: string[]
}

function collectiveOf(row: CollectiveRow): Collective {
  const { id, number, slug, name, city } = row
  const langs = row.langs as Lang[]
  return { id, number, slug, name, city, timeZone: row.time_zone, currency: row.currency as Currency, langs }
}

interface CampaignRow extends Omit<Counts, 'inHand'> {
  in_hand: number
  id: string
  association_id: string
  legal_name: LocalizedText
  authorisation_number: string
  slug: string
  price_minor: bigint
  currency: string
  first_day: string
  last_day: string
  scheduled_at: Date | null
  closed_at: Date | null
  delivered_at: Date | null
  position: bigint
}

function campaignOf(collective: Collective, row: CampaignRow): Campaign {
  const { goal, available, allotted, reserved, sold, banked, in_hand: inHand } = row
  return {
    collective,
    id: row.id,
    associationId: row.association_id,
    association: { legalName: row.legal_name, authorisationNumber: row.authorisation_number },
    slug: row.slug,
    priceMinor: row.price_minor,
    currency: row.currency as Currency,
    facts: {
      scheduledAt: row.scheduled_at,
      closedAt: row.closed_at,
      deliveredAt: row.delivered_at,
      firstDay: row.first_day as LocalDay,
      lastDay: row.last_day as LocalDay,
      goal,
      sold,
    },
    counts: { goal, available, allotted, reserved, sold, void: row.void, banked, inHand },
    position: row.position.toString(),
  }
}
