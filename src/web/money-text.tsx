import type { Lang } from '../domain/lang.ts'
import { formatMoney, type Money } from '../domain/money.ts'

/** An amount as people say it, isolated from the direction of the text around it. */
export function MoneyText({ lang, amount }: { lang: Lang; amount: Money }) {
  return <bdi class="money">{formatMoney(amount, lang)}</bdi>
}
