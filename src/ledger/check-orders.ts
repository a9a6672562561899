import { sql } from 'kysely'
import type { Rule } from './check-rule.ts'

export const ORDER_RULES: readonly Rule[] = [
  {
    name: 'order_coupons',
    query: (collective) => sql`
      select format('Order %s is %s for %s coupons, but holds %s reserved, %s sold and %s void.',
        o.id, o.status, o.quantity, r.reserved, r.sold, r.void) as sentence
      from "order" o
        cross join lateral (
          select count(*) filter (where state = 'reserved') as reserved, count(*) filter (where state = 'sold') as sold,
            count(*) filter (where state = 'void') as void
          from coupon where collective_id = o.collective_id and order_id = o.id
        ) r
      where o.collective_id = ${collective} and not case o.status
        when 'reserved' then r.reserved = o.quantity and r.sold = 0 and r.void = 0
        when 'paid' then r.sold + r.void = o.quantity and r.reserved = 0
        when 'refunded' then r.void = o.quantity and r.reserved = 0 and r.sold = 0
        else r.reserved = 0 and r.sold = 0 and r.void = 0 end`,
  },
  {
    name: 'order_amount',
    query: (collective) => sql`
      select format('Order %s asks %s %s for %s coupons, but a coupon of campaign %s is %s %s.',
        o.id, o.amount_minor, o.currency, o.quantity, o.campaign_id, c.price_minor, c.currency) as sentence
      from "order" o left join campaign c on c.collective_id = o.collective_id and c.id = o.campaign_id
      where o.collective_id = ${collective}
        and (o.amount_minor, o.currency) is distinct from (c.price_minor * o.quantity, c.currency)`,
  },
  {
    name: 'order_money',
    query: (collective) => sql`
      with given as (
        select g.order_id, count(*) as times, sum(g.amount_minor) as amount
        from transfer g
        where g.collective_id = ${collective} and g.kind = 'given' and not exists (
          select from transfer m where m.collective_id = g.collective_id and m.reverses_id = g.id)
        group by g.order_id
      )
      select format('Order %s is %s for %s, but %s transfers gave %s for it.',
        o.id, o.status, o.amount_minor, coalesce(g.times, 0), coalesce(g.amount, 0)) as sentence
      from "order" o left join given g on g.order_id = o.id
      where o.collective_id = ${collective} and not case
        when o.status = 'paid' then coalesce(g.times = 1 and g.amount = o.amount_minor, false)
        when o.status = 'refunded' then true
        else g.times is null end`,
  },
]
