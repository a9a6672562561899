import type { LoadResult } from './load.ts'

/** Counts answers and keeps how long they took. */
export interface Tally {
  /** An answer to a request that should have been sent at `intendedAt`; `problem` says what is wrong with it. */
  count(status: number, problem: string | undefined, intendedAt: number): void
  blame(problem: string, times?: number): void
  result(): LoadResult
}

const MAX_LATENCIES = 2_000_000
const REFUSED = 503

/** Only what is both sent and answered between the two times is measured; all is counted. */
export function startTally(startAt: number, endAt: number): Tally {
  const latencies = new Float64Array(MAX_LATENCIES)
  const wrong: Record<string, number> = {}
  let measured = 0
  let right = 0
  let refused = 0
  const blame = (problem: string, times = 1) => {
    if (times > 0) wrong[problem] = (wrong[problem] ?? 0) + times
  }
  return {
    blame,
    count(status, problem, intendedAt) {
      const now = performance.now()
      if (status === REFUSED) refused += 1
      else if (problem !== undefined) blame(problem)
      else {
        right += 1
        if (intendedAt >= startAt && now <= endAt) latencies[measured++ % MAX_LATENCIES] = now - intendedAt
      }
    },
    result() {
      const sorted = latencies.subarray(0, Math.min(measured, MAX_LATENCIES)).sort()
      const at = (share: number) =>
        sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
      const perSecond = (1000 * measured) / (endAt - startAt)
      return { perSecond, right, refused, wrong, p50Ms: at(0.5), p99Ms: at(0.99) }
    },
  }
}
