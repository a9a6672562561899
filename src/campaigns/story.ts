import { sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import type { Database } from '../db/database.ts'
import type { Campaign } from '../db/directory.ts'
import { type LocalDay, localDay } from '../domain/days.ts'
import { LANGS, type Lang, type LocalizedText } from '../domain/lang.ts'
import { type Money, money } from '../domain/money.ts'

/** The story of a campaign in one language. */
export interface Dream {
  readonly lang: Lang
  readonly title: string
  readonly summary: string
  readonly story: string
}

/** Who collects. Its account is not here: only an order by bank transfer shows it. */
export interface Association {
  readonly legalName: LocalizedText
  readonly authorisationNumber: string
  readonly authority: string | null
  readonly authorisedFrom: LocalDay
  readonly authorisedUntil: LocalDay
}

/** A piece of news. */
export interface NewsItem {
  readonly id: string
  readonly title: LocalizedText
  readonly body: LocalizedText
  readonly day: LocalDay
}

/** A word of encouragement that an organiser has let through: never with a name, for everybody reads it. */
export interface Word {
  readonly text: string
  readonly lang: Lang
  readonly day: LocalDay
}

export interface Spent {
  readonly purpose: LocalizedText
  readonly amount: Money
  readonly day: LocalDay
}

/** All that a campaign's page tells beside its numbers. */
export interface Story {
  readonly dreams: readonly Dream[]
  readonly association: Association
  /** The newest first. */
  readonly news: readonly NewsItem[]
  readonly words: readonly Word[]
  /** In the order of the days. */
  readonly spending: readonly Spent[]
}

/** More would make a long page, not a better one. */
export const MAX_NEWS = 20
export const MAX_WORDS = 12
const MAX_SPENDING = 100

/** Reads the story as it stands at `now`, in one query. */
export async function readStory(db: Database, campaign: Campaign, now: Date): Promise<Story> {
  const { collective } = campaign
  const row = await storyQuery(db, campaign, now).executeTakeFirstOrThrow()
  const dayOf = (instant: string) => localDay(new Date(instant), collective.timeZone)
  return {
    dreams: row.dreams.map((dream) => ({ ...dream, lang: dream.lang as Lang })),
    association: {
      legalName: row.legal_name,
      authorisationNumber: row.authorisation_number,
      authority: row.authority,
      authorisedFrom: row.authorised_from as LocalDay,
      authorisedUntil: row.authorised_until as LocalDay,
    },
    news: row.news.map(({ id, title, body, published_at }) => ({
      id,
      title,
      body,
      day: dayOf(published_at),
    })),
    words: row.words.map(({ word, lang, paid_at }) => ({
      text: word ?? '',
      lang: lang as Lang,
      day: dayOf(paid_at ?? ''),
    })),
    spending: row.spending.map(({ purpose, amount, spent_on }) => ({
      purpose,
      amount: money(BigInt(amount), campaign.currency),
      day: spent_on as LocalDay,
    })),
  }
}

/** The story in the reader's language, else in the first language in which it is told. */
export function dreamIn<Told extends Omit<Dream, 'story'>>(
  dreams: readonly Told[],
  lang: Lang,
  slug: string,
): Told | Dream {
  const told = [lang, ...LANGS].map((wanted) => dreams.find((dream) => dream.lang === wanted))
  return told.find((dream) => dream !== undefined) ?? { lang, title: slug, summary: '', story: '' }
}

function storyQuery(db: Database, campaign: Campaign, now: Date) {
  return db
    .of(campaign.collective.id)
    .selectFrom('campaign')
    .innerJoin('association', (join) =>
      join
        .onRef('association.collective_id', '=', 'campaign.collective_id')
        .onRef('association.id', '=', 'campaign.association_id'),
    )
    .where('campaign.id', '=', campaign.id)
    .select([
      'association.legal_name',
      'association.authorisation_number',
      'association.authority',
      'association.authorised_from',
      'association.authorised_until',
    ])
    .select((outer) => [
      jsonArrayFrom(
        outer
          .selectFrom('dream')
          .select(['dream.lang', 'dream.title', 'dream.summary', 'dream.story'])
          .whereRef('dream.collective_id', '=', 'campaign.collective_id')
          .whereRef('dream.campaign_id', '=', 'campaign.id'),
      ).as('dreams'),
      jsonArrayFrom(
        outer
          .selectFrom('update')
          .select(['update.id', 'update.title', 'update.body', 'update.published_at'])
          .whereRef('update.collective_id', '=', 'campaign.collective_id')
          .whereRef('update.campaign_id', '=', 'campaign.id')
          .where('update.published_at', '<=', now)
          .orderBy('update.published_at', 'desc')
          .limit(MAX_NEWS),
      ).as('news'),
      jsonArrayFrom(
        outer
          .selectFrom('order')
          .select(['order.word', 'order.lang', 'order.paid_at'])
          .whereRef('order.collective_id', '=', 'campaign.collective_id')
          .whereRef('order.campaign_id', '=', 'campaign.id')
          .where('order.status', '=', 'paid')
          .where('order.word', 'is not', null)
          .where('order.word_allowed_at', '<=', now)
          .where('order.word_hidden_at', 'is', null)
          .orderBy('order.created_at', 'desc')
          .limit(MAX_WORDS),
      ).as('words'),
      jsonArrayFrom(
        outer
          .selectFrom('spending')
          .innerJoin('transfer', (join) =>
            join
              .onRef('transfer.collective_id', '=', 'spending.collective_id')
              .onRef('transfer.id', '=', 'spending.transfer_id'),
          )
          .select(['spending.purpose', 'spending.spent_on'])
          // As text: JSON would make a number of it.
          .select(sql<string>`transfer.amount_minor::text`.as('amount'))
          .whereRef('spending.collective_id', '=', 'campaign.collective_id')
          .whereRef('spending.campaign_id', '=', 'campaign.id')
          .where(
            sql<boolean>`not exists (select from transfer as mirror where mirror.collective_id = transfer.collective_id
              and mirror.reverses_id = transfer.id)`,
          )
          .orderBy('spending.spent_on')
          .orderBy('spending.id')
          .limit(MAX_SPENDING),
      ).as('spending'),
    ])
}
