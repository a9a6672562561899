import { sql } from 'kysely'
import { type Act, record } from '../db/act.ts'
import type { Collective } from '../db/directory.ts'
import type { Tenant } from '../db/tenant.ts'
import type { LocalDay } from '../domain/days.ts'
import { checkSchedule, type ScheduleOutcome } from './campaign-terms.ts'
import { lockCampaign } from './locked-campaign.ts'

export type Scheduled =
  | { readonly ok: true }
  | { readonly ok: false; readonly status: 'campaign_unknown' | 'already_scheduled' | ScheduleOutcome }

/**
 * Brings the coupons 1..goal into being; from then on price and goal are fixed, and the campaign is live from
 * its first day. Refused when the association's authorisation to collect does not cover every day.
 */
export function scheduleCampaign(
  tenant: Tenant,
  collective: Pick<Collective, 'timeZone'>,
  campaignId: string,
  act: Act,
): Promise<Scheduled> {
  return tenant.transaction(async (inside) => {
    const campaign = await lockCampaign(inside, collective, campaignId, act.now)
    if (!campaign) return { ok: false, status: 'campaign_unknown' }
    if (campaign.status !== 'draft') return { ok: false, status: 'already_scheduled' }
    const authorisation = await inside
      .selectFrom('association')
      .select(['association.authorised_from', 'association.authorised_until'])
      .where('association.id', '=', campaign.associationId)
      .executeTakeFirstOrThrow()
    const refused = checkSchedule(
      campaign,
      { from: authorisation.authorised_from as LocalDay, until: authorisation.authorised_until as LocalDay },
      act.now,
      collective.timeZone,
    )
    if (refused) return { ok: false, status: refused }
    // A million numbers take longer than a page may.
    await inside.one(sql`select set_config('statement_timeout', '120000', true)`)
    const { done } = await inside.one(
      sql<{
        done: boolean
      }>`select schedule_campaign(${inside.collectiveId}, ${campaignId}, ${act.now}) as done`,
    )
    if (!done) return { ok: false, status: 'already_scheduled' }
    await record(inside, { kind: 'campaign_scheduled', campaignId }, act)
    return { ok: true }
  })
}
