import type { Lang } from '../domain/lang.ts'
import { type Currency, formatMoney } from '../domain/money.ts'

/** What some coupons are worth: `data-price` is one coupon in minor units of `data-currency`. */
export function moneyText({ price, currency }: DOMStringMap, coupons: number, lang: Lang): string {
  return formatMoney({ minor: BigInt(price!) * BigInt(coupons), currency: currency as Currency }, lang)
}
