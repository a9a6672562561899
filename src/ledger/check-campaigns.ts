import { sql } from 'kysely'
import type { Rule } from './check-rule.ts'

export const CAMPAIGN_RULES: readonly Rule[] = [
  {
    name: 'campaign_counters',
    query: (collective) => sql`
      with counted as (
        select campaign_id,
          count(*) filter (where state = 'available') as available, count(*) filter (where state = 'allotted') as allotted,
          count(*) filter (where state = 'reserved') as reserved, count(*) filter (where state = 'sold') as sold,
          count(*) filter (where state = 'void') as void,
          count(*) filter (where state = 'sold' and banked_on is not null) as banked,
          count(*) filter (where state = 'sold' and cash and banked_on is null) as in_hand
        from coupon where collective_id = ${collective} group by campaign_id
      )
      select format('Campaign %s counts %s coupons %s, but %s coupons are so.', c.id, kept.n, kept.word, kept.real)
        as sentence
      from campaign c left join counted r on r.campaign_id = c.id
        cross join lateral (values
          ('available', c.available, coalesce(r.available, 0)), ('allotted', c.allotted, coalesce(r.allotted, 0)),
          ('reserved', c.reserved, coalesce(r.reserved, 0)), ('sold', c.sold, coalesce(r.sold, 0)),
          ('void', c.void, coalesce(r.void, 0)), ('banked', c.banked, coalesce(r.banked, 0)),
          ('in hand', c.in_hand, coalesce(r.in_hand, 0))
        ) kept (word, n, real)
      where c.collective_id = ${collective} and kept.n <> kept.real`,
  },
  {
    name: 'campaign_numbers',
    query: (collective) => sql`
      select format('Campaign %s should have the coupons 1 to %s, but has %s from %s to %s.',
        c.id, c.goal, r.coupons, coalesce(r.least, 0), coalesce(r.most, 0)) as sentence
      from campaign c
        cross join lateral (
          select count(*) as coupons, min(number) as least, max(number) as most
          from coupon where collective_id = c.collective_id and campaign_id = c.id
        ) r
      where c.collective_id = ${collective} and (
        c.scheduled_at is null and r.coupons > 0
        or c.scheduled_at is not null and (r.coupons, r.least, r.most) is distinct from (c.goal::bigint, 1, c.goal))`,
  },
  {
    name: 'campaign_events',
    query: (collective) => sql`
      select format('Campaign %s is at position %s, but has %s events up to position %s.',
        c.id, c.position, r.events, coalesce(r.last, 0)) as sentence
      from campaign c
        cross join lateral (
          select count(*) as events, max(position) as last
          from event where collective_id = c.collective_id and campaign_id = c.id
        ) r
      where c.collective_id = ${collective} and (c.position <> r.events or c.position <> coalesce(r.last, 0))`,
  },
  {
    name: 'ambassador_tally',
    query: (collective) => sql`
      with given as (
        select campaign_id, ambassador_id, sum(quantity) as given from "order"
        where collective_id = ${collective} and status = 'paid' and ambassador_id is not null
        group by campaign_id, ambassador_id
      ), kept as (
        select campaign_id, ambassador_id, given from ambassador_tally where collective_id = ${collective}
      )
      select format('Ambassador %s is counted %s coupons in campaign %s, but the paid orders say %s.',
        ambassador_id, coalesce(k.given, 0), campaign_id, coalesce(g.given, 0)) as sentence
      from kept k full join given g using (campaign_id, ambassador_id)
      where coalesce(k.given, 0) <> coalesce(g.given, 0)`,
  },
]
