import { money } from '../domain/money.ts'
import { Button } from '../web/button.tsx'
import { MoneyText } from '../web/money-text.tsx'
import { orderPath } from './order-address.ts'
import type { OrderPageProps } from './order-page-props.ts'

/** The numbers of an order, large: they are what it is about. */
export function Numbers({ order, title }: OrderPageProps & { title: string }) {
  return (
    <section>
      <h2>{title}</h2>
      <ul class="numbers">
        {order.numbers.map((number) => (
          <li key={number}>
            <bdi>{number}</bdi>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The exact amount of an order. */
export function Amount({ campaign, order, lang }: OrderPageProps) {
  return <MoneyText lang={lang} amount={money(order.amountMinor, campaign.currency)} />
}

/** Gives a reservation up; folded away, because it cannot be undone and is nobody's main wish. */
export function CancelForm({ order, lang, t }: OrderPageProps) {
  return (
    <details class="order-cancel">
      <summary>{t('order.cancel_open')}</summary>
      <form method="post" action={orderPath(order, lang, '/cancellation')}>
        <p>{t('order.cancel_text')}</p>
        <Button look="quiet">{t('order.cancel_submit')}</Button>
      </form>
    </details>
  )
}
