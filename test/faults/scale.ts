import { seedOfRun } from '../support/random.ts'

/** `FAULTS=full` runs the figures of the design; otherwise a part of them that every push can afford. */
const IS_FULL = process.env.FAULTS === 'full'

/** The seed of this run; it stands in the title of each test, and `SEED=` replays it. */
export const SEED = seedOfRun()

export function scale(quick: number, full: number): number {
  return IS_FULL ? full : quick
}
