import { type Act, record } from '../db/act.ts'
import type { Database } from '../db/database.ts'
import { type Collective, findCollective } from '../db/directory.ts'
import type { LocalDay } from '../domain/days.ts'
import { newId } from '../domain/id.ts'
import type { Lang, LocalizedText } from '../domain/lang.ts'
import type { Currency } from '../domain/money.ts'
import { isSlug, RESERVED_COLLECTIVE_SLUGS } from '../domain/slug.ts'

/** The legal entity that collects for a collective. */
export interface NewAssociation {
  readonly legalName: LocalizedText
  /** Canonical, as `checkAccountNumber` gives it. */
  readonly accountNumber: string
  readonly bankName: string | null
  readonly authorisationNumber: string
  readonly authority: string | null
  readonly authorisedFrom: LocalDay
  readonly authorisedUntil: LocalDay
}

export interface NewCollective {
  readonly slug: string
  readonly name: LocalizedText
  readonly city: LocalizedText
  readonly timeZone: string
  readonly currency: Currency
  /** The default language first. */
  readonly langs: readonly Lang[]
  readonly association: NewAssociation
  /** `email` as `normaliseEmail` gives it. */
  readonly organiser: { readonly name: string; readonly email: string }
}

export type CollectiveCreated =
  | { readonly ok: true; readonly collective: Collective; readonly personId: string }
  | { readonly ok: false; readonly status: 'slug_invalid' | 'slug_reserved' | 'slug_taken' }

/**
 * A collective with its association and its first organiser, all or nothing. A person who already organises
 * another collective of the installation becomes organiser of this one too.
 */
export function createCollective(db: Database, wish: NewCollective, act: Act): Promise<CollectiveCreated> {
  return db.transaction(async (inside) => {
    if (!isSlug(wish.slug)) return { ok: false, status: 'slug_invalid' }
    if (RESERVED_COLLECTIVE_SLUGS.has(wish.slug)) return { ok: false, status: 'slug_reserved' }
    const id = newId()
    const written = await inside.shared
      .insertInto('collective')
      .values({
        id,
        slug: wish.slug,
        name: JSON.stringify(wish.name),
        city: JSON.stringify(wish.city),
        time_zone: wish.timeZone,
        currency: wish.currency,
        langs: [...wish.langs],
        created_at: act.now,
      })
      .onConflict((conflict) => conflict.column('slug').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!written) return { ok: false, status: 'slug_taken' }
    await addAssociation(inside, id, wish.association, act)
    const personId = await addOrganiser(inside, id, wish.organiser, act)
    await appointFirstAdministrator(inside, personId, act)
    await record(inside.of(id), { kind: 'collective_created' }, act)
    const collective = await findCollective(inside, wish.slug)
    if (!collective) throw new Error('a collective just written is not there')
    return { ok: true, collective, personId }
  })
}

async function addAssociation(
  db: Database,
  collectiveId: string,
  association: NewAssociation,
  act: Act,
): Promise<void> {
  await db
    .of(collectiveId)
    .insertInto('association', {
      id: newId(),
      legal_name: JSON.stringify(association.legalName),
      account_number: association.accountNumber,
      bank_name: association.bankName,
      authorisation_number: association.authorisationNumber,
      authority: association.authority,
      authorised_from: association.authorisedFrom,
      authorised_until: association.authorisedUntil,
      created_at: act.now,
    })
    .execute()
}

async function addOrganiser(
  db: Database,
  collectiveId: string,
  organiser: { name: string; email: string },
  act: Act,
): Promise<string> {
  await db.shared
    .insertInto('person')
    .values({
      id: newId(),
      name: organiser.name,
      email: organiser.email,
      // Whoever runs the installation vouches for the address by handing out the link.
      email_verified: true,
      image: null,
      created_at: act.now,
      updated_at: act.now,
    })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .execute()
  const { id } = await db.shared
    .selectFrom('person')
    .select('id')
    .where('email', '=', organiser.email)
    .executeTakeFirstOrThrow()
  await db.shared
    .insertInto('member')
    .values({ collective_id: collectiveId, person_id: id, role: 'organiser', since: act.now })
    .execute()
  return id
}

/** Whoever sets the installation up looks after it, until others are appointed. */
async function appointFirstAdministrator(db: Database, personId: string, act: Act): Promise<void> {
  const someone = await db.shared.selectFrom('administrator').select('person_id').limit(1).executeTakeFirst()
  if (someone) return
  await db.shared.insertInto('administrator').values({ person_id: personId, since: act.now }).execute()
}
