import type { Lang } from '../../src/domain/lang.ts'

/** A text in every language of the demonstration: one left out does not compile. */
export type Said = Readonly<Record<Lang, string>>
