import postgres, { type Sql as PlainSql, type ReservedSql } from 'postgres'

type Sql = PlainSql<{ bigint: bigint }>
type Lease = ReservedSql<{ bigint: bigint }>

/** A pool of one connection. */
export interface Place {
  readonly sql: Sql
  /** Makes sure that the server does nothing more for it; never rejects. */
  readonly endBackend: () => Promise<void>
}

export interface LeaseOptions {
  /** Connections at once. */
  readonly max: number
  /** Opens a place, which tells when its connection is closed. */
  readonly open: (onclose: () => void) => Place
  /** How long an answer may take before the connection counts as dead; 0 for ever. */
  readonly answerTimeoutMs: number
}

interface Slot extends Place {
  isBroken: boolean
  /** Refuse who still waits when the connection is closed: the library forgets a query that comes just before. */
  readonly waiting: Set<(error: Error) => void>
}

/** Whoever lifts the server's limit for a long reading lifts the one on this side as well. */
const LIFTS_LIMIT = 'statement_timeout'

/**
 * Gives a pool of postgres.js another `reserve()`, on which every query of the application stands. The library's own
 * (3.4.9) never answers again when a connection breaks while somebody waits for one, and loses the connection's place
 * for good (github.com/porsager/postgres, issues 1195 and 1199); nor does it notice a server that falls silent. Here
 * each place is a pool of one connection, held by one at a time and thrown away once it has broken. Nobody is told that
 * an answer is lost before the server has let go of the question: what is asked again then meets one of two states.
 */
export function withLeases(pool: Sql, { max, open, answerTimeoutMs }: LeaseOptions): Sql {
  const slots = new Set<Slot>()
  const idle: Slot[] = []
  const waiting: { resolve: (lease: Lease) => void; reject: (error: Error) => void }[] = []
  const endPool = pool.end
  let isEnded = false

  function addSlot(): Slot {
    const onclose = () => {
      slot.isBroken = true
      for (const reject of slot.waiting) reject(failure('CONNECTION_CLOSED'))
      const at = idle.indexOf(slot)
      if (at >= 0) idle.splice(at, 1)
      if (at >= 0) discard(slot)
    }
    const slot: Slot = { ...open(onclose), isBroken: false, waiting: new Set() }
    slots.add(slot)
    return slot
  }

  function discard(slot: Slot): void {
    slots.delete(slot)
    void slot.sql.end({ timeout: 0 })
  }

  function release(slot: Slot): void {
    if (slot.isBroken || isEnded) discard(slot)
    const next = waiting.shift()
    if (next) next.resolve(leaseOf(slots.has(slot) ? slot : addSlot()))
    else if (slots.has(slot)) idle.push(slot)
  }

  function leaseOf(slot: Slot): Lease {
    let limitMs = answerTimeoutMs
    const guarded = () => {
      if (slot.isBroken) throw failure('CONNECTION_CLOSED')
      return slot.sql
    }
    const ask = (...words: Parameters<Sql['unsafe']>) => {
      if (words[0].includes(LIFTS_LIMIT)) limitMs = 0
      const query = guarded().unsafe(...words)
      // Without options it is not complete yet: whoever asks may still make it `simple()`.
      return words[2] === undefined ? query : answered(query, slot, limitMs)
    }
    const unsafe = (...words: Parameters<Sql['unsafe']>) =>
      words[0] === 'rollback' ? rolledBack(async () => ask(...words), slot) : ask(...words)
    let isHeld = true
    const giveBack = () => {
      if (isHeld) release(slot)
      isHeld = false
    }
    return new Proxy(slot.sql, {
      apply: (_sql, _self, words: Parameters<Sql>) => guarded()(...words),
      get: (sql, name) =>
        name === 'unsafe' ? unsafe : name === 'release' ? giveBack : Reflect.get(sql, name),
    }) as unknown as Lease
  }

  return Object.assign(pool, {
    async reserve(): Promise<Lease> {
      if (isEnded) throw failure('CONNECTION_ENDED')
      const free = idle.shift() ?? (slots.size < max ? addSlot() : undefined)
      if (free) return leaseOf(free)
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }))
    },
    async end(options?: { timeout?: number }): Promise<void> {
      isEnded = true
      for (const { reject } of waiting.splice(0)) reject(failure('CONNECTION_ENDED'))
      await Promise.all([...slots].map(({ sql, isBroken }) => sql.end(isBroken ? { timeout: 0 } : options)))
      await endPool(options)
    },
  })
}

/** With its connection a transaction is rolled back in any case, and the failure before this one is what counts. */
function rolledBack(rollback: () => Promise<unknown>, slot: Slot): Promise<unknown> {
  return rollback().catch((error: unknown) => {
    if (slot.isBroken) return Object.assign([], { command: 'ROLLBACK', count: 0 })
    throw error
  })
}

async function answered<Result>(query: Promise<Result>, slot: Slot, limitMs: number): Promise<Result> {
  const { promise: inVain, reject } = Promise.withResolvers<never>()
  slot.waiting.add(reject)
  const timer = limitMs > 0 ? setTimeout(() => reject(failure('ETIMEDOUT')), limitMs) : undefined
  try {
    return await Promise.race([query, inVain])
  } catch (error) {
    // Known here before the library tells that the connection is closed: nobody else may get it in between.
    const isBreaking = isLost(error)
    slot.isBroken ||= isBreaking
    // What came from the server itself came from a backend that has ended, or that never takes a statement.
    if (isBreaking && !(error instanceof postgres.PostgresError)) await slot.endBackend()
    throw error
  } finally {
    clearTimeout(timer)
    slot.waiting.delete(reject)
  }
}

/** Whether the connection is of no more use; a statement that was refused or given up leaves it as it was. */
function isLost(error: unknown): boolean {
  if (!(error instanceof postgres.PostgresError)) return true
  return /^(?:08|57P|25006)/.test(error.code)
}

function failure(code: string): Error {
  return Object.assign(new Error(`the connection to the database is of no use: ${code}`), { code })
}
