import type { Services } from '../db/services.ts'
import type { Assets } from '../web/assets.ts'
import type { SignIn } from './auth.ts'

/** What the pages of people who are signed in need from the composition root. */
export interface PeopleServices extends Services {
  readonly assets: Assets
  readonly signIn: SignIn
}
