import type { Tenant } from '../db/tenant.ts'
import type { ReceiveOutcome, SeenPayout, SeenTransfer } from '../payments/port.ts'
import type { PeopleServices } from '../people/services.ts'

/** What the organisers' pages need from the composition root. */
export interface OrganiserServices extends PeopleServices {
  /** `payments/receive-transfer.ts`, handed in because features do not import each other. */
  readonly receiveTransfer: (tenant: Tenant, seen: SeenTransfer) => Promise<ReceiveOutcome>
  /** `orders/cancel-order.ts`; answers `cancelled` when a reservation was given up by this call. */
  readonly cancelOrder: (tenant: Tenant, orderId: string, now: Date, actor: string) => Promise<string>
  /** `payments/settle-payout.ts`; answers how many payments were settled now. */
  readonly settlePayout: (tenant: Tenant, payout: SeenPayout) => Promise<number>
}
