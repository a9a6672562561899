import type { Database } from '../db/database.ts'
import type { Versions } from './versions.ts'
import { positionOf, type Subject, type Version } from './watch.ts'

/** A copy of the database that follows it at some distance. */
export interface Replica {
  readonly db: Database
  readonly read: (ids: readonly string[]) => Promise<ReadonlyMap<string, Versions>>
}

/** A copy that does not answer at once is of no use: the database itself would have answered by then. */
const REPLICA_TIMEOUT_MS = 300

/**
 * Where the facts of a version may be read: in the copy if it has come as far as that version, else in the
 * database itself. The copy is asked before the facts are read, so that they are of that version or newer.
 */
export function readingFrom(db: Database, replica?: Replica) {
  return async (subject: Subject, version: Version): Promise<Database> => {
    if (!replica) return db
    const { promise: late, resolve } = Promise.withResolvers<undefined>()
    const timer = setTimeout(resolve, REPLICA_TIMEOUT_MS, undefined)
    const answer = replica.read([subject.collectiveId]).catch(() => undefined)
    const versions = (await Promise.race([answer, late]))?.get(subject.collectiveId)
    clearTimeout(timer)
    const hasCome =
      versions !== undefined &&
      versions.revision >= version.revision &&
      positionOf(versions, subject.campaign) >= version.position
    return hasCome ? replica.db : db
  }
}
