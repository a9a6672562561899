import type { Lang } from '../../domain/lang.ts'
import type { RecordAnswer } from '../../domain/sale-record.ts'

/** A contributor's details, as typed; they travel beside the record, unsigned. */
export interface ContributorDetails {
  readonly name: string
  readonly anonymous: boolean
  readonly email: string
  readonly phone: string
  readonly lang: Lang
  readonly word: string
}

/** One record in the queue of a phone. */
export interface OutboxEntry {
  readonly id: string
  readonly sequence: number
  readonly payload: string
  readonly hash: string
  readonly signature: string
  /** Null once the server holds them: no data of people stays longer than needed. */
  readonly contributor: ContributorDetails | null
  /** By the phone's clock. */
  readonly keptAtMs: number
  /** Null while it waits to be sent. */
  readonly answer: RecordAnswer | null
}

/** What is always visible: how much waits, since when, and what a person has to look at. */
export interface OutboxSummary {
  readonly unsent: number
  readonly oldestMs: number
  readonly conflicts: readonly OutboxEntry[]
}

export function unsentOf(entries: readonly OutboxEntry[]): OutboxEntry[] {
  return entries.filter(({ answer }) => answer === null).toSorted((a, b) => a.sequence - b.sequence)
}

/** `oldestMs` is never below 0, whatever was done to the clock. */
export function summaryOf(entries: readonly OutboxEntry[], now: Date): OutboxSummary {
  const unsent = unsentOf(entries)
  const since = Math.min(now.getTime(), ...unsent.map(({ keptAtMs }) => keptAtMs))
  return { unsent: unsent.length, oldestMs: now.getTime() - since, conflicts: entries.filter(isConflict) }
}

/** The entry with its answer; one that the server has keeps nothing of the contributor. The first answer stays. */
export function answered(entry: OutboxEntry, answer: RecordAnswer): OutboxEntry {
  if (entry.answer !== null) return entry
  const { contributor, ...rest } = entry
  return { ...rest, answer, contributor: NOT_KEPT.includes(answer) ? contributor : null }
}

// The server kept nothing of these.
const NOT_KEPT: readonly RecordAnswer[] = ['record_refused', 'record_unreadable', 'signature_wrong']

function isConflict({ answer }: OutboxEntry): boolean {
  return answer !== null && answer !== 'stored' && answer !== 'already_stored'
}
