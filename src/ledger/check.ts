import { sql } from 'kysely'
import type { Tenant } from '../db/tenant.ts'
import { CAMPAIGN_RULES } from './check-campaigns.ts'
import { COUPON_RULES } from './check-coupons.ts'
import { CUSTODY_RULES } from './check-custody.ts'
import { ORDER_RULES } from './check-orders.ts'
import { PAYMENT_RULES } from './check-payments.ts'
import { MAX_VIOLATIONS_PER_RULE, type Rule, type Violation } from './check-rule.ts'
import { TRANSFER_RULES } from './check-transfers.ts'

/** What was looked at, and everything that was wrong: no violation is the expected answer. */
export interface Checked {
  readonly orders: number
  readonly coupons: number
  readonly transfers: number
  readonly violations: readonly Violation[]
}

const RULES: readonly Rule[] = [
  ...CAMPAIGN_RULES,
  ...COUPON_RULES,
  ...CUSTODY_RULES,
  ...ORDER_RULES,
  ...PAYMENT_RULES,
  ...TRANSFER_RULES,
]

/**
 * Recomputes every campaign, coupon, order, payment, account and tally of a collective from their records, as
 * they were at one moment. Sentences hold ids and numbers, never a name, an address or a telephone number.
 */
export function checkCollective(tenant: Tenant): Promise<Checked> {
  return tenant.snapshot(async (moment) => {
    // A large collective takes longer than a page may.
    await moment.one(sql`select set_config('statement_timeout', '0', true)`)
    const counted = await moment.one(sql<Omit<Checked, 'violations'>>`
      select
        (select count(*)::integer from "order" where collective_id = ${moment.collectiveId}) as orders,
        (select count(*)::integer from coupon where collective_id = ${moment.collectiveId}) as coupons,
        (select count(*)::integer from transfer where collective_id = ${moment.collectiveId}) as transfers`)
    const violations: Violation[] = []
    for (const rule of RULES) violations.push(...(await broken(moment, rule)))
    return { ...counted, violations }
  })
}

async function broken(tenant: Tenant, rule: Rule): Promise<Violation[]> {
  const found = await tenant.all(
    sql<{ sentence: string }>`
      select sentence from (${rule.query(tenant.collectiveId)}) found limit ${MAX_VIOLATIONS_PER_RULE}`,
  )
  return found.map(({ sentence }) => ({ rule: rule.name, sentence }))
}
