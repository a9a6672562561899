import { StartFailure } from '../domain/start-failure.ts'
import { POOL_MAX_CONNECTIONS, RESERVED_CONNECTIONS, type Sql, WATCH_CONNECTIONS } from './connect.ts'

// For commands beside the server, backups, and whoever looks after the database.
const SPARE = 8
// One that waits for a campaign's lock, one for the others, one for pages.
const LEAST = 3
const BESIDES = RESERVED_CONNECTIONS + WATCH_CONNECTIONS

/**
 * How many connections each of several processes may open, so that together they stay within what the server gives
 * this login, with the reserved ones of each. Never more than one process alone would open.
 * @throws StartFailure `too_many_processes` when too few are left for each
 */
export async function shareConnections(sql: Sql, processes: number): Promise<number> {
  const usable = await usableConnections(sql)
  const each = Math.min(POOL_MAX_CONNECTIONS, Math.floor((usable - SPARE) / processes) - BESIDES)
  if (each >= LEAST) return each
  const needed = processes * (LEAST + BESIDES) + SPARE
  throw new StartFailure(
    'too_many_processes',
    `${processes} processes need ${needed} connections or more, and PostgreSQL gives ${usable}: start fewer, or raise its max_connections.`,
  )
}

async function usableConnections(sql: Sql): Promise<number> {
  // reserved_connections came with PostgreSQL 16. A limit of -1 is none.
  const [row] = await sql<{ server: number; login: number; database: number }[]>`
    select current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
             - coalesce(current_setting('reserved_connections', true), '0')::int as server,
           (select rolconnlimit from pg_roles where rolname = current_user) as login,
           (select datconnlimit from pg_database where datname = current_database()) as database`
  const limits = [row?.server ?? 0, row?.login ?? -1, row?.database ?? -1]
  return Math.min(...limits.filter((limit) => limit >= 0))
}
