/** Why money is due back. Each has a sentence in the catalogues (`organiser.refund_reason.NAME`). */
export const REFUND_REASONS = ['paid_twice', 'order_cancelled', 'no_coupon_left'] as const

export type RefundReason = (typeof REFUND_REASONS)[number]
