import type { Database } from '../db/database.ts'
import type { Scope, Subject, Version, Watch } from './watch.ts'

/** What was made of the facts of a version. */
export interface Made<Value> {
  readonly value: Value
  /** About how much memory it takes. */
  readonly bytes: number
  /** From this instant on it would be made otherwise although no fact has changed, such as midnight. */
  readonly until?: Date
}

/** Makes it from the facts that `from` holds, as they are at `now`; undefined when there is no such thing. */
export type Make<Value> = (from: Database, now: Date) => Promise<Made<Value> | undefined>

export interface KeeperOptions {
  readonly watch: Watch
  readonly monotonic: () => number
  readonly now: () => Date
  readonly db: Database
  /** Where the facts of a version may be read: `db`, or a copy of it. */
  readonly source: (subject: Subject, version: Version) => Promise<Database>
  /** How old the proof of a version may be; 0 asks before each use. */
  readonly maxAgeMs?: number
  readonly maxBytes?: number
}

/** Things made once for each version of what they depend on, in a bounded piece of memory. */
export interface Keeper {
  /**
   * The thing under this name as it is now: the kept one if its version is proven to be the newest. `ageMs` is how
   * old the proof may be; 0 sees everything that was committed before.
   */
  get<Value>(name: string, subject: Subject, make: Make<Value>, ageMs?: number): Promise<Value | undefined>
  /**
   * The kept thing if it may be used without asking anybody. A newer one may be on its way: then the old one
   * is used until its proof is too old.
   */
  at(name: string): unknown
  /** Whether something is kept under this name, of whatever version. */
  has(name: string): boolean
  readonly bytes: number
}

/** Less than the second within which every reader sees a change. */
const MAX_AGE_MS = 900
/** Making a thing again takes time, and changes may come with every question: it begins well before it must. */
const RENEW_AFTER_MS = 400
const MAX_BYTES = 64 * 1024 * 1024
/** What an entry takes besides the thing itself. */
const ENTRY_BYTES = 500

interface Entry {
  readonly name: string
  readonly subject: Subject
  readonly make: Make<unknown>
  readonly made: Made<unknown>
  readonly fromMs: number
  readonly untilMs: number
  version: Version
  scope: Scope
  isUsed: boolean
}

interface Work {
  readonly version: Version
  readonly done: Promise<Entry | undefined>
  next?: Promise<Entry | undefined>
}

export function openKeeper(options: KeeperOptions): Keeper {
  const { watch, monotonic, now, db, source, maxAgeMs = MAX_AGE_MS, maxBytes = MAX_BYTES } = options
  const entries = new Map<string, Entry>()
  const works = new Map<string, Work>()
  let bytes = 0

  async function current(
    name: string,
    subject: Subject,
    make: Make<unknown>,
    ageMs: number,
  ): Promise<Entry | undefined> {
    const scope = await watch.prove(subject, monotonic() - ageMs)
    const { version } = scope
    const kept = entries.get(name)
    if (kept && isSame(kept.version, version) && isInTime(kept)) {
      Object.assign(kept, { version, scope, isUsed: true })
      return kept
    }
    const work = works.get(name)
    if (!work) return begin(name, subject, scope, make)
    if (work.version === version) return work.done
    // One at a time: the next one begins with whatever is newest then, so that all who come meanwhile share it.
    work.next ??= work.done.catch(() => undefined).then(() => begin(name, subject, scope, make))
    return work.next
  }

  function begin(name: string, subject: Subject, scope: Scope, make: Make<unknown>) {
    const version = scope.version as Version
    const done = work(name, subject, scope, version, make)
    const one: Work = { version, done }
    works.set(name, one)
    const isOver = () => works.get(name) === one && works.delete(name)
    done.then(isOver, isOver)
    return done
  }

  async function work(name: string, subject: Subject, scope: Scope, version: Version, make: Make<unknown>) {
    const from = await source(subject, version)
    const at = now()
    const made = await make(from, at).catch((error) => {
      if (from === db) throw error
      return make(db, at)
    })
    forget(name)
    if (!made) return undefined
    const untilMs = made.until?.getTime() ?? Number.POSITIVE_INFINITY
    const times = { fromMs: at.getTime(), untilMs }
    const entry: Entry = { name, subject, make, made, ...times, version, scope, isUsed: false }
    entries.set(name, entry)
    bytes += made.bytes + ENTRY_BYTES
    makeRoom()
    return entry
  }

  function forget(name: string): void {
    const entry = entries.get(name)
    if (!entry) return
    entries.delete(name)
    bytes -= entry.made.bytes + ENTRY_BYTES
  }

  /** The oldest goes first; one that was used since it was looked at last gets another round. */
  function makeRoom(): void {
    for (const [name, entry] of entries) {
      if (bytes <= maxBytes) return
      if (entry.isUsed) {
        entry.isUsed = false
        entries.delete(name)
        entries.set(name, entry)
      } else forget(name)
    }
  }

  function isInTime({ fromMs, untilMs }: Entry): boolean {
    const atMs = now().getTime()
    return atMs >= fromMs && atMs < untilMs
  }

  return {
    async get<Value>(name: string, subject: Subject, make: Make<Value>, ageMs = maxAgeMs) {
      const entry = await current(name, subject, make, ageMs)
      return entry?.made.value as Value | undefined
    },
    at(name) {
      const entry = entries.get(name)
      if (!entry) return undefined
      const atMs = monotonic()
      const age = atMs - entry.version.provenAtMs
      if (age >= maxAgeMs || !isInTime(entry)) return undefined
      entry.isUsed = true
      entry.scope.watched.usedAtMs = atMs
      if (age > RENEW_AFTER_MS && entry.version !== entry.scope.version && !works.has(name)) {
        // Who comes once the proof is too old waits for it, and hears of its failure.
        begin(name, entry.subject, entry.scope, entry.make).catch(() => undefined)
      }
      return entry.made.value
    },
    has: (name) => entries.has(name),
    get bytes() {
      return bytes
    },
  }
}

function isSame(one: Version, other: Version): boolean {
  return one === other || (one.revision === other.revision && one.position === other.position)
}
