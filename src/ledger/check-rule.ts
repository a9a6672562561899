import type { RawBuilder } from 'kysely'

/** One thing that must hold. Its query gives a sentence for each row for which it does not. */
export interface Rule {
  readonly name: string
  query(collectiveId: string): RawBuilder<{ sentence: string }>
}

export interface Violation {
  readonly rule: string
  readonly sentence: string
}

/** A broken rule can be broken a million times; the first of them are enough to start looking. */
export const MAX_VIOLATIONS_PER_RULE = 1000
