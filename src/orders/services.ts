import type { Services } from '../db/services.ts'
import type { Kept } from '../kept/kept.ts'
import type { PaymentProvider } from '../payments/port.ts'
import type { Assets } from '../web/assets.ts'
import type { OrderGatherer } from './gather-orders.ts'

/** What taking coupons needs from the composition root. */
export interface OrderServices extends Services {
  readonly gatherer: OrderGatherer
  /** Absent when the installation takes no cards. */
  readonly card: PaymentProvider | undefined
  readonly cardMinutes: number
  readonly transferDays: number
}

/** What the pages of orders need besides. */
export interface OrderPageServices extends OrderServices {
  readonly kept: Kept
  readonly assets: Assets
  /** Whether this installation only shows what Twiza does: no money moves. */
  readonly trial: boolean
}
