import { sql } from 'kysely'
import type { Database } from '../db/database.ts'
import { inLang, type Lang, type LocalizedText } from '../domain/lang.ts'
import type { Role } from './roles.ts'

/** Where somebody works, and as what. */
export interface OwnPlace {
  readonly role: Role | 'ambassador'
  /** Of the collective, in the reader's language. */
  readonly name: string
  /** A path. */
  readonly href: string
}

const ADDRESS = {
  organiser: 'desk',
  treasurer: 'treasury',
  ambassador: 'ambassador',
} as const

/** Every place of a person. A reviewer has none of their own: what they read is public. */
export async function ownPlaces(db: Database, personId: string, lang: Lang): Promise<OwnPlace[]> {
  const members = await db.shared
    .selectFrom('member')
    .innerJoin('collective', 'collective.id', 'member.collective_id')
    .select(['collective.slug', 'collective.name', 'member.role'])
    .where('member.person_id', '=', personId)
    .where('member.ended_at', 'is', null)
    .orderBy('member.since')
    .orderBy('member.role')
    .execute()
  const places = members.map(({ slug, name, role }) => placeAt(slug, inLang(name, lang), role, lang))
  return [...places, ...(await ambassadorPlaces(db, personId, lang))]
}

/** The page that somebody who just came in wants: their only place, or all of them. */
export async function firstPage(db: Database, personId: string, lang: Lang): Promise<string> {
  const places = await ownPlaces(db, personId, lang)
  const [only, ...more] = places
  const desk = places.find(({ role }) => role === 'organiser')
  return (desk ?? (more.length === 0 ? only : undefined))?.href ?? `/${lang}/account`
}

async function ambassadorPlaces(db: Database, personId: string, lang: Lang): Promise<OwnPlace[]> {
  const { rows } = await sql<{ slug: string; name: LocalizedText }>`
    select collective.slug, collective.name from ambassador
    join collective on collective.id = ambassador.collective_id
    where ambassador.person_id = ${personId} order by ambassador.proposed_at`.execute(db.shared)
  return rows.map(({ slug, name }) => placeAt(slug, inLang(name, lang), 'ambassador', lang))
}

function placeAt(slug: string, name: string, role: OwnPlace['role'], lang: Lang): OwnPlace {
  return { role, name, href: placeOf(slug, role, lang) }
}

/** The path of the place of a role in a collective. */
export function placeOf(slug: string, role: OwnPlace['role'], lang: Lang): string {
  return role === 'reviewer' ? `/${lang}/${slug}` : `/${lang}/${slug}/${ADDRESS[role]}`
}
