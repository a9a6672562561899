import type { Tenant } from './tenant.ts'

/**
 * Locks a campaign until the transaction ends. Every change of its orders, coupons or accounts begins here:
 * with one order of locks there is no deadlock.
 */
export async function lockCampaignRow(tenant: Tenant, campaignId: string): Promise<void> {
  await tenant
    .selectFrom('campaign')
    .select('campaign.id')
    .where('campaign.id', '=', campaignId)
    .forUpdate()
    .execute()
}
