import { sql } from 'kysely'
import type { Rule } from './check-rule.ts'

/** Numbers and cash in the hands of ambassadors. */
export const CUSTODY_RULES: readonly Rule[] = [
  {
    name: 'coupon_custody',
    query: (collective) => sql`
      select format('Coupon %s of campaign %s is allotted, but block %s is %s over %s to %s.',
        k.number, k.campaign_id, coalesce(k.block_id::text, 'of nobody'), coalesce(b.status, 'not there'), b.first, b.last)
        as sentence
      from coupon k
        left join block b on b.collective_id = k.collective_id and b.campaign_id = k.campaign_id and b.id = k.block_id
      where k.collective_id = ${collective} and k.state = 'allotted' and not coalesce(
        b.status in ('allotted', 'accepted') and k.number between b.first and b.last, false)`,
  },
  {
    name: 'coupon_cash',
    query: (collective) => sql`
      select format('Coupon %s of campaign %s says %s, but its order %s was given by %s.',
        k.number, k.campaign_id, case when k.cash then 'cash' else 'no cash' end, o.id, o.method) as sentence
      from coupon k
        join "order" o on o.collective_id = k.collective_id and o.campaign_id = k.campaign_id and o.id = k.order_id
      where k.collective_id = ${collective} and k.state = 'sold' and k.cash <> (o.method = 'cash')`,
  },
  {
    name: 'sale_order',
    query: (collective) => sql`
      select format('Sale %s is %s over %s coupons for %s, but its order is %s over %s for %s.', s.id,
        coalesce(s.resolution, s.outcome), cardinality(s.numbers), s.amount_minor, coalesce(o.status, 'not there'),
        coalesce(o.quantity, 0), coalesce(o.amount_minor, 0)) as sentence
      from sale s left join "order" o on o.collective_id = s.collective_id and o.id = s.order_id
      where s.collective_id = ${collective} and case
        when s.outcome = 'stored' or s.resolution in ('numbers_given', 'accepted') then
          (o.method, o.status in ('paid', 'refunded'), o.campaign_id, o.ambassador_id, o.quantity, o.amount_minor)
          is distinct from ('cash', true, s.campaign_id, s.ambassador_id, cardinality(s.numbers), s.amount_minor)
        else s.order_id is not null end
      union all
      select format('Order %s was given for cash, but no sale says so.', o.id)
      from "order" o left join sale s on s.collective_id = o.collective_id and s.order_id = o.id
      where o.collective_id = ${collective} and o.method = 'cash' and s.id is null`,
  },
  {
    // What was handed over and covers no sale yet counts for the oldest: it is always less than that one asks.
    name: 'cash_in_hand',
    query: (collective) => sql`
      with unbanked as (
        select campaign_id, ambassador_id::text as holder, sum(amount_minor) as due,
          (array_agg(amount_minor order by received_at, id))[1] as oldest
        from sale
        where collective_id = ${collective} and is_posted and banked_on is null and resolution is distinct from 'given_back'
        group by campaign_id, ambassador_id
      ), held as (
        select campaign_id, holder, debits_minor - credits_minor as balance
        from account where collective_id = ${collective} and kind = 'cash'
      )
      select format('Ambassador %s holds %s of campaign %s, but the sales that are not banked come to %s.',
        holder, coalesce(h.balance, 0), campaign_id, coalesce(u.due, 0)) as sentence
      from unbanked u full join held h using (campaign_id, holder)
      where coalesce(u.due, 0) - coalesce(h.balance, 0) < 0
        or coalesce(u.due, 0) - coalesce(h.balance, 0) >= greatest(coalesce(u.oldest, 0), 1)`,
  },
  {
    name: 'remittance_money',
    query: (collective) => sql`
      with counted as (
        select campaign_id, ambassador_id::text as holder, sum(counted_minor) - sum(coalesce((
            select sum(l.amount_minor) from remittance_line l
            where l.collective_id = r.collective_id and l.remittance_id = r.id and l.kind = 'surplus'), 0)) as amount
        from remittance r where collective_id = ${collective} and status = 'confirmed'
        group by campaign_id, ambassador_id
      ), moved as (
        select a.campaign_id, a.holder, sum(t.amount_minor) as amount
        from account a
          join transfer t on t.collective_id = a.collective_id and t.credit_account_id = a.id and t.kind = 'settled'
        where a.collective_id = ${collective} and a.kind = 'cash'
        group by a.campaign_id, a.holder
      )
      select format('Ambassador %s handed over %s of campaign %s, but %s of it came to the bank.',
        holder, coalesce(c.amount, 0), campaign_id, coalesce(m.amount, 0)) as sentence
      from counted c full join moved m using (campaign_id, holder)
      where coalesce(c.amount, 0) <> coalesce(m.amount, 0)`,
  },
]
