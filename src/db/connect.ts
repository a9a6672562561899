import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { arrays } from './array-types.ts'
import { endBackend } from './end-backend.ts'
import { withLeases } from './leases.ts'
import { hostUrls, primaryOf } from './primary-of.ts'

export type Sql = postgres.Sql<{ bigint: bigint }>

export interface ConnectOptions {
  /** The most connections open at once. */
  readonly max?: number
  /** 0 lets a statement take as long as it needs. */
  readonly statementTimeoutMs?: number
  readonly connectTimeoutS?: number
  /** Take only a server that follows another one. */
  readonly standbyOnly?: boolean
  /** What the server's list of connections shows, with a number of the connection's own after it. */
  readonly applicationName?: string
}

/** The most connections of one process for its public pages and orders. */
export const POOL_MAX_CONNECTIONS = 10
/** Besides those, of each process: for health, the desk and the payment providers, whatever the others wait for. */
export const RESERVED_CONNECTIONS = 3
/** For the question of what has changed, which proves every kept page. */
export const WATCH_CONNECTIONS = 1
const CONNECT_TIMEOUT_S = 10
// The library's own grows to 20 s: whoever asks while the database is away would wait instead of being told.
const RECONNECT_WAIT_S = 0.1
const END_TIMEOUT_S = 2
const STATEMENT_TIMEOUT_MS = 15_000
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 30_000
// How much later than the server this side gives up: then the server itself is silent.
const SILENCE_MS = 5_000

/**
 * A pool of connections; none is opened before the first query. A bigint of SQL is a `bigint`, a date is
 * the text 'YYYY-MM-DD', a timestamptz is a `Date`. Of several hosts in the address, the primary is taken.
 * Whoever calls ends the pool.
 */
export function connect(url: string, options: ConnectOptions = {}): Sql {
  const hosts = hostUrls(url)
  const max = options.max ?? POOL_MAX_CONNECTIONS
  const statementTimeoutMs = options.statementTimeoutMs ?? STATEMENT_TIMEOUT_MS
  const several = hosts.length > 1 ? primaryOf(hosts) : undefined
  const types = { bigint: postgres.BigInt, day, json }
  const name = options.applicationName ?? 'twiza'
  const settings = {
    connect_timeout: options.connectTimeoutS ?? CONNECT_TIMEOUT_S,
    backoff: () => RECONNECT_WAIT_S,
    onnotice: () => undefined,
    ...several,
    ...(options.standbyOnly ? { target_session_attrs: 'standby' as const } : {}),
    connection: {
      application_name: name,
      statement_timeout: statementTimeoutMs,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
      TimeZone: 'UTC',
    },
  }
  const address = hosts[0] ?? url
  const openOne = (ownName: string, onclose: () => void, more?: { connect_timeout: number }) =>
    postgres(address, {
      ...settings,
      ...more,
      connection: { ...settings.connection, application_name: ownName },
      max: 1,
      // It would end between two statements of a transaction.
      max_lifetime: null,
      // The library asks for them on each new connection, and a failure of that question ends the process.
      fetch_types: false,
      types: { ...types, ...arrays },
      onclose: () => {
        several?.onclose()
        onclose()
      },
    }) as unknown as Sql
  const open = (onclose: () => void) => {
    const ownName = `${name} #${randomUUID()}`
    const another = () =>
      openOne(`${name} ends`, () => several?.onclose(), { connect_timeout: END_TIMEOUT_S })
    return { sql: openOne(ownName, onclose), endBackend: () => endBackend(another, ownName) }
  }
  const pool = postgres(address, { ...settings, max, types }) as unknown as Sql
  const answerTimeoutMs = statementTimeoutMs === 0 ? 0 : statementTimeoutMs + SILENCE_MS
  return withLeases(pool, { max, open, answerTimeoutMs })
}

const DATE_OID = 1082

// A day belongs to a place, a Date to an instant: turning one into the other would shift it.
const day = {
  to: DATE_OID,
  from: [DATE_OID],
  serialize: (value: string) => value,
  parse: (value: string) => value,
}

const JSON_OID = 114
const JSONB_OID = 3802

// Kysely hands JSON over as text: writing it once more would store a string where an object is meant.
const json = {
  to: JSON_OID,
  from: [JSON_OID, JSONB_OID],
  serialize: (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value)),
  parse: (text: string) => JSON.parse(text),
}
