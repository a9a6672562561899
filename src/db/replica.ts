import { sql } from 'kysely'
import postgres from 'postgres'
import { connect, type Sql } from './connect.ts'
import type { Database } from './database.ts'
import { loginOf, withLogin } from './roles.ts'

const MAX_CONNECTIONS = 5
// Whoever waits for a page is better served by the primary than by a standby that does not answer.
const CONNECT_TIMEOUT_S = 1
const STATEMENT_TIMEOUT_MS = 1_000

/** The standby's address for the application's login, which is the same on the primary and on all its copies. */
export function replicaUrl(readUrl: string, appUrl: string): string {
  return withLogin(readUrl, loginOf(appUrl))
}

/**
 * A pool of connections for reading only, which refuses a server that is no standby, such as one that was promoted.
 * None is opened before the first query. Whoever calls ends the pool.
 */
export function connectReplica(url: string): Sql {
  return connect(url, {
    max: MAX_CONNECTIONS,
    connectTimeoutS: CONNECT_TIMEOUT_S,
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
    applicationName: 'twiza reads',
    standbyOnly: true,
  })
}

/** Whether it still follows the primary: a connection that was open when it was promoted stays open. */
export async function isFollowing(replica: Database): Promise<boolean> {
  const { rows } = await sql<{ follows: boolean }>`select pg_is_in_recovery() as follows`.execute(
    replica.shared,
  )
  return rows[0]?.follows === true
}

/** Why the standby is of no use now, as a sentence for the operator; undefined when it is. */
export async function complaintOfReplica(url: string): Promise<string | undefined> {
  const replica = postgres(url, { max: 1, connect_timeout: CONNECT_TIMEOUT_S, fetch_types: false })
  const { host, port } = replica.options
  const rest = 'public pages are read from the primary; check DATABASE_READ_URL.'
  try {
    const [row] = await replica<{ standby: boolean }[]>`select pg_is_in_recovery() as standby`
    return row?.standby ? undefined : `The server at ${host}:${port} is no standby: ${rest}`
  } catch (error) {
    return `The standby at ${host}:${port} does not answer (${(error as { code?: string }).code}): ${rest}`
  } finally {
    await replica.end({ timeout: 1 })
  }
}
