import { sql } from 'kysely'
import type { Rule } from './check-rule.ts'

export const PAYMENT_RULES: readonly Rule[] = [
  {
    name: 'payment_amount',
    query: (collective) => sql`
      select format('Payment %s is of %s %s, but its order %s asks %s %s.',
        p.id, p.amount_minor, p.currency, p.order_id, o.amount_minor, o.currency) as sentence
      from payment p left join "order" o on o.collective_id = p.collective_id and o.id = p.order_id
      where p.collective_id = ${collective}
        and (p.amount_minor, p.currency) is distinct from (o.amount_minor, o.currency)`,
  },
  {
    name: 'payment_money',
    query: (collective) => sql`
      with came as (
        select payment_id, count(*) as times, sum(amount_minor) as amount, min(order_id::text) as order_id
        from transfer
        where collective_id = ${collective} and kind in ('given', 'refund_due') and payment_id is not null
        group by payment_id
      )
      select format('Payment %s of order %s is %s over %s, but %s transfers brought %s.',
        p.id, p.order_id, p.status, p.amount_minor, coalesce(t.times, 0), coalesce(t.amount, 0)) as sentence
      from payment p left join came t on t.payment_id = p.id
      where p.collective_id = ${collective} and not case p.status
        when 'paid' then coalesce(t.times = 1 and t.amount = p.amount_minor and t.order_id = p.order_id::text, false)
        else t.times is null end`,
  },
  {
    name: 'payment_message',
    query: (collective) => sql`
      select format('Provider event %s says that payment %s is paid, but it is %s.',
        e.event_id, e.payment_id, coalesce(p.status, 'not there')) as sentence
      from provider_event e left join payment p on p.collective_id = e.collective_id and p.id = e.payment_id
      where e.collective_id = ${collective} and e.outcome = 'paid' and p.status is distinct from 'paid'`,
  },
  {
    name: 'refund_due',
    query: (collective) => sql`
      with due as (
        select payment_id, amount_minor, currency from transfer
        where collective_id = ${collective} and kind = 'refund_due' and payment_id is not null
      ), written as (
        select payment_id, amount_minor, currency from refund where collective_id = ${collective}
          and reason in ('paid_twice', 'no_coupon_left', 'order_cancelled')
      )
      select format('Payment %s has a refund of %s, but %s is due back for it.',
        payment_id, coalesce(w.amount_minor, 0), coalesce(d.amount_minor, 0)) as sentence
      from due d full join written w using (payment_id)
      where (d.amount_minor, d.currency) is distinct from (w.amount_minor, w.currency)`,
  },
]
