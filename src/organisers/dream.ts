import type { Lang } from '../domain/lang.ts'

/** The story of a campaign in one language. */
export interface DreamText {
  readonly title: string
  readonly summary: string
  readonly story: string
}

/** A story for each language it is told in. */
export type Dream = Partial<Record<Lang, DreamText>>

export const MAX_TITLE_CHARACTERS = 80
export const MAX_SUMMARY_CHARACTERS = 240
export const MAX_STORY_CHARACTERS = 6000
