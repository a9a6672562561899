import type { Campaign } from '../db/directory.ts'
import type { OrderFacts } from '../domain/order.ts'
import { paymentUrl } from '../orders/payment-url.ts'
import { moneyAnswer } from './money-answer.ts'
import type { OrderAnswer } from './schemas.ts'
import type { ApiServices } from './services.ts'

/** An order as its owner sees it. Asks the card provider for the page to pay on while a payment is awaited. */
export async function orderAnswer(
  services: ApiServices,
  campaign: Pick<Campaign, 'collective'>,
  order: OrderFacts,
): Promise<OrderAnswer> {
  const pageToPayOn = await paymentUrl(services, campaign, order)
  return {
    id: order.id,
    key: order.key,
    status: order.status,
    coupons: [...order.numbers],
    total: moneyAnswer(order.amountMinor, order.currency),
    expiresAt: order.expiresAt.toISOString(),
    ...(order.reference === null ? {} : { reference: order.reference }),
    ...(pageToPayOn === undefined ? {} : { paymentUrl: pageToPayOn }),
  }
}
