import type { Tenant } from '../db/tenant.ts'
import { newId } from '../domain/id.ts'
import { lockOrder } from './lock-order.ts'

/** Attempts to pay one order by card: beyond it somebody tries cards out. */
export const MAX_ATTEMPTS = 10

export type PaidAgain =
  | 'created'
  | 'exists'
  | 'not_reserved'
  | 'method_unavailable'
  | 'too_many_attempts'
  | 'exists_with_different_order'
  | 'order_unknown'

/** A further attempt to pay; its id is made by the page that offers it, so that twice is once. */
export interface Attempt {
  readonly orderId: string
  readonly paymentId: string
  readonly provider: string
  readonly now: Date
}

/**
 * Opens a new attempt to pay a card order whose last one was declined. `exists`: this attempt, or another one
 * that is not yet decided, stands already: that one is to be paid. `not_reserved`: the order was paid or is over.
 */
export function payAgain(tenant: Tenant, attempt: Attempt): Promise<PaidAgain> {
  return tenant.transaction(async (inside) => {
    const order = await lockOrder(inside, attempt.orderId)
    if (!order) return 'order_unknown'
    if (order.method !== 'card') return 'method_unavailable'
    const known = await inside
      .selectFrom('payment')
      .select('payment.order_id')
      .where('payment.id', '=', attempt.paymentId)
      .executeTakeFirst()
    if (known) return known.order_id === order.id ? 'exists' : 'exists_with_different_order'
    if (order.status !== 'reserved' || order.expires_at <= attempt.now) return 'not_reserved'
    const payments = await inside
      .selectFrom('payment')
      .select(['attempt', 'status'])
      .where('payment.order_id', '=', order.id)
      .execute()
    if (payments.some((payment) => payment.status === 'started')) return 'exists'
    if (payments.length >= MAX_ATTEMPTS) return 'too_many_attempts'
    await inside
      .insertInto('payment', {
        id: attempt.paymentId,
        order_id: order.id,
        provider: attempt.provider,
        attempt: 1 + Math.max(0, ...payments.map((payment) => payment.attempt)),
        amount_minor: order.amount_minor,
        currency: order.currency,
        status: 'started',
        created_at: attempt.now,
        ended_at: null,
      })
      .execute()
    await inside
      .insertInto('event', {
        id: newId(),
        campaign_id: order.campaign_id,
        kind: 'payment_started',
        at: attempt.now,
        actor: 'contributor',
        order_id: order.id,
      })
      .execute()
    return 'created'
  })
}
