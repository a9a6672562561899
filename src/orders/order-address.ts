import type { Lang } from '../domain/lang.ts'
import type { OrderFacts } from '../domain/order.ts'

/**
 * The absolute address of an order's page: whoever holds it may see and change the order. It is where a
 * payment provider sends the browser back to. Without `lang` the page speaks the order's own language.
 */
export function orderAddress(publicUrl: string, order: Pick<OrderFacts, 'id' | 'key'>, lang?: Lang): string {
  return publicUrl + orderPath(order, lang)
}

/** The same address within the installation; `step` is a page or a change below the order. */
export function orderPath(
  order: Pick<OrderFacts, 'id' | 'key'>,
  lang?: Lang,
  step: '' | '/payments' | '/cancellation' | '/ambassador' = '',
): string {
  return `/orders/${order.id}${step}?key=${order.key}${lang ? `&lang=${lang}` : ''}`
}

/** An address of this installation without its origin, so that a redirect stays where the reader is; others whole. */
export function withinSite(publicUrl: string, url: string): string {
  return url.startsWith(`${publicUrl}/`) ? url.slice(publicUrl.length) : url
}
