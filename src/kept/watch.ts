import type { Versions } from './versions.ts'

/** What a kept thing depends on: one campaign, all campaigns of a collective, or neither but the collective. */
export interface Subject {
  readonly collectiveId: string
  /** The id of a campaign; `all` for the numbers of every one; left out for what orders do not change. */
  readonly campaign?: string
}

/** The version of a subject. The same object as long as nothing changes, so that comparing costs nothing. */
export interface Version {
  readonly revision: bigint
  readonly position: bigint
  /** Start of the newest query that proved it, on the monotonic clock: it was true then, or later. */
  provenAtMs: number
}

/** Where the newest version of a subject is found without waiting. */
export interface Scope {
  /** Whoever uses what he finds says so here: what nobody uses is not watched for long. */
  readonly watched: { usedAtMs: number }
  readonly version: Version | undefined
}

export interface Watch {
  /** The version of a subject, proven by a query that began after `sinceMs`; asks unless it is known. */
  prove(subject: Subject, sinceMs: number): Promise<Scope & { readonly version: Version }>
  /** Watches a subject until the function that it returns is called; `onChange` is told of each new version. */
  follow(subject: Subject, onChange: () => void): () => void
  close(): void
}

export interface WatchOptions {
  readonly read: (ids: readonly string[]) => Promise<ReadonlyMap<string, Versions>>
  /** Milliseconds of a clock that never goes back. */
  readonly monotonic: () => number
  /** Least time between two questions that nobody waits for. */
  readonly pauseMs?: number
  /** How long a collective is watched after somebody has used something of it. */
  readonly idleMs?: number
  readonly maxWatched?: number
}

const PAUSE_MS = 250
const IDLE_MS = 10_000
const MAX_WATCHED = 1000
/** A question that takes longer is given up: its connection may be one that will never answer. */
const ASK_TIMEOUT_MS = 2000

interface Watched {
  readonly id: string
  usedAtMs: number
  provenAtMs: number
  versions: Versions | undefined
  readonly scopes: Map<string, OpenScope>
  readonly followers: Map<() => void, OpenScope>
}

interface OpenScope {
  readonly watched: Watched
  readonly campaign: string | undefined
  version: Version | undefined
}

/**
 * Asks for the versions of all that is looked at: one query, at most every 250 ms, and none when nobody looks.
 * A question that fails proves nothing and is asked again.
 */
export function openWatch(options: WatchOptions): Watch {
  const { read, monotonic, pauseMs = PAUSE_MS, idleMs = IDLE_MS, maxWatched = MAX_WATCHED } = options
  const places = new Map<string, Watched>()
  let asking: Question | undefined
  let next: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined
  let isClosed = false

  function scopeOf({ collectiveId, campaign }: Subject): OpenScope {
    const watched = places.get(collectiveId) ?? newWatched(collectiveId)
    watched.usedAtMs = monotonic()
    // Back to the end of the row: the first is the one that was not used for the longest time.
    places.delete(collectiveId)
    places.set(collectiveId, watched)
    const scope = watched.scopes.get(campaign ?? '') ?? { watched, campaign, version: undefined }
    watched.scopes.set(campaign ?? '', scope)
    bringUpToDate(scope)
    return scope
  }

  function ask(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    const startedAtMs = monotonic()
    const asked = new Set(places.values())
    const answer = withinTime(read(Array.from(asked, ({ id }) => id)))
    const done = answer.then((versions) => {
      for (const watched of asked) take(watched, versions.get(watched.id) ?? NOTHING, startedAtMs)
    })
    const over = done.finally(() => {
      asking = undefined
      // Whoever needs a younger proof begins the next question before the timer could.
      if (!next) schedule(startedAtMs)
    })
    // Who waits for it hears of its failure; when nobody does it is no fault of anybody.
    over.catch(() => undefined)
    asking = { startedAtMs, asked, over }
    return over
  }

  /** The question after the one under way, shared by all who need it. */
  function askNext(): Promise<void> {
    // First: between two questions there is none under way, and the next one has been promised already.
    if (next) return next
    if (!asking) return ask()
    next = asking.over
      .catch(() => undefined)
      .then(() => {
        next = undefined
        return ask()
      })
    return next
  }

  function schedule(lastStartMs: number): void {
    forgetIdle()
    if (isClosed || timer || places.size === 0) return
    const waitMs = Math.max(0, lastStartMs + pauseMs - monotonic())
    timer = setTimeout(() => {
      timer = undefined
      if (!asking) ask()
    }, waitMs).unref()
  }

  function forgetIdle(): void {
    const before = monotonic() - idleMs
    for (const [id, { followers, usedAtMs }] of places) {
      if (followers.size === 0 && (usedAtMs <= before || places.size > maxWatched)) places.delete(id)
    }
  }

  return {
    async prove(subject, sinceMs) {
      const scope = scopeOf(subject)
      const { watched } = scope
      if (watched.provenAtMs <= sinceMs) {
        const isCovered = asking && asking.startedAtMs > sinceMs && asking.asked.has(watched)
        await (isCovered ? asking?.over : askNext())
      }
      if (!scope.version) throw new Error('a question that was answered left no version')
      return scope as OpenScope & { version: Version }
    },
    follow(subject, onChange) {
      const scope = scopeOf(subject)
      scope.watched.followers.set(onChange, scope)
      if (!asking) schedule(monotonic() - pauseMs)
      return () => {
        scope.watched.followers.delete(onChange)
      }
    },
    close() {
      isClosed = true
      clearTimeout(timer)
      places.clear()
    },
  }
}

interface Question {
  readonly startedAtMs: number
  readonly asked: ReadonlySet<Watched>
  readonly over: Promise<void>
}

const NOTHING: Versions = { revision: 0n, positions: new Map() }

function newWatched(id: string): Watched {
  const never = { usedAtMs: 0, provenAtMs: Number.NEGATIVE_INFINITY, versions: undefined }
  return { id, ...never, scopes: new Map(), followers: new Map() }
}

function take(watched: Watched, versions: Versions, provenAtMs: number): void {
  watched.versions = versions
  watched.provenAtMs = provenAtMs
  const before = new Map(Array.from(watched.scopes.values(), (scope) => [scope, scope.version]))
  for (const scope of before.keys()) bringUpToDate(scope)
  for (const [onChange, scope] of watched.followers) if (scope.version !== before.get(scope)) onChange()
}

function bringUpToDate(scope: OpenScope): void {
  const { versions, provenAtMs } = scope.watched
  if (!versions) return
  const { revision } = versions
  const position = positionOf(versions, scope.campaign)
  const known = scope.version
  if (known && known.revision === revision && known.position === position) known.provenAtMs = provenAtMs
  else scope.version = { revision, position, provenAtMs }
}

/** How far the campaigns of a subject have come; 0 when it does not depend on their numbers. */
export function positionOf({ positions }: Versions, campaign: string | undefined): bigint {
  if (campaign === undefined) return 0n
  if (campaign !== 'all') return positions.get(campaign) ?? -1n
  // None ever goes back, so the same sum says that none has moved.
  let sum = 0n
  for (const position of positions.values()) sum += position
  return sum
}

/** Fails as a database that is away does, when there is no answer in time. */
async function withinTime<Answer>(answer: Promise<Answer>): Promise<Answer> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const tooLate = () => reject(Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' }))
  const timer = setTimeout(tooLate, ASK_TIMEOUT_MS)
  return await Promise.race([answer, late]).finally(() => clearTimeout(timer))
}
