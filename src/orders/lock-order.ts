import { lockCampaignRow } from '../db/lock-campaign.ts'
import type { Tenant } from '../db/tenant.ts'

/**
 * Takes the locks that every change of one order needs, always in this order: its campaign, then itself.
 * Returns the order as it is once both are held, or undefined when there is none.
 */
export async function lockOrder(tenant: Tenant, orderId: string) {
  const found = await tenant
    .selectFrom('order')
    .select('order.campaign_id')
    .where('order.id', '=', orderId)
    .executeTakeFirst()
  if (!found) return undefined
  await lockCampaignRow(tenant, found.campaign_id)
  return tenant
    .selectFrom('order')
    .select([
      'id',
      'campaign_id',
      'status',
      'method',
      'expires_at',
      'amount_minor',
      'currency',
      'ambassador_id',
    ])
    .where('order.id', '=', orderId)
    .forUpdate()
    .executeTakeFirst()
}
