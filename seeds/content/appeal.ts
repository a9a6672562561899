import type { Lang } from '../../src/domain/lang.ts'
import type { Dream } from '../../src/organisers/dream.ts'
import type { Said } from './said.ts'

/** News of a campaign, on a day counted from its first (1 is the first), or once so many coupons are given. */
export interface SeededNews {
  readonly when: { readonly day: number; readonly hour: number } | { readonly given: number }
  readonly title: Said
  readonly body: Said
}

/** A word of encouragement; a waiting one has not been read by the organisers yet. */
export interface SeededWord {
  readonly lang: Lang
  readonly name: string | null
  readonly text: string
  readonly waits?: true
}

/** What the association paid for the home, on a day counted from the first of the campaign. */
export interface SeededSpending {
  readonly day: number
  readonly amountMinor: bigint
  readonly purpose: Said
}

/** One campaign of the demonstration as people tell it. */
export interface SeededAppeal {
  readonly slug: string
  readonly dream: Required<Dream>
  readonly news: readonly SeededNews[]
  readonly words: readonly SeededWord[]
  readonly spending: readonly SeededSpending[]
}
