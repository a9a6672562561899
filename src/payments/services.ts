import type { Services } from '../db/services.ts'
import type { Assets } from '../web/assets.ts'
import type { Sandbox } from './sandbox/sandbox.ts'

/** What the doors of the payment providers need from the composition root. */
export interface PaymentServices extends Services {
  readonly assets: Assets
  /** Absent when cards are not paid by the sandbox. */
  readonly sandbox: Sandbox | undefined
}
