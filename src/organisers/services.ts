import type { Services } from '../db/services.ts'
import type { Tenant } from '../db/tenant.ts'
import type { ReceiveOutcome, SeenPayout, SeenTransfer } from '../payments/port.ts'
import type { Assets } from '../web/assets.ts'
import type { SignIn } from './auth.ts'

/** What the organisers' pages need from the composition root. */
export interface OrganiserServices extends Services {
  readonly assets: Assets
  readonly signIn: SignIn
  /** `payments/receive-transfer.ts`, handed in because features do not import each other. */
  readonly receiveTransfer: (tenant: Tenant, seen: SeenTransfer) => Promise<ReceiveOutcome>
  /** `payments/settle-payout.ts`; answers how many payments were settled now. */
  readonly settlePayout: (tenant: Tenant, payout: SeenPayout) => Promise<number>
}
