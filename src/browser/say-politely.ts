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
    place.textContent = place.dataset
      .liveSay!.replace('{given}', String(given))
      .replace('{goal}', String(goal))
    newest = undefined
    setTimeout(speak, SAY_EVERY_MS)
  }
  return (message) => {
    newest = message
    if (!isResting) speak()
  }
}
