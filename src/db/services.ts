import type { Database } from './database.ts'

/** What every feature gets from the composition root. */
export interface Services {
  readonly db: Database
  /** The server's clock decides; a parameter so that tests and seeds can set it. */
  readonly now: () => Date
  /** `count` random bytes; a parameter so that tests can replay. */
  readonly random: (count: number) => Uint8Array
  /** Origin of the installation, for absolute addresses, without a final slash. */
  readonly publicUrl: string
}
