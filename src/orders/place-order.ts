import { sql } from 'kysely'
import type { KnownCampaign } from '../db/directory.ts'
import { newId } from '../domain/id.ts'
import {
  compareWish,
  type OrderFacts,
  type OrderOutcome,
  type OrderPayment,
  type OrderWish,
  orderKey,
} from '../domain/order.ts'
import { orderReference } from '../domain/reference.ts'
import type { Gathered } from './gather-orders.ts'
import { type FactsJson, orderFromFacts } from './order-facts.ts'
import type { OrderServices } from './services.ts'

export type Placed =
  | { readonly ok: true; readonly status: 'created' | 'exists'; readonly order: OrderFacts }
  | { readonly ok: false; readonly status: RefusedPlainly | 'overloaded' }
  | { readonly ok: false; readonly status: 'only_n_left'; readonly remaining: number }

type RefusedPlainly = Exclude<OrderOutcome, 'created' | 'exists' | 'only_n_left'>

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const UNIQUE_VIOLATION = '23505'

/**
 * Takes coupons for a contributor, in one call of the database together with who else waits for the same campaign:
 * the id is looked up, the campaign checked, the lowest free numbers reserved. Answers with a named outcome; the
 * same wish again gets the same order. `overloaded`: nothing was placed, the same wish may come again.
 */
export async function placeOrder(
  services: OrderServices,
  campaign: KnownCampaign,
  wish: OrderWish,
): Promise<Placed> {
  if (wish.method === 'card' && !services.card) return withoutCards(services, campaign, wish)
  const rowAt = (now: Date) => rowOf(services, campaign, wish, now)
  const place = () => services.gatherer.place(campaign, { id: wish.id, rowAt })
  // The same id, placed for another campaign at the same moment, is not seen under this one's lock, but by now; and
  // a reference that another order has already is made anew.
  const gathered = await place().catch((error) => (isTaken(error) ? place() : Promise.reject(error)))
  return gathered.status === 'overloaded'
    ? { ok: false, status: 'overloaded' }
    : placedOf(gathered, wish, campaign)
}

function placedOf(
  { now, row, answer }: Extract<Gathered<OrderRow>, { status: 'answered' }>,
  wish: OrderWish,
  campaign: KnownCampaign,
): Placed {
  if (answer.facts) return same(orderFromFacts(answer.facts), wish, campaign.id)
  if (answer.outcome === 'only_n_left') {
    return { ok: false, status: 'only_n_left', remaining: answer.remaining ?? 0 }
  }
  if (answer.outcome !== 'created') return { ok: false, status: answer.outcome as RefusedPlainly }
  const order: OrderFacts = {
    ...wish,
    campaignId: campaign.id,
    status: 'reserved',
    amountMinor: (answer.price_minor ?? 0n) * BigInt(wish.quantity),
    currency: campaign.currency,
    key: row.key,
    reference: row.reference,
    createdAt: now,
    expiresAt: row.expiresAt,
    paidAt: null,
    numbers: answer.numbers ?? [],
    payment: paymentOf(row),
  }
  return { ok: true, status: 'created', order }
}

/** The order with this id in a collective, or undefined. */
export async function findOrder(
  services: Pick<OrderServices, 'db'>,
  collectiveId: string,
  orderId: string,
): Promise<OrderFacts | undefined> {
  const { facts } = await services.db
    .of(collectiveId)
    .one(sql<{ facts: FactsJson | null }>`select order_facts(${collectiveId}, ${orderId}) as facts`)
  return facts ? orderFromFacts(facts) : undefined
}

/** The id comes first here too: an order of the time when cards were taken is still answered. */
async function withoutCards(
  services: OrderServices,
  campaign: KnownCampaign,
  wish: OrderWish,
): Promise<Placed> {
  const known = await findOrder(services, campaign.collective.id, wish.id)
  return known ? same(known, wish, campaign.id) : { ok: false, status: 'method_unavailable' }
}

function same(order: OrderFacts, wish: OrderWish, campaignId: string): Placed {
  const status = compareWish(order, wish, campaignId)
  return status === 'exists' ? { ok: true, status, order } : { ok: false, status }
}

/** The wish as SQL `place_orders` takes it, with what the server adds. */
type OrderRow = ReturnType<typeof rowOf>

function rowOf(services: OrderServices, campaign: KnownCampaign, wish: OrderWish, now: Date) {
  const card = wish.method === 'card'
  const reservedForMs = card ? services.cardMinutes * MINUTE_MS : services.transferDays * DAY_MS
  return {
    ...wish,
    key: orderKey(campaign.collective.number, Buffer.from(services.random(16)).toString('base64url')),
    reference: card ? null : referenceOf(services.random(8)),
    expiresAt: new Date(now.getTime() + reservedForMs),
    eventId: newId(),
    paymentId: card ? newId() : null,
    provider: services.card?.name ?? null,
  }
}

function paymentOf({ paymentId, provider }: OrderRow): OrderPayment | null {
  return paymentId && provider ? { id: paymentId, provider, status: 'started', attempt: 1 } : null
}

function isTaken(error: unknown): boolean {
  return (error as { code?: unknown }).code === UNIQUE_VIOLATION
}

/**
 * A reference that nobody can guess (42 bits) and that is short enough to copy by hand. Letters and digits stay
 * apart, as `orderReference` needs to tell every wrong or swapped character.
 */
function referenceOf(random: Uint8Array): string {
  const letters = Array.from(random.subarray(0, 4), (byte) => String.fromCharCode(65 + (byte % 26))).join('')
  const sequence = new DataView(random.buffer, random.byteOffset).getUint32(4) % 9_999_999
  return orderReference(sequence + 1, letters)
}
