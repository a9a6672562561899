import type { OrderServices } from '../orders/services.ts'
import type { Assets } from '../web/assets.ts'

/** What the API needs from the composition root. */
export interface ApiServices extends OrderServices {
  /** For the readable page. */
  readonly assets: Assets
}
