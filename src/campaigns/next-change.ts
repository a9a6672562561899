import { sql } from 'kysely'
import type { Database } from '../db/database.ts'
import type { Collective } from '../db/directory.ts'
import { addDays, localDay, startOfDay } from '../domain/days.ts'

/**
 * The first instant after `now` at which a page of the collective reads differently although nothing is written:
 * its next midnight, or a fact dated ahead. The clock of the process that dated it may be ahead of this one's.
 */
export async function nextChangeByTime(db: Database, collective: Collective, now: Date): Promise<Date> {
  const tomorrow = addDays(localDay(now, collective.timeZone), 1)
  const midnight = startOfDay(tomorrow, collective.timeZone)
  const { id } = collective
  const { next } = await db.of(id).one(
    sql<{ next: Date | null }>`select least(
      (select min(published_at) from "update" where collective_id = ${id} and published_at > ${now}),
      (select min(accepted_at) from ambassador where collective_id = ${id} and accepted_at > ${now}),
      (select min(word_allowed_at) from "order" where collective_id = ${id} and word_allowed_at > ${now})) as next`,
  )
  return next && next < midnight ? next : midnight
}
