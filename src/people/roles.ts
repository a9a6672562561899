import type { Database } from '../db/database.ts'

/** What somebody may be in a collective. An ambassador is a row of their own; see `ambassadorOf`. */
export const ROLES = ['organiser', 'treasurer', 'reviewer'] as const
export type Role = (typeof ROLES)[number]

/** The roles that a person has in a collective now. */
export async function rolesOf(
  db: Database,
  collectiveId: string,
  personId: string,
): Promise<ReadonlySet<Role>> {
  const rows = await db.shared
    .selectFrom('member')
    .select('role')
    .where('collective_id', '=', collectiveId)
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null)
    .execute()
  return new Set(rows.map(({ role }) => role))
}

/** The person as an ambassador of this collective, whether or not they are accepted, paused or done. */
export interface OwnAmbassador {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly acceptedAt: Date | null
  readonly pausedAt: Date | null
  readonly endedAt: Date | null
}

export async function ambassadorOf(
  db: Database,
  collectiveId: string,
  personId: string,
): Promise<OwnAmbassador | undefined> {
  const row = await db
    .of(collectiveId)
    .selectFrom('ambassador')
    .select([
      'ambassador.id',
      'ambassador.slug',
      'ambassador.name',
      'ambassador.accepted_at as acceptedAt',
      'ambassador.paused_at as pausedAt',
      'ambassador.ended_at as endedAt',
    ])
    .where('ambassador.person_id', '=', personId)
    .executeTakeFirst()
  return row
}
