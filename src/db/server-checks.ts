import { StartFailure } from '../domain/start-failure.ts'
import type { Sql } from './connect.ts'

const OLDEST_POSTGRES = 15

/**
 * Connects for the first time and refuses a server that is too old.
 * @param setting the name of the setting that holds the address
 * @throws StartFailure that names the server and never the password
 */
export async function checkVersion(
  sql: Sql,
  setting: string,
  oldest: number = OLDEST_POSTGRES,
): Promise<void> {
  let version: number
  try {
    const [row] = await sql<
      { version: number }[]
    >`select current_setting('server_version_num')::int as version`
    version = Math.floor((row?.version ?? 0) / 10_000)
  } catch (error) {
    throw explainConnection(error, setting, place(sql))
  }
  if (version < oldest) {
    throw new StartFailure(
      'database_too_old',
      `The database at ${place(sql)} is PostgreSQL ${version}: Twiza needs ${oldest} or newer.`,
    )
  }
}

/** Turns a failure to connect into a sentence; what is no such failure comes back as it was. */
export function explainConnection(error: unknown, setting: string, at = 'the embedded PostgreSQL'): unknown {
  if (error instanceof StartFailure) return error
  const { code = '', message = '' } = error as { code?: string; message?: string }
  const why =
    reasons[code] ??
    (/^(E[A-Z]+|CONN\w+|08\w{3}|28\w{3}|57P\w{2}|[A-Z_]*CERT[A-Z_]*)$/.test(code) ? message : undefined)
  if (why === undefined) return error
  return new StartFailure(
    'database_unreachable',
    `The database at ${at} cannot be reached: ${why}; check ${setting}.`,
  )
}

const reasons: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the name of the host cannot be looked up',
  CONNECT_TIMEOUT: 'no answer in time',
  NO_PRIMARY: 'none of its hosts is a primary',
  CONNECTION_CLOSED: 'the connection was closed',
  '28P01': 'the login or its password is wrong',
  '3D000': 'there is no such database',
  '53300': 'the server has no connection left',
}

function place(sql: Sql): string {
  const { host, port, database } = sql.options
  return `${host.map((name, index) => `${name}:${port[index]}`).join(',')}/${database}`
}
