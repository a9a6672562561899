import type { Context } from 'hono'
import type { Act } from '../db/act.ts'
import { type Collective, findCollective } from '../db/directory.ts'
import type { Tenant } from '../db/tenant.ts'
import { type LocalDay, localDay } from '../domain/days.ts'
import type { Lang } from '../domain/lang.ts'
import { isSlug } from '../domain/slug.ts'
import { type T, translator } from '../i18n/translator.ts'
import type { Person } from './auth.ts'
import { langOfPath, showLost } from './page.tsx'
import { ambassadorOf, type OwnAmbassador, type Role, rolesOf } from './roles.ts'
import type { PeopleServices } from './services.ts'

/** Where somebody with a role in a collective works: who they are, and what they need there. */
export interface Place<S extends PeopleServices = PeopleServices> {
  readonly services: S
  readonly lang: Lang
  readonly t: T
  readonly collective: Collective
  readonly tenant: Tenant
  readonly person: Person
  readonly roles: ReadonlySet<Role>
  /** This moment and this person, for commands. */
  readonly act: Act
  /** The local day in the collective's zone. */
  readonly today: LocalDay
  /** The address of the place, without a final slash. */
  readonly path: string
}

/** A place of an ambassador, whom the person is. */
export interface AmbassadorPlace<S extends PeopleServices = PeopleServices> extends Place<S> {
  readonly ambassador: OwnAmbassador
}

/** What a place is called in its address, and who may come in. */
export interface PlaceKind {
  readonly name: string
  readonly role: Role
}

/** Lets who has the role in. For anybody else there is nothing here: 404, whether it exists or not. */
export function atPlace<S extends PeopleServices>(
  services: S,
  kind: PlaceKind,
  handler: (c: Context, place: Place<S>) => Promise<Response>,
) {
  return async (c: Context): Promise<Response> => {
    const place = await openPlace(c, services, kind.name)
    return place?.roles.has(kind.role) ? handler(c, place) : showLost(c, services, langOfPath(c))
  }
}

/** Lets in whoever is an ambassador of the collective, also one who still waits, rests or has ended. */
export function atAmbassadorPlace<S extends PeopleServices>(
  services: S,
  handler: (c: Context, place: AmbassadorPlace<S>) => Promise<Response>,
) {
  return async (c: Context): Promise<Response> => {
    const place = await openPlace(c, services, 'ambassador')
    const ambassador = place && (await ambassadorOf(services.db, place.collective.id, place.person.id))
    return ambassador ? handler(c, { ...place, ambassador }) : showLost(c, services, langOfPath(c))
  }
}

async function openPlace<S extends PeopleServices>(
  c: Context,
  services: S,
  name: string,
): Promise<Place<S> | undefined> {
  const person = await services.signIn.person(c.req.raw.headers)
  const slug = c.req.param('collective') ?? ''
  const collective = person && isSlug(slug) ? await findCollective(services.db, slug) : undefined
  if (!person || !collective) return undefined
  const lang = langOfPath(c)
  const now = services.now()
  return {
    services,
    lang,
    t: translator(lang),
    collective,
    tenant: services.db.of(collective.id),
    person,
    roles: await rolesOf(services.db, collective.id, person.id),
    act: { now, actor: `user:${person.id}` },
    today: localDay(now, collective.timeZone),
    path: `/${lang}/${collective.slug}/${name}`,
  }
}
