import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { PeopleServices } from './services.ts'

export interface Limit {
  /** What is counted, such as `sign-in ask`. */
  readonly of: string
  readonly max: number
  readonly windowS: number
}

/**
 * Counts one try of whoever is at this address, and tells whether it is still within the limit. A window begins with
 * the first try. Only a hash of the address is kept, and the counts are shared by all processes.
 */
export async function isWithin(
  { db, now }: Pick<PeopleServices, 'db' | 'now'>,
  limit: Limit,
  address: string,
): Promise<boolean> {
  const key = createHash('sha256').update(`${limit.of} ${address}`).digest('hex')
  const nowMs = now().getTime()
  const startMs = nowMs - limit.windowS * 1000
  const { rows } = await sql<{ count: number }>`
    insert into sign_in_rate as rate (id, key, count, last_request_ms) values (gen_random_uuid(), ${key}, 1, ${nowMs})
    on conflict (key) do update set
      count = case when rate.last_request_ms <= ${startMs} then 1 else rate.count + 1 end,
      last_request_ms = case when rate.last_request_ms <= ${startMs} then ${nowMs} else rate.last_request_ms end
    returning count`.execute(db.shared)
  return (rows[0]?.count ?? 0) <= limit.max
}
