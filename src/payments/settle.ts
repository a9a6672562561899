import { sql } from 'kysely'
import { lockCampaignRow } from '../db/lock-campaign.ts'
import type { Tenant } from '../db/tenant.ts'
import { newId } from '../domain/id.ts'
import { giveOrder } from './give-order.ts'
import type { ProviderMessage, SettleOutcome } from './port.ts'

/**
 * Takes in what a provider says of a payment, in one transaction: the message remembered for ever, the payment,
 * the order, its coupons, the ledger and the event. The same message any number of times, in any order, and
 * failures before a success, all end in the same state.
 */
export function settlePayment(
  tenant: Tenant,
  message: ProviderMessage,
  now: Date,
  today: string,
): Promise<SettleOutcome> {
  return tenant.transaction(async (inside) => {
    const payment = await lockPayment(inside, message.paymentId)
    if (!payment || payment.provider !== message.provider) return 'payment_unknown'
    const right = payment.amount_minor === message.amountMinor && payment.currency === message.currency
    if (!(await remember(inside, message, right ? message.outcome : 'wrong_amount', now))) return 'exists'
    if (!right) {
      await note(inside, payment, 'payment_wrong_amount', now)
      return 'wrong_amount'
    }
    if (payment.status === 'paid') return 'already_paid'
    await inside
      .updateTable('payment')
      .set({ status: message.outcome, ended_at: now })
      .where('payment.id', '=', payment.id)
      .execute()
    if (message.outcome === 'declined') {
      await note(inside, payment, 'payment_declined', now)
      return 'declined'
    }
    return giveOrder(inside, {
      orderId: payment.order_id,
      paymentId: payment.id,
      into: { kind: 'card', holder: payment.provider },
      banked: false,
      now,
      today,
      actor: `provider:${payment.provider}`,
    })
  })
}

interface LockedPayment {
  id: string
  order_id: string
  campaign_id: string
  provider: string
  status: 'started' | 'declined' | 'paid'
  amount_minor: bigint
  currency: string
}

/** Locks the campaign first, as every change of its coupons does, then reads the payment as it now is. */
async function lockPayment(tenant: Tenant, paymentId: string): Promise<LockedPayment | undefined> {
  const read = () =>
    tenant
      .selectFrom('payment')
      .innerJoin('order', (join) =>
        join
          .onRef('order.collective_id', '=', 'payment.collective_id')
          .onRef('order.id', '=', 'payment.order_id'),
      )
      .select([
        'payment.id',
        'payment.order_id',
        'payment.provider',
        'payment.status',
        'payment.amount_minor',
        'payment.currency',
        'order.campaign_id',
      ])
      .where('payment.id', '=', paymentId)
      .executeTakeFirst()
  const found = await read()
  if (!found) return undefined
  await lockCampaignRow(tenant, found.campaign_id)
  return read()
}

async function remember(
  tenant: Tenant,
  message: ProviderMessage,
  outcome: string,
  now: Date,
): Promise<boolean> {
  const kept = await tenant
    .insertInto('provider_event', {
      provider: message.provider,
      event_id: message.eventId,
      payment_id: message.paymentId,
      outcome,
      received_at: now,
    })
    .onConflict((conflict) => conflict.columns(['collective_id', 'provider', 'event_id']).doNothing())
    .returning(sql<number>`1`.as('kept'))
    .executeTakeFirst()
  return kept !== undefined
}

async function note(tenant: Tenant, payment: LockedPayment, kind: string, now: Date): Promise<void> {
  await tenant
    .insertInto('event', {
      id: newId(),
      campaign_id: payment.campaign_id,
      kind,
      at: now,
      actor: `provider:${payment.provider}`,
      order_id: payment.order_id,
    })
    .execute()
}
