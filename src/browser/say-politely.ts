import { formatNumber } from '../domain/digits.ts'
import type { Lang } from '../domain/lang.ts'
import type { LiveProgress } from '../domain/live-progress.ts'

const SAY_EVERY_MS = 15_000

/** Announces the newest state in the words of `data-live-say`, at most once in a while. */
export function sayPolitely(place: HTMLElement | null): (message: LiveProgress) => void {
  let newest: LiveProgress | undefined
  let isResting = false
  const speak = () => {
    isResting = newest !== undefined
    if (!place || !newest) return
    const { given, goal } = newest
    const lang = place.ownerDocument.documentElement.lang as Lang
    place.textContent = place.dataset
      .liveSay!.replace('{given}', formatNumber(given, lang))
      .replace('{goal}', formatNumber(goal, lang))
    newest = undefined
    setTimeout(speak, SAY_EVERY_MS)
  }
  return (message) => {
    newest = message
    if (!isResting) speak()
  }
}
