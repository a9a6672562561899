import { appendFileSync } from 'node:fs'
import { SEED } from './scale.ts'

/** What one fault test counted, by the words that its line of the table shows. */
export type Counts = Readonly<Record<string, number | string>>

/**
 * Hands what a fault test counted to `npm run faults`, which writes it into `docs/RELIABILITY.md`; nothing happens in
 * any other run. `test` is its name in the design: T3. To be called last, when everything has been checked.
 */
export function report(test: string, counts: Counts): void {
  const file = process.env.FAULTS_REPORT
  if (file) appendFileSync(file, `${JSON.stringify({ test, counts, seed: SEED })}\n`)
}

/** The value below which this part of the values lies, rounded: `percentile(0.99, waits)`. */
export function percentile(part: number, values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0)
}
