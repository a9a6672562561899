import { type Act, record } from '../db/act.ts'
import type { Collective } from '../db/directory.ts'
import type { Tenant } from '../db/tenant.ts'
import { markClosed } from './close-campaign.ts'
import { lockCampaign } from './locked-campaign.ts'

export type Delivered =
  | { readonly ok: true }
  | {
      readonly ok: false
      readonly status: 'campaign_unknown' | 'not_scheduled' | 'still_open' | 'already_delivered'
    }

/** The family has its keys. Of a campaign that is funded or over; one that is still open is closed first. */
export function deliverCampaign(
  tenant: Tenant,
  collective: Pick<Collective, 'timeZone'>,
  campaignId: string,
  act: Act,
): Promise<Delivered> {
  return tenant.transaction(async (inside) => {
    const campaign = await lockCampaign(inside, collective, campaignId, act.now)
    if (!campaign) return { ok: false, status: 'campaign_unknown' }
    if (campaign.status === 'draft') return { ok: false, status: 'not_scheduled' }
    if (campaign.status === 'scheduled' || campaign.status === 'live')
      return { ok: false, status: 'still_open' }
    if (campaign.status === 'delivered') return { ok: false, status: 'already_delivered' }
    if (campaign.closedAt === null) await markClosed(inside, campaignId, act)
    await inside
      .updateTable('campaign')
      .set({ delivered_at: act.now })
      .where('campaign.id', '=', campaignId)
      .execute()
    await record(inside, { kind: 'campaign_delivered', campaignId }, act)
    return { ok: true }
  })
}
