import type { Lang } from '../domain/lang.ts'
import { translator } from '../i18n/translator.ts'
import type { WishError } from '../orders/take-order.ts'
import type { FieldProblem } from '../web/problem.ts'

/** A body of 16 KB can name thousands of unknown fields; the answer stays small. */
const MAX_ENTRIES = 50

/** One entry a field, the first rule it broke, with a sentence. */
export function fieldProblems(errors: readonly WishError[], lang: Lang): FieldProblem[] {
  const t = translator(lang)
  const first = new Map<string, WishError>()
  for (const error of errors) if (!first.has(error.field)) first.set(error.field, error)
  return [...first.values()]
    .slice(0, MAX_ENTRIES)
    .map(({ field, code }) => ({ field, code, message: t(`api.wrong_${code}`) }))
}
