import { localDay } from '../../src/domain/days.ts'
import { newId } from '../../src/domain/id.ts'
import type { OrderFacts, OrderWish } from '../../src/domain/order.ts'
import { checkCollective } from '../../src/ledger/check.ts'
import { findOrder, placeOrder } from '../../src/orders/place-order.ts'
import type { ProviderMessage, ReceiveOutcome, SettleOutcome } from '../../src/payments/port.ts'
import { receiveTransfer } from '../../src/payments/receive-transfer.ts'
import { settlePayment } from '../../src/payments/settle.ts'
import type { World } from './world.ts'

/** Places an order that must be created, in the world's campaign or another one. */
export async function placed(
  world: World,
  wish: Partial<OrderWish> = {},
  slug?: string,
): Promise<OrderFacts> {
  const answer = await placeOrder(world.services, await world.campaign(slug), world.wish(wish))
  if (!answer.ok) throw new Error(`the order was refused: ${answer.status}`)
  return answer.order
}

/** What the sandbox would say of the order's latest payment. */
export function messageOf(
  world: World,
  order: OrderFacts,
  overrides: Partial<ProviderMessage> = {},
): ProviderMessage {
  if (!order.payment) throw new Error('the order has no payment')
  return {
    provider: 'sandbox',
    collectiveId: world.collective.id,
    paymentId: order.payment.id,
    eventId: newId(),
    outcome: 'paid',
    amountMinor: order.amountMinor,
    currency: order.currency,
    ...overrides,
  }
}

export function today(world: World): string {
  return localDay(world.clock.now(), world.collective.timeZone)
}

/** Settles the order's latest payment at the world's time; paid, unless said otherwise. */
export function settle(
  world: World,
  order: OrderFacts,
  overrides: Partial<ProviderMessage> = {},
): Promise<SettleOutcome> {
  return settleMessage(world, messageOf(world, order, overrides))
}

export function settleMessage(world: World, message: ProviderMessage): Promise<SettleOutcome> {
  return settlePayment(world.db.of(world.collective.id), message, world.clock.now(), today(world))
}

export function receive(
  world: World,
  order: OrderFacts,
  overrides: { paymentId?: string; orderId?: string; amountMinor?: bigint } = {},
): Promise<ReceiveOutcome> {
  return receiveTransfer(world.db.of(world.collective.id), {
    paymentId: newId(),
    orderId: order.id,
    amountMinor: order.amountMinor,
    now: world.clock.now(),
    today: today(world),
    actor: 'user:treasurer',
    ...overrides,
  })
}

/** The order as it is now. */
export async function orderNow(world: World, order: Pick<OrderFacts, 'id'>): Promise<OrderFacts> {
  const found = await findOrder(world.services, world.collective.id, order.id)
  if (!found) throw new Error('the order is not there any more')
  return found
}

/** The sentences of everything that does not add up: an empty list is what tests expect. */
export async function violations(world: World): Promise<string[]> {
  const checked = await checkCollective(world.db.of(world.collective.id))
  return checked.violations.map(({ sentence }) => sentence)
}

/** What an account of the campaign holds, debits less credits. */
export async function held(world: World, kind: string, holder = ''): Promise<bigint> {
  const [row] = await world.appSql<{ held: bigint }[]>`
    select coalesce(sum(debits_minor - credits_minor), 0)::bigint as held
    from account where kind = ${kind} and holder = ${holder}`
  return row?.held ?? 0n
}
