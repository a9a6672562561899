import type { Lang } from '../domain/lang.ts'
import { type Currency, formatMoney } from '../domain/money.ts'

/** A number as the pages write it: Western digits in Arabic too, and `10 000` but in English. */
export function numberText(value: number, lang: Lang): string {
  return new Intl.NumberFormat(lang === 'en' ? 'en' : 'fr', {
    useGrouping: value > 9999,
  }).format(value)
}

/** What some coupons are worth: `data-price` is one coupon in minor units of `data-currency`. */
export function moneyText({ price, currency }: DOMStringMap, coupons: number, lang: Lang): string {
  return formatMoney({ minor: BigInt(price!) * BigInt(coupons), currency: currency as Currency }, lang)
}
