import { sql } from 'kysely'
import type { Database } from '../db/database.ts'

/**
 * Frees the numbers of every reservation whose time is over at `now`, one campaign after the other so that none
 * waits for another's lock, and returns how many orders expired. Several processes at once are fine: a campaign
 * that another one is just looking after has nothing left to expire.
 */
export async function expireDueReservations(db: Database, now: Date): Promise<number> {
  const { rows: campaigns } = await sql<{ collective_id: string; campaign_id: string }>`
    select distinct collective_id, campaign_id from "order"
    where status = 'reserved' and expires_at <= ${now}`.execute(db.shared)
  let expired = 0
  for (const { collective_id, campaign_id } of campaigns) {
    const { count } = await db
      .of(collective_id)
      .one(
        sql<{ count: number }>`select expire_reservations(${collective_id}, ${campaign_id}, ${now}) as count`,
      )
    expired += count
  }
  return expired
}
