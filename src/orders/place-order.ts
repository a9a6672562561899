import { sql } from 'kysely'
import type { Campaign } from '../db/directory.ts'
import { localDay } from '../domain/days.ts'
import { newId } from '../domain/id.ts'
import { compareWish, type OrderFacts, type OrderOutcome, type OrderWish, orderKey } from '../domain/order.ts'
import { orderReference } from '../domain/reference.ts'
import { type FactsJson, orderFromFacts } from './order-facts.ts'
import type { OrderServices } from './services.ts'

export type Placed =
  | { readonly ok: true; readonly status: 'created' | 'exists'; readonly order: OrderFacts }
  | { readonly ok: false; readonly status: Exclude<OrderOutcome, 'created' | 'exists' | 'only_n_left'> }
  | { readonly ok: false; readonly status: 'only_n_left'; readonly remaining: number }

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

/**
 * Takes coupons for a contributor in one round trip to the database: looks the id up, checks, allocates the
 * lowest free numbers and reserves them. Answers with a named outcome; the same wish again gets the same order.
 */
export async function placeOrder(
  services: OrderServices,
  campaign: Campaign,
  wish: OrderWish,
): Promise<Placed> {
  if (wish.method === 'card' && !services.card) return withoutCards(services, campaign, wish)
  const tenant = services.db.of(campaign.collective.id)
  const now = services.now()
  const answer = await tenant.one(
    sql<{ outcome: OrderOutcome; remaining: number | null; facts: FactsJson | null }>`
      select * from place_order(${campaign.collective.id}, ${campaign.id},
        ${JSON.stringify(rowOf(services, campaign, wish, now))}::jsonb,
        ${now}, ${localDay(now, campaign.collective.timeZone)})`,
  )
  if (answer.facts) {
    const order = orderFromFacts(answer.facts)
    return answer.outcome === 'created'
      ? { ok: true, status: 'created', order }
      : same(order, wish, campaign.id)
  }
  if (answer.outcome === 'only_n_left') {
    return { ok: false, status: 'only_n_left', remaining: answer.remaining ?? 0 }
  }
  return { ok: false, status: answer.outcome as Exclude<OrderOutcome, 'created' | 'exists' | 'only_n_left'> }
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
async function withoutCards(services: OrderServices, campaign: Campaign, wish: OrderWish): Promise<Placed> {
  const known = await findOrder(services, campaign.collective.id, wish.id)
  return known ? same(known, wish, campaign.id) : { ok: false, status: 'method_unavailable' }
}

function same(order: OrderFacts, wish: OrderWish, campaignId: string): Placed {
  const status = compareWish(order, wish, campaignId)
  return status === 'exists' ? { ok: true, status, order } : { ok: false, status }
}

function rowOf(services: OrderServices, campaign: Campaign, wish: OrderWish, now: Date) {
  const card = wish.method === 'card'
  const reservedForMs = card ? services.cardMinutes * MINUTE_MS : services.transferDays * DAY_MS
  return {
    ...wish,
    key: orderKey(campaign.collective.number, Buffer.from(services.random(16)).toString('base64url')),
    reference: card ? null : referenceOf(services.random(8)),
    expiresAt: new Date(now.getTime() + reservedForMs).toISOString(),
    eventId: newId(),
    paymentId: card ? newId() : null,
    provider: services.card?.name ?? null,
  }
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
