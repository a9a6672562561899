import type { OrderFacts } from '../domain/order.ts'
import { orderAction } from '../domain/order.ts'
import { MAX_ATTEMPTS } from './pay-again.ts'

/** Which page an order has now. There is one for every state: back button, double click, too late. */
export type OrderStage =
  | 'thanks'
  | 'transfer'
  | 'waiting'
  | 'declined'
  | 'too_many_attempts'
  | 'expired'
  | 'cancelled'
  | 'refunded'

/** A reservation whose time is over counts as expired, whether or not its numbers have been freed yet. */
export function orderStage(
  order: Pick<OrderFacts, 'status' | 'method' | 'payment' | 'expiresAt'>,
  now: Date,
): OrderStage {
  const action = orderAction(order)
  if (action === 'thank') return 'thanks'
  if (action === 'start_again') return order.status as 'expired' | 'cancelled' | 'refunded'
  if (order.expiresAt <= now) return 'expired'
  if (action === 'show_account') return 'transfer'
  if (action === 'wait') return 'waiting'
  return (order.payment?.attempt ?? 0) >= MAX_ATTEMPTS ? 'too_many_attempts' : 'declined'
}
