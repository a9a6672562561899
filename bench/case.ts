import type { BenchServer } from './database.ts'
import type { Generator, Load, LoadResult } from './load.ts'
import type { Pgbench } from './pgbench.ts'
import type { RunningServer } from './servers.ts'
import type { Row } from './table.ts'

/** What every case finds ready. */
export interface Bench {
  readonly server: BenchServer
  /** @throws Error when an answer was wrong; those refused with 503 are counted and told with the figures */
  load(load: Load, generator?: Generator): Promise<LoadResult>
  /** @throws Error that says where to get it */
  pgbench(): Pgbench
  readonly rounds: number
  /** How long one measurement takes. */
  readonly seconds: number
  readonly isQuick: boolean
  /** Applications are started for `watching`. */
  readonly isProfiled: boolean
  /** Does the work; with `--profile` shows where the application's time went meanwhile. */
  watching<T>(app: RunningServer, work: () => Promise<T>): Promise<T>
  /** Shows that something goes on. */
  say(line: string): void
}

/** One measured thing, or several that share their servers. */
export interface BenchCase {
  readonly name: string
  run(bench: Bench): Promise<Row[]>
}

/** Does the rounds, one after another, and says each. */
export async function inRounds(
  bench: Pick<Bench, 'rounds' | 'say'>,
  round: (number: number) => Promise<string>,
): Promise<void> {
  for (let number = 1; number <= bench.rounds; number += 1) {
    bench.say(`  round ${number} of ${bench.rounds}: ${await round(number)}`)
  }
}
