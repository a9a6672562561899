import type { Context } from 'hono'
import type { Database } from '../db/database.ts'
import { type Collective, findCollective } from '../db/directory.ts'
import type { Tenant } from '../db/tenant.ts'
import { type LocalDay, localDay } from '../domain/days.ts'
import type { Lang } from '../domain/lang.ts'
import { isSlug } from '../domain/slug.ts'
import { type T, translator } from '../i18n/translator.ts'
import type { Act } from './act.ts'
import type { Person } from './auth.ts'
import { langOfPath, showLost } from './page.tsx'
import type { OrganiserServices } from './services.ts'

/** Who is at the desk of which collective, and what they need there. */
export interface Desk {
  readonly services: OrganiserServices
  readonly lang: Lang
  readonly t: T
  readonly collective: Collective
  readonly tenant: Tenant
  readonly person: Person
  /** This moment and this person, for commands. */
  readonly act: Act
  /** The local day in the collective's zone. */
  readonly today: LocalDay
  /** The address of the desk, without a final slash. */
  readonly path: string
}

type DeskHandler = (c: Context, desk: Desk) => Promise<Response>

/** Lets organisers of the collective in. For anybody else there is nothing here: 404, whether it exists or not. */
export function atDesk(services: OrganiserServices, handler: DeskHandler) {
  return async (c: Context): Promise<Response> => {
    const desk = await openDesk(c, services)
    return desk ? handler(c, desk) : showLost(c, services, langOfPath(c))
  }
}

async function openDesk(c: Context, services: OrganiserServices): Promise<Desk | undefined> {
  const person = await services.signIn.person(c.req.raw.headers)
  const slug = c.req.param('collective') ?? ''
  const collective = person && isSlug(slug) ? await findCollective(services.db, slug) : undefined
  if (!person || !collective || !(await isOrganiser(services.db, collective.id, person.id))) return undefined
  const lang = langOfPath(c)
  const now = services.now()
  return {
    services,
    lang,
    t: translator(lang),
    collective,
    tenant: services.db.of(collective.id),
    person,
    act: { now, actor: `user:${person.id}` },
    today: localDay(now, collective.timeZone),
    path: `/${lang}/${collective.slug}/desk`,
  }
}

async function isOrganiser(db: Database, collectiveId: string, personId: string): Promise<boolean> {
  const found = await db.shared
    .selectFrom('organiser')
    .select('since')
    .where('collective_id', '=', collectiveId)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  return found !== undefined
}

/** The collectives whose organiser a person is, the first joined first. */
export async function collectivesOf(db: Database, personId: string): Promise<{ slug: string }[]> {
  return await db.shared
    .selectFrom('organiser')
    .innerJoin('collective', 'collective.id', 'organiser.collective_id')
    .select('collective.slug')
    .where('organiser.person_id', '=', personId)
    .orderBy('organiser.since')
    .execute()
}
