import postgres from 'postgres'

export type Sql = postgres.Sql<{ bigint: bigint }>

export interface ConnectOptions {
  /** The most connections open at once. */
  readonly max?: number
  /** 0 lets a statement take as long as it needs. */
  readonly statementTimeoutMs?: number
  /** What the server's list of connections shows. */
  readonly applicationName?: string
}

const POOL_MAX_CONNECTIONS = 10
const CONNECT_TIMEOUT_S = 10
// The library's own grows to 20 s: whoever asks while the database is away would wait instead of being told.
const RECONNECT_WAIT_S = 0.1
const STATEMENT_TIMEOUT_MS = 15_000
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 30_000

/**
 * A pool of connections; none is opened before the first query. A bigint of SQL is a `bigint`, a date is
 * the text 'YYYY-MM-DD', a timestamptz is a `Date`. Whoever calls ends the pool.
 */
export function connect(url: string, options: ConnectOptions = {}): Sql {
  return postgres(url, {
    max: options.max ?? POOL_MAX_CONNECTIONS,
    connect_timeout: CONNECT_TIMEOUT_S,
    backoff: () => RECONNECT_WAIT_S,
    onnotice: () => undefined,
    connection: {
      application_name: options.applicationName ?? 'twiza',
      statement_timeout: options.statementTimeoutMs ?? STATEMENT_TIMEOUT_MS,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
      TimeZone: 'UTC',
    },
    types: { bigint: postgres.BigInt, day, json },
  }) as unknown as Sql
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
