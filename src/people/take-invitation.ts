import { type Act, record } from '../db/act.ts'
import type { Database } from '../db/database.ts'
import type { Collective } from '../db/directory.ts'
import type { Tenant } from '../db/tenant.ts'
import { newId } from '../domain/id.ts'
import type { Lang } from '../domain/lang.ts'
import { proposeSlug, recordStep } from './ambassador-steps.ts'
import {
  findInvitation,
  type Invitation,
  type InvitationRole,
  type InvitationStatus,
  invitationStatus,
} from './invitations.ts'

const MAX_NAME_CHARACTERS = 60

/** Who comes in: somebody signed in, or somebody new who says their name and address. */
export type Taker =
  | { readonly personId: string }
  | { readonly name: string; readonly email: string; readonly lang: Lang }

export type Taken =
  | { readonly ok: true; readonly role: InvitationRole; readonly personId: string; readonly isNew: boolean }
  | {
      readonly ok: false
      readonly status: 'unknown' | Exclude<InvitationStatus, 'open'> | 'email_known' | 'already_there'
    }

/**
 * Brings a person in by an invitation, all or nothing and once. A known address is refused (`email_known`): who only
 * types it must not act as that person. Whoever has the role already leaves the invitation for another.
 */
export async function takeInvitation(
  db: Database,
  collective: Pick<Collective, 'id'>,
  token: string,
  taker: Taker,
  now: Date,
): Promise<Taken> {
  return await db.transaction(async (inside) => {
    const tenant = inside.of(collective.id)
    const invitation = await findInvitation(tenant, token, { lock: true })
    if (!invitation) return { ok: false, status: 'unknown' }
    const status = invitationStatus(invitation, now)
    if (status !== 'open') return { ok: false, status }
    const person = await personOf(inside, taker, now)
    if (!person) return { ok: false, status: 'email_known' }
    const act = { now, actor: `user:${person.id}` }
    const { role } = invitation
    const isIn =
      role === 'ambassador'
        ? await addAsAmbassador(tenant, invitation, person, act)
        : await addAsMember(inside, collective.id, role, person.id, now)
    if (!isIn) return { ok: false, status: 'already_there' }
    await tenant
      .updateTable('invitation')
      .set({ taken_at: now, taken_by: person.id })
      .where('invitation.id', '=', invitation.id)
      .execute()
    await record(tenant, { kind: 'invitation_taken', data: { role, invitationId: invitation.id } }, act)
    return { ok: true, role, personId: person.id, isNew: !('personId' in taker) }
  })
}

interface TakingPerson {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly lang: Lang
}

async function personOf(db: Database, taker: Taker, now: Date): Promise<TakingPerson | undefined> {
  if ('personId' in taker) {
    return await db.shared
      .selectFrom('person')
      .select(['id', 'name', 'email', 'lang'])
      .where('id', '=', taker.personId)
      .executeTakeFirstOrThrow()
  }
  const { name, email, lang } = taker
  const times = { created_at: now, updated_at: now }
  // Nobody has seen yet that the address is theirs: the first sign-in by mail does (`sign-in-request.ts`).
  return await db.shared
    .insertInto('person')
    .values({ id: newId(), name, email, lang, email_verified: false, image: null, ...times })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returning(['id', 'name', 'email', 'lang'])
    .executeTakeFirst()
}

async function addAsMember(
  db: Database,
  collectiveId: string,
  role: Exclude<InvitationRole, 'ambassador'>,
  personId: string,
  now: Date,
): Promise<boolean> {
  const row = await db.shared
    .insertInto('member')
    .values({ collective_id: collectiveId, person_id: personId, role, since: now })
    .onConflict((conflict) =>
      conflict
        .columns(['collective_id', 'person_id', 'role'])
        .doUpdateSet({ ended_at: null })
        .where('member.ended_at', 'is not', null),
    )
    .returning('role')
    .executeTakeFirst()
  return row !== undefined
}

/** Whom an organiser invites is known to them, and offers coupons at once; an ambassador's guest waits for a yes. */
async function addAsAmbassador(
  tenant: Tenant,
  invitation: Invitation,
  person: TakingPerson,
  act: Act,
): Promise<boolean> {
  const known = await tenant
    .selectFrom('ambassador')
    .select('ambassador.id')
    .where('ambassador.person_id', '=', person.id)
    .executeTakeFirst()
  if (known) return false
  const ambassadorId = invitation.ambassador_id
    ? await join(tenant, invitation.ambassador_id, person)
    : await insert(tenant, invitation, person, act)
  if (ambassadorId === undefined) return false
  const inviting = { now: invitation.created_at, actor: `user:${invitation.invited_by_person}` }
  await recordStep(tenant, ambassadorId, 'invited', inviting)
  await recordStep(tenant, ambassadorId, 'joined', act)
  if (invitation.invited_by === null && invitation.ambassador_id === null) {
    await recordStep(tenant, ambassadorId, 'accepted', { ...inviting, now: act.now })
  }
  return true
}

/** Somebody whose row is there already, from before they had an account. */
async function join(tenant: Tenant, ambassadorId: string, person: TakingPerson): Promise<string | undefined> {
  const row = await tenant
    .updateTable('ambassador')
    .set({ person_id: person.id, lang: person.lang })
    .where('ambassador.id', '=', ambassadorId)
    .where('ambassador.person_id', 'is', null)
    .returning('ambassador.id')
    .executeTakeFirst()
  return row?.id
}

async function insert(
  tenant: Tenant,
  invitation: Invitation,
  person: TakingPerson,
  act: Act,
): Promise<string> {
  const { id } = await tenant
    .insertInto('ambassador', {
      id: newId(),
      slug: await proposeSlug(tenant, person.name),
      name: [...person.name].slice(0, MAX_NAME_CHARACTERS).join(''),
      phone: invitation.phone,
      email: person.email,
      invited_by: invitation.invited_by,
      person_id: person.id,
      lang: person.lang,
      proposed_at: act.now,
      accepted_at: invitation.invited_by === null ? act.now : null,
      ended_at: null,
    })
    .returning('ambassador.id')
    .executeTakeFirstOrThrow()
  return id
}
