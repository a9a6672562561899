import type { Tenant } from '../db/tenant.ts'
import { newId } from '../domain/id.ts'
import { lockOrder } from './lock-order.ts'

export type Cancelled = 'cancelled' | 'exists' | 'not_reserved' | 'order_unknown'

/**
 * Gives a reservation up and frees its numbers, in one transaction. `exists`: it was cancelled before.
 * `not_reserved`: it was paid or is over; nothing changes. `actor` is who gave it up: `user:ID` for an organiser.
 */
export function cancelOrder(
  tenant: Tenant,
  orderId: string,
  now: Date,
  actor = 'contributor',
): Promise<Cancelled> {
  return tenant.transaction(async (inside) => {
    const order = await lockOrder(inside, orderId)
    if (!order) return 'order_unknown'
    if (order.status === 'cancelled') return 'exists'
    if (order.status !== 'reserved') return 'not_reserved'
    await inside
      .updateTable('order')
      .set({ status: 'cancelled', ended_at: now })
      .where('order.id', '=', order.id)
      .execute()
    await inside
      .updateTable('coupon')
      .set({ state: 'available', order_id: null })
      .where('coupon.order_id', '=', order.id)
      .where('coupon.state', '=', 'reserved')
      .execute()
    await inside
      .insertInto('event', {
        id: newId(),
        campaign_id: order.campaign_id,
        kind: 'order_cancelled',
        at: now,
        actor,
        order_id: order.id,
      })
      .execute()
    return 'cancelled'
  })
}
