import type { PaymentServices } from '../services.ts'
import type { Sandbox } from './sandbox.ts'

export interface SandboxServices extends PaymentServices {
  readonly sandbox: Sandbox
}
