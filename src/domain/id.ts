import { uuidv7, V7Generator } from 'uuidv7'

const UUID7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i

/** A new UUIDv7 in lower case; those made by one process sort in the order in which they were made. */
export function newId(): string {
  return uuidv7()
}

/** A UUIDv7 dated `now`, for seeds and tests; the same clock and `nextUint32` give the same id again. */
export function newIdAt(now: Date, nextUint32?: () => number): string {
  const generator = new V7Generator(nextUint32 && { nextUint32 })
  return generator.generateOrResetWithTs(now.getTime()).toString()
}

/**
 * True for a UUIDv7 with its dashes, in either case, and for nothing else. Before it is compared or stored
 * an id takes its one spelling by `canonicalId`.
 */
export function isUuid7(value: unknown): value is string {
  return typeof value === 'string' && UUID7.test(value)
}

/** The one spelling of an id: lower case, as `newId` and PostgreSQL write it. */
export function canonicalId(id: string): string {
  return id.toLowerCase()
}
