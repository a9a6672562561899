import type { Services } from '../db/services.ts'
import type { Assets } from '../web/assets.ts'
import type { SignIn } from './auth.ts'

/** What the pages of people who are signed in need from the composition root. */
export interface PeopleServices extends Services {
  readonly assets: Assets
  readonly signIn: SignIn
  /** 32 bytes that no database holds: a code of six digits could be guessed from a plain hash. */
  readonly codeKey: Buffer
  /** Whether mail that waits is shown: only in a demonstration on one's own machine. */
  readonly mailbox: boolean
}
