import type { Campaign } from '../db/directory.ts'
import type { Lang } from '../domain/lang.ts'
import { type Currency, money } from '../domain/money.ts'
import type { OrderFacts } from '../domain/order.ts'
import { orderAddress } from './order-address.ts'
import type { OrderServices } from './services.ts'

/**
 * The absolute address of the page to pay on, for a card order whose numbers are still kept and whose latest
 * payment is started; else undefined. Asking again gives the same page and no second charge.
 */
export async function paymentUrl(
  services: Pick<OrderServices, 'card' | 'now' | 'publicUrl'>,
  { collective }: Pick<Campaign, 'collective'>,
  order: OrderFacts,
  lang: Lang = order.lang,
): Promise<string | undefined> {
  const { card } = services
  const { payment } = order
  if (!card || payment?.provider !== card.name || payment.status !== 'started') return undefined
  if (order.status !== 'reserved' || order.expiresAt <= services.now()) return undefined
  const { url } = await card.start({
    collectiveId: collective.id,
    paymentId: payment.id,
    amount: money(order.amountMinor, order.currency as Currency),
    returnUrl: orderAddress(services.publicUrl, order, lang),
    lang,
  })
  return url
}
