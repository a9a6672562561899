import { setTimeout as wait } from 'node:timers/promises'
import postgres, { type Sql as PlainSql } from 'postgres'

type Sql = PlainSql<{ bigint: bigint }>

/** How long whoever lost a connection waits to be sure that the server has given it up as well. */
const PATIENCE_MS = 2000
const BETWEEN_TRIES_MS = 20

/**
 * Ends what the server may still do for a connection that broke on this side. Its bytes may lie there unread: without
 * this, a repetition on another connection could be answered first, and the lost statement done afterwards.
 *
 * Tries again over a bad network for two seconds and never rejects: a server that is away runs nothing, and one that
 * cannot be reached at all leaves the outcome as open as it was.
 *
 * @param open gives a connection of the same login, used for this alone
 * @param name the `application_name` that only the broken connection has
 */
export async function endBackend(open: () => Sql, name: string): Promise<void> {
  const isOver = wait(PATIENCE_MS, true, { ref: false })
  let isLate = false
  void isOver.then(() => (isLate = true))
  for (let isDone = false; !isDone && !isLate; ) {
    const sql = open()
    isDone = await Promise.race([isOver, terminate(sql, name)])
    void sql.end({ timeout: 0 })
    if (!isDone) await wait(BETWEEN_TRIES_MS)
  }
}

/** Whether there is no more to do. */
async function terminate(sql: Sql, name: string): Promise<boolean> {
  try {
    await sql`select pg_terminate_backend(pid, ${PATIENCE_MS}) from pg_stat_activity
      where usename = current_user and application_name = ${name}`
    return true
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    return error instanceof postgres.PostgresError || code === 'ECONNREFUSED'
  }
}
