import type { Campaign } from '../src/db/directory.ts'
import { newIdAt } from '../src/domain/id.ts'
import type { OrderFacts } from '../src/domain/order.ts'
import { findAmbassador } from '../src/orders/campaign-at.ts'
import type { OrderServices } from '../src/orders/services.ts'
import { takeOrder } from '../src/orders/take-order.ts'
import { allowWord } from '../src/organisers/allow-word.ts'
import { receiveTransfer } from '../src/payments/receive-transfer.ts'
import { settlePayment } from '../src/payments/settle.ts'
import { settlePayout } from '../src/payments/settle-payout.ts'
import type { Dice } from './dice.ts'
import type { PlannedOrder } from './plan-orders.ts'
import { type Moment, must } from './timeline.ts'

const WORD_READ_AFTER_MS = 2 * 3_600_000

/** What happens to the planned orders of a campaign, by the same commands as a real one. */
export function orderMoments(
  campaign: Campaign,
  orders: readonly PlannedOrder[],
  by: { readonly actor: string; readonly now: Date; readonly dice: Dice },
): Moment[] {
  const placed = new Map<string, OrderFacts>()
  const each = orders.flatMap((order) => momentsOf(campaign, order, placed, by))
  return [...each, ...payoutMoments(campaign, orders, placed, by.actor)]
}

/** Ambassadors as the day's own transaction sees them. */
function seeded({ db }: Pick<OrderServices, 'db'>) {
  return {
    ambassador: (collectiveId: string, slug: string) =>
      findAmbassador({ db }, { collective: { id: collectiveId } }, { slug }),
  }
}

function momentsOf(
  campaign: Campaign,
  order: PlannedOrder,
  placed: Map<string, OrderFacts>,
  { actor, now, dice }: { readonly actor: string; readonly now: Date; readonly dice: Dice },
): Moment[] {
  const { paidAt, word } = order
  const place: Moment = {
    at: order.at,
    run: async (services) => {
      placed.set(
        order.id,
        must(await takeOrder({ ...services, kept: { directory: seeded(services) } }, campaign, bodyOf(order)))
          .order,
      )
    },
  }
  if (!paidAt) return [place]
  const messageId = newIdAt(paidAt, () => dice.below(2 ** 32))
  const pay: Moment = {
    at: paidAt,
    run: async ({ db }, today) => {
      const facts = placed.get(order.id)!
      const tenant = db.of(campaign.collective.id)
      const outcome =
        order.method === 'transfer'
          ? await receiveTransfer(tenant, {
              paymentId: messageId,
              orderId: order.id,
              amountMinor: facts.amountMinor,
              now: paidAt,
              today,
              actor,
            })
          : await settlePayment(tenant, paidMessage(campaign, facts, messageId), paidAt, today)
      if (outcome !== 'paid') throw new Error(`an order of the demonstration was not paid: ${outcome}`)
    },
  }
  if (!word || word.waits) return [place, pay]
  const readAt = new Date(Math.min(paidAt.getTime() + WORD_READ_AFTER_MS, now.getTime()))
  const read: Moment = {
    at: readAt,
    run: async ({ db }) => {
      must(await allowWord(db.of(campaign.collective.id), order.id, { now: readAt, actor }))
    },
  }
  return [place, pay, read]
}

/** One payout of the card provider for all orders that it brings at the same instant. */
function payoutMoments(
  campaign: Campaign,
  orders: readonly PlannedOrder[],
  placed: Map<string, OrderFacts>,
  actor: string,
): Moment[] {
  const byInstant = Map.groupBy(orders, ({ payoutAt }) => payoutAt?.getTime())
  return [...byInstant].flatMap(([instant, together]) => {
    if (instant === undefined) return []
    const at = new Date(instant)
    const run: Moment['run'] = async ({ db }, day) => {
      const payments = together.map(({ id }) => placed.get(id)!.payment!)
      const payout = {
        provider: payments[0]!.provider,
        paymentIds: payments.map(({ id }) => id),
        now: at,
        day,
        actor,
      }
      const settled = await settlePayout(db.of(campaign.collective.id), payout)
      if (settled !== payments.length) throw new Error('a payout of the demonstration came short')
    }
    return [{ at, run }]
  })
}

function bodyOf({ id, quantity, method, lang, name, email, ambassador, word }: PlannedOrder) {
  return {
    id,
    quantity,
    method,
    lang,
    consent: true,
    ...(name === undefined ? { anonymous: true } : { name }),
    ...(email === undefined ? {} : { email }),
    ...(ambassador === undefined ? {} : { ambassador }),
    ...(word === undefined ? {} : { word: word.text }),
  }
}

function paidMessage(campaign: Campaign, { payment, amountMinor, currency }: OrderFacts, eventId: string) {
  if (!payment) throw new Error('an order by card has no payment')
  return {
    provider: payment.provider,
    collectiveId: campaign.collective.id,
    paymentId: payment.id,
    eventId,
    outcome: 'paid' as const,
    amountMinor,
    currency,
  }
}
