/**
 * Time that moves only when everything that the last moment set off is done, so that a run with the same seed happens
 * the same way. Work of a real server counts as part of its moment.
 */
export interface Timeline {
  nowMs(): number
  /** Calls at that moment, or at once when it is past; the answer takes it back. */
  at(ms: number, call: () => void): () => void
  /** Waits for something that really takes time, within the moment. */
  real<Result>(work: Promise<Result>): Promise<Result>
  runUntil(ms: number): Promise<void>
}

interface Moment {
  readonly ms: number
  readonly order: number
  readonly call: () => void
}

export function createTimeline(startMs: number, onMove: (ms: number) => void): Timeline {
  let nowMs = startMs
  let order = 0
  let working = 0
  const waiting = new Set<Moment>()

  const settled = async () => {
    do await new Promise<void>((resolve) => setImmediate(resolve))
    while (working > 0)
  }
  const next = (untilMs: number) => {
    let first: Moment | undefined
    for (const moment of waiting) {
      if (moment.ms > untilMs) continue
      if (!first || moment.ms < first.ms || (moment.ms === first.ms && moment.order < first.order))
        first = moment
    }
    return first
  }
  return {
    nowMs: () => nowMs,
    at(ms, call) {
      const moment = { ms: Math.max(ms, nowMs), order: order++, call }
      waiting.add(moment)
      return () => waiting.delete(moment)
    },
    async real(work) {
      working += 1
      try {
        return await work
      } finally {
        working -= 1
      }
    },
    async runUntil(ms) {
      await settled()
      for (let moment = next(ms); moment; moment = next(ms)) {
        waiting.delete(moment)
        nowMs = moment.ms
        onMove(nowMs)
        moment.call()
        await settled()
      }
      nowMs = ms
      onMove(nowMs)
    },
  }
}
