import type { Collective } from '../db/directory.ts'
import type { Tenant } from '../db/tenant.ts'
import { type CampaignStatus, campaignStatus } from '../domain/campaign.ts'
import type { LocalDay } from '../domain/days.ts'

export interface LockedCampaign {
  readonly id: string
  readonly associationId: string
  readonly currency: string
  readonly firstDay: LocalDay
  readonly lastDay: LocalDay
  readonly closedAt: Date | null
  readonly status: CampaignStatus
}

/** A campaign as it now is, locked until the transaction ends; undefined for another collective's. */
export async function lockCampaign(
  tenant: Tenant,
  collective: Pick<Collective, 'timeZone'>,
  campaignId: string,
  now: Date,
): Promise<LockedCampaign | undefined> {
  const row = await tenant
    .selectFrom('campaign')
    .selectAll('campaign')
    .where('campaign.id', '=', campaignId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) return undefined
  const firstDay = row.first_day as LocalDay
  const lastDay = row.last_day as LocalDay
  const facts = {
    scheduledAt: row.scheduled_at,
    closedAt: row.closed_at,
    deliveredAt: row.delivered_at,
    firstDay,
    lastDay,
    goal: row.goal,
    sold: row.sold,
  }
  return {
    id: row.id,
    associationId: row.association_id,
    currency: row.currency,
    firstDay,
    lastDay,
    closedAt: row.closed_at,
    status: campaignStatus(facts, now, collective.timeZone),
  }
}
