import { createHash, timingSafeEqual } from 'node:crypto'
import { type Collective, collectiveByNumber } from '../db/directory.ts'
import { canonicalId, isUuid7 } from '../domain/id.ts'
import { collectiveOfKey, type OrderFacts } from '../domain/order.ts'
import { findOrder } from './place-order.ts'
import type { OrderServices } from './services.ts'

const NOBODY = '00000000-0000-0000-0000-000000000000'
const MAX_COLLECTIVE_NUMBER = 2_147_483_647

/**
 * The order of an address `/orders/{id}?key={key}`, or undefined. A wrong key, an unknown id and a malformed
 * one take the same two look-ups and the same comparison, so that the time of the answer tells nothing.
 */
export async function orderByKey(
  services: Pick<OrderServices, 'db'>,
  id: string,
  key: string,
): Promise<{ collective: Collective; order: OrderFacts } | undefined> {
  const named = collectiveOfKey(key) ?? 0
  const collective = await collectiveByNumber(services.db, named > MAX_COLLECTIVE_NUMBER ? 0 : named)
  const order = await findOrder(services, collective?.id ?? NOBODY, isUuid7(id) ? canonicalId(id) : NOBODY)
  const right = timingSafeEqual(digest(order?.key ?? ''), digest(key))
  return right && collective && order ? { collective, order } : undefined
}

/** Texts of any length become equally long, which the comparison in constant time asks for. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
