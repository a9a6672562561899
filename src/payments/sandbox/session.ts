import type { Tenant } from '../../db/tenant.ts'
import type { Lang } from '../../domain/lang.ts'
import type { Currency, Money } from '../../domain/money.ts'
import type { PaymentRequest } from '../port.ts'

/** What the sandbox knows of one payment, and what has become of its order meanwhile. */
export interface Session {
  readonly paymentId: string
  readonly amount: Money
  readonly returnUrl: string
  readonly lang: Lang
  readonly status: 'open' | 'paid' | 'declined' | 'abandoned'
  readonly orderStatus: 'reserved' | 'paid' | 'expired' | 'cancelled' | 'refunded'
  readonly expiresAt: Date
}

/** `open`: may be tried, also after a declined or abandoned try. `over`: the order takes no money any more. */
export type SessionState = 'open' | 'paid' | 'over'

export function sessionState(session: Session, now: Date): SessionState {
  if (session.status === 'paid' || session.orderStatus === 'paid') return 'paid'
  return session.orderStatus === 'reserved' && session.expiresAt > now ? 'open' : 'over'
}

/** Opens the page of a payment; once it is open nothing changes. */
export async function openSession(tenant: Tenant, request: PaymentRequest): Promise<void> {
  await tenant
    .insertInto('sandbox_session', {
      payment_id: request.paymentId,
      amount_minor: request.amount.minor,
      currency: request.amount.currency,
      return_url: request.returnUrl,
      lang: request.lang,
      status: 'open',
    })
    .onConflict((conflict) => conflict.columns(['collective_id', 'payment_id']).doNothing())
    .execute()
}

export async function findSession(tenant: Tenant, paymentId: string): Promise<Session | undefined> {
  const row = await tenant
    .selectFrom('sandbox_session')
    .innerJoin('payment', (join) =>
      join
        .onRef('payment.collective_id', '=', 'sandbox_session.collective_id')
        .onRef('payment.id', '=', 'sandbox_session.payment_id'),
    )
    .innerJoin('order', (join) =>
      join
        .onRef('order.collective_id', '=', 'payment.collective_id')
        .onRef('order.id', '=', 'payment.order_id'),
    )
    .selectAll('sandbox_session')
    .select(['order.status as order_status', 'order.expires_at'])
    .where('sandbox_session.payment_id', '=', paymentId)
    .executeTakeFirst()
  return (
    row && {
      paymentId: row.payment_id,
      amount: { minor: row.amount_minor, currency: row.currency as Currency },
      returnUrl: row.return_url,
      lang: row.lang as Lang,
      status: row.status,
      orderStatus: row.order_status,
      expiresAt: row.expires_at,
    }
  )
}
