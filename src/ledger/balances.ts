import type { Tenant } from '../db/tenant.ts'
import type { AccountKind } from './accounts.ts'

export interface Balance {
  readonly kind: AccountKind
  readonly holder: string
  readonly currency: string
  readonly debitsMinor: bigint
  readonly creditsMinor: bigint
}

/** The totals of every account of a campaign, in the order of their kinds. */
export async function balances(tenant: Tenant, campaignId: string): Promise<Balance[]> {
  const rows = await tenant
    .selectFrom('account')
    .select(['kind', 'holder', 'currency', 'debits_minor', 'credits_minor'])
    .where('account.campaign_id', '=', campaignId)
    .orderBy('kind')
    .orderBy('holder')
    .execute()
  return rows.map((row) => ({
    kind: row.kind as AccountKind,
    holder: row.holder,
    currency: row.currency,
    debitsMinor: row.debits_minor,
    creditsMinor: row.credits_minor,
  }))
}
