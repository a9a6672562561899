import { sql } from 'kysely'
import type { Rule } from './check-rule.ts'

export const TRANSFER_RULES: readonly Rule[] = [
  {
    name: 'account_totals',
    query: (collective) => sql`
      with moved as (
        select account_id, sum(debit) as debits, sum(credit) as credits from (
          select debit_account_id as account_id, amount_minor as debit, 0 as credit
            from transfer where collective_id = ${collective}
          union all
          select credit_account_id, 0, amount_minor from transfer where collective_id = ${collective}
        ) sides group by account_id
      )
      select format('Account %s says debits %s and credits %s, but its transfers sum up to %s and %s.',
        coalesce(a.id, m.account_id), a.debits_minor, a.credits_minor, coalesce(m.debits, 0), coalesce(m.credits, 0))
        as sentence
      from (select * from account where collective_id = ${collective}) a
        full join moved m on m.account_id = a.id
      where (a.debits_minor, a.credits_minor)
        is distinct from (coalesce(m.debits, 0)::bigint, coalesce(m.credits, 0)::bigint)`,
  },
  {
    name: 'transfer_accounts',
    query: (collective) => sql`
      select format('Transfer %s is of campaign %s in %s, but one of its accounts is of another.',
        t.id, t.campaign_id, t.currency) as sentence
      from transfer t
        left join account d on d.collective_id = t.collective_id and d.id = t.debit_account_id
        left join account c on c.collective_id = t.collective_id and c.id = t.credit_account_id
      where t.collective_id = ${collective} and (
        (d.campaign_id, d.currency) is distinct from (t.campaign_id, t.currency)
        or (c.campaign_id, c.currency) is distinct from (t.campaign_id, t.currency))`,
  },
  {
    name: 'transfer_mirror',
    query: (collective) => sql`
      select format('Transfer %s corrects %s, but is not its mirror.', m.id, m.reverses_id) as sentence
      from transfer m left join transfer t on t.collective_id = m.collective_id and t.id = m.reverses_id
      where m.collective_id = ${collective} and m.reverses_id is not null and (
        (m.debit_account_id, m.credit_account_id, m.amount_minor, m.currency)
        is distinct from (t.credit_account_id, t.debit_account_id, t.amount_minor, t.currency))`,
  },
  {
    name: 'fund_is_given',
    query: (collective) => sql`
      select format('Campaign %s has %s sold coupons of %s, but its fund holds %s.',
        c.id, c.sold, c.price_minor, coalesce(f.held, 0)) as sentence
      from campaign c
        left join lateral (
          select sum(credits_minor) - sum(debits_minor) as held
          from account where collective_id = c.collective_id and campaign_id = c.id and kind = 'fund'
        ) f on true
      where c.collective_id = ${collective} and coalesce(f.held, 0) <> c.sold * c.price_minor`,
  },
  {
    name: 'account_overdrawn',
    query: (collective) => sql`
      select format('Account %s (%s) gave away %s, but only %s ever came into it.',
        id, kind, credits_minor, debits_minor) as sentence
      from account
      where collective_id = ${collective}
        and kind in ('bank', 'card', 'cash', 'home', 'fees') and credits_minor > debits_minor`,
  },
  {
    name: 'debt_overpaid',
    query: (collective) => sql`
      select format('Account %s (%s) gave out %s, but only %s was ever owed by it.',
        id, kind, debits_minor, credits_minor) as sentence
      from account
      where collective_id = ${collective}
        and kind in ('fund', 'overflow', 'refunds_due') and debits_minor > credits_minor`,
  },
  {
    name: 'home_beyond_fund',
    query: (collective) => sql`
      select format('Campaign %s spent %s on its home, but only %s was given for it.', campaign_id, spent, given)
        as sentence
      from (
        select campaign_id,
          coalesce(sum(debits_minor - credits_minor) filter (where kind = 'home'), 0) as spent,
          coalesce(sum(credits_minor - debits_minor) filter (where kind = 'fund'), 0) as given
        from account where collective_id = ${collective} group by campaign_id
      ) money
      where spent > given`,
  },
]
