import type { Lang } from '../domain/lang.ts'
import type { T } from '../i18n/translator.ts'
import type { FieldErrors } from '../web/error-summary.tsx'
import type { OrderView } from './read-order-view.ts'
import type { OrderPageServices } from './services.ts'

/** What every page of an order is made from. */
export interface OrderPageProps extends OrderView {
  readonly services: OrderPageServices
  readonly lang: Lang
  readonly t: T
  readonly now: Date
  /** How often the waiting page has refreshed itself. */
  readonly refreshed: number
  /** What was typed in the offer to become an ambassador, when it was refused. */
  readonly proposal?: { readonly values: { name: string; contact: string }; readonly errors: FieldErrors }
}
