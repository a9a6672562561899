import { type Act, record } from '../db/act.ts'
import type { Collective } from '../db/directory.ts'
import type { Tenant } from '../db/tenant.ts'
import { lockCampaign } from './locked-campaign.ts'

export type Closed =
  | { readonly ok: true }
  | { readonly ok: false; readonly status: 'campaign_unknown' | 'not_scheduled' | 'already_closed' }

/**
 * Ends a campaign for good, also before its last day. Nobody can take a coupon any more; what is reserved stays
 * so until its time is over, and money that comes for it still counts.
 */
export function closeCampaign(
  tenant: Tenant,
  collective: Pick<Collective, 'timeZone'>,
  campaignId: string,
  act: Act,
): Promise<Closed> {
  return tenant.transaction(async (inside) => {
    const campaign = await lockCampaign(inside, collective, campaignId, act.now)
    if (!campaign) return { ok: false, status: 'campaign_unknown' }
    if (campaign.status === 'draft') return { ok: false, status: 'not_scheduled' }
    if (campaign.closedAt !== null) return { ok: false, status: 'already_closed' }
    await markClosed(inside, campaignId, act)
    return { ok: true }
  })
}

/** For whoever holds the campaign's lock and knows that it is not closed. */
export async function markClosed(tenant: Tenant, campaignId: string, act: Act): Promise<void> {
  await tenant
    .updateTable('campaign')
    .set({ closed_at: act.now })
    .where('campaign.id', '=', campaignId)
    .execute()
  await record(tenant, { kind: 'campaign_closed', campaignId }, act)
}
