/** Work that the passing of time alone calls for. It must be safe while another process does the same. */
export interface TimedWork {
  readonly name: string
  run(): Promise<unknown>
}

/** The timer, as a parameter so that tests need not wait. */
export interface Timer {
  /** Calls back once after `delayMs`; the answer takes it back. */
  after(delayMs: number, callback: () => void): () => void
}

export interface ClockOptions {
  readonly works: readonly TimedWork[]
  readonly everyMs?: number
  readonly timer?: Timer
  /** Told of a work that failed; the clock goes on. */
  readonly report: (name: string, error: unknown) => void
}

export interface Clock {
  /** No round begins any more; resolves when the one under way is over. */
  stop(): Promise<void>
}

const EVERY_MS = 1000

/** Does every work once at each tick, one after the other. A round that takes longer delays the next one. */
export function startClock({ works, everyMs = EVERY_MS, timer = systemTimer, report }: ClockOptions): Clock {
  let stopped = false
  let underWay: Promise<void> = Promise.resolve()
  const round = async () => {
    for (const work of works) {
      if (stopped) return
      await work.run().catch((error: unknown) => report(work.name, error))
    }
  }
  const schedule = (): (() => void) =>
    timer.after(everyMs, () => {
      underWay = round().then(() => {
        if (!stopped) cancel = schedule()
      })
    })
  let cancel = schedule()
  return {
    async stop() {
      stopped = true
      cancel()
      await underWay
    },
  }
}

const systemTimer: Timer = {
  after(delayMs, callback) {
    const handle = setTimeout(callback, delayMs)
    return () => clearTimeout(handle)
  },
}
