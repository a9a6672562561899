import type { Database } from '../db/database.ts'
import type { Kept } from '../kept/kept.ts'
import type { OrderServices } from '../orders/services.ts'
import type { SignIn } from '../people/auth.ts'
import type { Assets } from '../web/assets.ts'

/** What the API needs from the composition root. */
export interface ApiServices extends OrderServices {
  readonly kept: Kept
  /** Whoever an app's cookies name. */
  readonly signIn: SignIn
  /** The database by connections of its own, for what must answer while all others are taken; else they share. */
  readonly reservedDb?: Database
  /** For the readable page. */
  readonly assets: Assets
}
