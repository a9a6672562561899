import type { Database } from '../db/database.ts'
import { type LocalDay, localDay } from '../domain/days.ts'

/** Where somebody is signed in. */
export interface OpenSession {
  readonly id: string
  /** Such as `Firefox · Android`; undefined when the browser does not say. */
  readonly device: string | undefined
  readonly since: LocalDay
}

// A person belongs to no zone; most are in Morocco.
const ZONE = 'Africa/Casablanca'

/** The open sessions of a person, the newest first. */
export async function sessionsOf(db: Database, personId: string, now: Date): Promise<OpenSession[]> {
  const rows = await db.shared
    .selectFrom('session')
    .select(['id', 'user_agent', 'created_at'])
    .where('person_id', '=', personId)
    .where('expires_at', '>', now)
    .orderBy('created_at', 'desc')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    device: deviceOf(row.user_agent ?? ''),
    since: localDay(row.created_at, ZONE),
  }))
}

/** Ends a session of this person; false when they have no such one. */
export async function endSession(db: Database, personId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await db.shared
    .deleteFrom('session')
    .where('id', '=', id)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

// The more special name first: Edge and Samsung's browser say Chrome as well, and all say Safari.
const BROWSERS = ['Firefox', 'Edg', 'SamsungBrowser', 'OPR', 'Chrome', 'Safari'] as const
const SYSTEMS = ['Android', 'iPhone', 'iPad', 'Windows', 'Macintosh', 'Linux'] as const

function deviceOf(userAgent: string): string | undefined {
  const found = [BROWSERS, SYSTEMS].map((names) => names.find((name) => userAgent.includes(name)))
  return found.filter((name) => name !== undefined).join(' · ') || undefined
}
