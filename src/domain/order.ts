import type { Lang } from './lang.ts'

/** How a contributor can ask to give. */
export const ORDER_METHODS = ['card', 'transfer'] as const
export type OrderMethod = (typeof ORDER_METHODS)[number]

/** How an order was given: cash comes through the hands of an ambassador, nobody asks for it on a form. */
export type GivenMethod = OrderMethod | 'cash'

export const ORDER_STATUSES = ['reserved', 'paid', 'expired', 'cancelled', 'refunded'] as const
export type OrderStatus = (typeof ORDER_STATUSES)[number]

export const MAX_WORD_CHARACTERS = 140
export const MAX_NAME_CHARACTERS = 80

/** What a contributor asks for, already checked. The id is made by the client and is valid for ever. */
export interface OrderWish {
  readonly id: string
  readonly quantity: number
  readonly method: OrderMethod
  readonly name: string | null
  readonly anonymous: boolean
  readonly email: string | null
  readonly phone: string | null
  readonly lang: Lang
  readonly word: string | null
  readonly ambassadorId: string | null
}

/** An order as it is stored, with the numbers it holds now and its latest payment. */
export interface OrderFacts extends Omit<OrderWish, 'method'> {
  readonly method: GivenMethod
  readonly campaignId: string
  readonly status: OrderStatus
  readonly amountMinor: bigint
  readonly currency: string
  readonly key: string
  readonly reference: string | null
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly paidAt: Date | null
  readonly numbers: readonly number[]
  readonly payment: OrderPayment | null
}

export interface OrderPayment {
  readonly id: string
  readonly provider: string
  readonly status: 'started' | 'declined' | 'paid'
  readonly attempt: number
}

/**
 * Every answer to a wish, in the order of the checks: the id comes before anything else, so that a safe
 * retry never trips over a rule that the original passed.
 */
export const ORDER_OUTCOMES = [
  'exists_with_different_campaign',
  'exists_with_different_method',
  'exists_with_different_quantity',
  'exists_with_different_ambassador',
  'exists_with_different_contributor',
  'exists',
  'method_unavailable',
  'campaign_unknown',
  'campaign_not_live',
  'quantity_invalid',
  'sold_out',
  'only_n_left',
  'created',
] as const
export type OrderOutcome = (typeof ORDER_OUTCOMES)[number]

/** The same id again: is it the same wish? The language of the screen is not part of what was asked. */
export function compareWish(
  stored: Omit<OrderWish, 'method'> & { readonly campaignId: string; readonly method: GivenMethod },
  wish: OrderWish,
  campaignId: string,
): Extract<OrderOutcome, `exists${string}`> {
  if (stored.campaignId !== campaignId) return 'exists_with_different_campaign'
  if (stored.method !== wish.method) return 'exists_with_different_method'
  if (stored.quantity !== wish.quantity) return 'exists_with_different_quantity'
  if (stored.ambassadorId !== wish.ambassadorId) return 'exists_with_different_ambassador'
  const same =
    stored.name === wish.name &&
    stored.anonymous === wish.anonymous &&
    stored.email === wish.email &&
    stored.phone === wish.phone &&
    stored.word === wish.word
  return same ? 'exists' : 'exists_with_different_contributor'
}

/** The key in an order's address: the collective's number, so that it is found without searching, and a secret. */
export function orderKey(collectiveNumber: number, secret: string): string {
  return `${collectiveNumber.toString(36)}.${secret}`
}

/** The collective's number in a key, or undefined when the text cannot be a key. */
export function collectiveOfKey(key: string): number | undefined {
  const match = /^([0-9a-z]{1,6})\.[A-Za-z0-9_-]{22}$/.exec(key)
  return match?.[1] === undefined ? undefined : Number.parseInt(match[1], 36)
}

/** What a contributor can do next with an order, by its state. Every other page of that order says why not. */
export type OrderAction = 'pay' | 'show_account' | 'wait' | 'thank' | 'start_again'

export function orderAction(order: Pick<OrderFacts, 'status' | 'method' | 'payment'>): OrderAction {
  if (order.status === 'paid') return 'thank'
  if (order.status !== 'reserved') return 'start_again'
  if (order.method === 'transfer') return 'show_account'
  return order.payment?.status === 'declined' ? 'pay' : 'wait'
}
