import { sql } from 'kysely'
import type { Rule } from './check-rule.ts'

export const COUPON_RULES: readonly Rule[] = [
  {
    name: 'coupon_owner',
    query: (collective) => sql`
      select format('Coupon %s of campaign %s is %s, but its order %s is %s.',
        k.number, k.campaign_id, k.state, k.order_id, coalesce(o.status, 'not there')) as sentence
      from coupon k
        left join "order" o on o.collective_id = k.collective_id and o.campaign_id = k.campaign_id and o.id = k.order_id
      where k.collective_id = ${collective} and k.order_id is not null and not coalesce(
        k.state = 'reserved' and o.status = 'reserved' or k.state = 'sold' and o.status = 'paid'
        or k.state = 'void' and o.status in ('paid', 'refunded'), false)`,
  },
  {
    name: 'coupon_search',
    query: (collective) => sql`
      select format('Coupon %s of campaign %s is available, but the search for free numbers begins at %s.',
        k.number, k.campaign_id, c.next_number) as sentence
      from campaign c
        join coupon k on k.collective_id = c.collective_id and k.campaign_id = c.id and k.number < c.next_number
      where c.collective_id = ${collective} and k.state = 'available'`,
  },
  {
    name: 'coupon_given_day',
    query: (collective) => sql`
      select format('Coupon %s of campaign %s says it was given on %s, but its money came on %s.',
        k.number, k.campaign_id, k.given_on, coalesce(g.day::text, 'no day')) as sentence
      from coupon k
        left join transfer g on g.collective_id = k.collective_id and g.order_id = k.order_id and g.kind = 'given'
      where k.collective_id = ${collective} and k.state = 'sold' and g.day is distinct from k.given_on`,
  },
  {
    name: 'coupon_banked_day',
    query: (collective) => sql`
      with banked as materialized (
        select g.order_id, case when a.kind = 'bank' then g.day else coalesce(s.day, cash.banked_on) end as day
        from transfer g
          join account a on a.collective_id = g.collective_id and a.id = g.debit_account_id
          left join transfer s on s.collective_id = g.collective_id and s.payment_id = g.payment_id and s.kind = 'settled'
          left join sale cash on cash.collective_id = g.collective_id and cash.order_id = g.order_id
        where g.collective_id = ${collective} and g.kind = 'given'
      )
      select format('Coupon %s of campaign %s says it was banked on %s, but the transfers say %s.',
        k.number, k.campaign_id, coalesce(k.banked_on::text, 'no day'), coalesce(b.day::text, 'no day')) as sentence
      from coupon k left join banked b on b.order_id = k.order_id
      where k.collective_id = ${collective} and k.state = 'sold' and k.banked_on is distinct from b.day`,
  },
]
