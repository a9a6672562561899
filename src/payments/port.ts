import type { Lang } from '../domain/lang.ts'
import type { Money } from '../domain/money.ts'

/** One attempt to pay one order. */
export interface PaymentRequest {
  readonly collectiveId: string
  readonly paymentId: string
  readonly amount: Money
  /** Where the contributor's browser comes back to; never a proof of anything. */
  readonly returnUrl: string
  readonly lang: Lang
}

/** What a provider says of a payment, once its signature has been checked. */
export interface ProviderMessage {
  readonly provider: string
  readonly collectiveId: string
  readonly paymentId: string
  /** The provider's own id of the message: remembered for ever. */
  readonly eventId: string
  readonly outcome: 'paid' | 'declined'
  readonly amountMinor: bigint
  readonly currency: string
}

export type CallbackReading =
  | { readonly ok: true; readonly message: ProviderMessage }
  | { readonly ok: false; readonly status: 'signature_missing' | 'signature_wrong' | 'too_old' | 'malformed' }

/** The contract that every provider passes (`test/contract/payment-provider.ts`). */
export interface PaymentProvider {
  readonly name: string
  /** The address of the page to pay on. The same payment again gives the same page, and no second charge. */
  start(request: PaymentRequest): Promise<{ url: string }>
  /** Checks the signature first and everything else after; throws for nothing that a stranger can send. */
  readCallback(headers: Headers, body: string, now: Date): CallbackReading
}

/**
 * What became of a message. `paid`: the coupons are given. `refund_due`: the money came, no coupon was left or
 * the order was over. `exists`: this message was known. `already_paid`: a later word about a paid payment.
 */
export type SettleOutcome =
  | 'paid'
  | 'declined'
  | 'refund_due'
  | 'exists'
  | 'already_paid'
  | 'wrong_amount'
  | 'payment_unknown'

/** A bank transfer that an organiser saw on the association's account. */
export interface SeenTransfer {
  readonly paymentId: string
  readonly orderId: string
  readonly amountMinor: bigint
  readonly now: Date
  /** The local day in the collective's zone. */
  readonly today: string
  /** Who saw it, as `user:ID`. */
  readonly actor: string
}

export type ReceiveOutcome =
  | 'paid'
  | 'refund_due'
  | 'exists'
  | 'exists_with_different_order'
  | 'already_received'
  | 'order_unknown'
  | 'not_a_transfer'
  | 'wrong_amount'

/** A card provider's payout that an organiser saw on the association's account. */
export interface SeenPayout {
  readonly provider: string
  readonly paymentIds: readonly string[]
  readonly now: Date
  /** The local day of arrival in the collective's zone. */
  readonly day: string
  readonly actor: string
}
