import { createHash } from 'node:crypto'
import { type Act, record } from '../db/act.ts'
import type { Database } from '../db/database.ts'
import type { Collective } from '../db/directory.ts'
import type { PeopleTenantTables } from '../db/tables-people.ts'
import type { Tenant } from '../db/tenant.ts'
import { inLang, type Lang } from '../domain/lang.ts'
import { queueMail } from '../mail/queue-mail.ts'
import type { Person } from './auth.ts'
import type { PeopleServices } from './services.ts'

export type InvitationRole = PeopleTenantTables['invitation']['role']
export const INVITATION_ROLES = ['ambassador', 'organiser', 'treasurer', 'reviewer'] as const

const TOKEN_BYTES = 32
const OPEN_DAYS = 14
const DAY_MS = 86_400_000
/** More open doors than this are a mistake, or somebody who sends mail to the whole world. */
const MAX_OPEN = 200

export interface NewInvitation {
  /** Made by the form: sent twice, it invites once. */
  readonly id: string
  readonly role: InvitationRole
  readonly name: string | null
  /** As `normaliseEmail` and `normalisePhone` give them. */
  readonly email: string | null
  readonly phone: string | null
  /** Of whoever is invited. */
  readonly lang: Lang
  /** The ambassador who invites; absent when an organiser does. */
  readonly invitedBy?: string
}

export type Invited =
  /** `link` is known now and never again. */
  | { readonly ok: true; readonly link: string }
  | { readonly ok: false; readonly status: 'exists' | 'too_many_invitations' }

/** Opens a door for one person, for fourteen days; with an address a mail goes there as well. */
export async function invite(
  services: Pick<PeopleServices, 'db' | 'random' | 'publicUrl'>,
  collective: Collective,
  inviter: Person,
  wish: NewInvitation,
  act: Act,
): Promise<Invited> {
  const token = Buffer.from(services.random(TOKEN_BYTES)).toString('base64url')
  const link = `${services.publicUrl}/${wish.lang}/invitation/${collective.slug}/${token}`
  return await services.db.transaction(async (inside) => {
    const tenant = inside.of(collective.id)
    const open = await openInvitations(tenant, act.now)
    if (open.length >= MAX_OPEN) return { ok: false, status: 'too_many_invitations' }
    const written = await tenant
      .insertInto('invitation', {
        id: wish.id,
        role: wish.role,
        token_hash: hashOf(token),
        name: wish.name,
        email: wish.email,
        phone: wish.phone,
        lang: wish.lang,
        invited_by_person: inviter.id,
        invited_by: wish.invitedBy ?? null,
        ambassador_id: null,
        created_at: act.now,
        expires_at: new Date(act.now.getTime() + OPEN_DAYS * DAY_MS),
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('invitation.id')
      .executeTakeFirst()
    if (!written) return { ok: false, status: 'exists' }
    if (wish.email !== null) {
      const data = {
        role: wish.role,
        collective: inLang(collective.name, wish.lang),
        inviter: inviter.name,
        link,
      }
      await queueMail(inside, { template: 'invitation', lang: wish.lang, to: wish.email, data }, act.now)
    }
    await record(tenant, { kind: 'invitation_made', data: { role: wish.role, invitationId: wish.id } }, act)
    return { ok: true, link }
  })
}

export type Invitation = NonNullable<Awaited<ReturnType<typeof findInvitation>>>

/** What a link leads to, whatever has become of it. With `lock`, until the transaction ends. */
export async function findInvitation(tenant: Tenant, token: string, options: { lock?: boolean } = {}) {
  const query = tenant.selectFrom('invitation').selectAll().where('token_hash', '=', hashOf(token))
  return await (options.lock ? query.forUpdate() : query).executeTakeFirst()
}

export type InvitationStatus = 'open' | 'expired' | 'used' | 'revoked'

export function invitationStatus(
  invitation: Pick<Invitation, 'taken_at' | 'revoked_at' | 'expires_at'>,
  now: Date,
): InvitationStatus {
  if (invitation.taken_at) return 'used'
  if (invitation.revoked_at) return 'revoked'
  return invitation.expires_at <= now ? 'expired' : 'open'
}

/** Doors that are still open, the newest first. */
export async function openInvitations(tenant: Tenant, now: Date) {
  return await tenant
    .selectFrom('invitation')
    .select(['id', 'role', 'name', 'email', 'phone', 'created_at', 'expires_at'])
    .where('invitation.taken_at', 'is', null)
    .where('invitation.revoked_at', 'is', null)
    .where('invitation.expires_at', '>', now)
    .orderBy('invitation.created_at', 'desc')
    .execute()
}

/** Shuts a door that nobody has come through; true when it is shut now, by this call or before. */
export async function revokeInvitation(tenant: Tenant, id: string, act: Act): Promise<boolean> {
  return await tenant.transaction(async (inside) => {
    const invitation = await inside
      .selectFrom('invitation')
      .select(['taken_at', 'revoked_at'])
      .where('invitation.id', '=', id)
      .forUpdate()
      .executeTakeFirst()
    if (!invitation || invitation.taken_at) return false
    if (invitation.revoked_at) return true
    await inside
      .updateTable('invitation')
      .set({ revoked_at: act.now })
      .where('invitation.id', '=', id)
      .execute()
    await record(inside, { kind: 'invitation_revoked', data: { invitationId: id } }, act)
    return true
  })
}

/** Who acts for the collective now, by role. */
export async function membersOf(db: Database, collectiveId: string) {
  return await db.shared
    .selectFrom('member')
    .innerJoin('person', 'person.id', 'member.person_id')
    .select(['person.id', 'person.name', 'person.email', 'member.role', 'member.since'])
    .where('member.collective_id', '=', collectiveId)
    .where('member.ended_at', 'is', null)
    .orderBy('member.role')
    .orderBy('person.name')
    .execute()
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
