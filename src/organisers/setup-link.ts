import { createHash } from 'node:crypto'
import type { Database } from '../db/database.ts'

const TOKEN_BYTES = 32

/**
 * A token for the set-up page, valid until it is used or another is made. Only its hash is kept.
 * Show it by `setupUrl`.
 */
export async function makeSetupLink(
  db: Database,
  now: Date,
  random: (count: number) => Uint8Array,
): Promise<string> {
  const token = Buffer.from(random(TOKEN_BYTES)).toString('base64url')
  await db.shared
    .insertInto('setup_link')
    .values({ token_hash: hashOf(token), created_at: now, used_at: null })
    .execute()
  return token
}

/** The address of the set-up page. */
export function setupUrl(publicUrl: string, token: string): string {
  return `${publicUrl}/setup?token=${token}`
}

export type SetupLinkStatus = 'valid' | 'link_unknown' | 'link_used' | 'link_replaced'

/** What a token is worth now. With `lock`, until the transaction ends: of two who hold it, one waits. */
export async function setupLinkStatus(
  db: Database,
  token: string,
  options: { lock?: boolean } = {},
): Promise<SetupLinkStatus> {
  const query = db.shared.selectFrom('setup_link').selectAll().where('token_hash', '=', hashOf(token))
  const link = await (options.lock ? query.forUpdate() : query).executeTakeFirst()
  if (!link) return 'link_unknown'
  if (link.used_at) return 'link_used'
  const newest = await db.shared
    .selectFrom('setup_link')
    .select('token_hash')
    .orderBy('created_at', 'desc')
    .orderBy('token_hash')
    .executeTakeFirst()
  return newest?.token_hash === link.token_hash ? 'valid' : 'link_replaced'
}

/** For whoever holds the link's lock. */
export async function markSetupLinkUsed(db: Database, token: string, now: Date): Promise<void> {
  await db.shared
    .updateTable('setup_link')
    .set({ used_at: now })
    .where('token_hash', '=', hashOf(token))
    .execute()
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
