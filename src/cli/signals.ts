/** What the operator's signals ask for. */
export interface StopSignals {
  /** Aborted at the first SIGINT or SIGTERM: finish and stop. */
  readonly stop: AbortSignal
  /** Aborted at a later one: stop without finishing. */
  readonly hurry: AbortSignal
  /** Fulfilled at the first one. */
  readonly asked: Promise<void>
}

// One Ctrl-C can arrive twice: from the terminal, and passed on by npm.
const SAME_WISH_MS = 1_000

/** Listens to SIGINT and SIGTERM for the rest of the process. */
export function listenToSignals(): StopSignals {
  const stop = new AbortController()
  const hurry = new AbortController()
  let firstAt = 0
  const hear = () => {
    if (!stop.signal.aborted) {
      firstAt = performance.now()
      stop.abort()
    } else if (performance.now() - firstAt > SAME_WISH_MS) {
      hurry.abort()
    }
  }
  process.on('SIGINT', hear).on('SIGTERM', hear)
  const asked = new Promise<void>((resolve) => stop.signal.addEventListener('abort', () => resolve()))
  return { stop: stop.signal, hurry: hurry.signal, asked }
}
