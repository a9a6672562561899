import type { Act } from '../db/act.ts'
import type { Database } from '../db/database.ts'
import { type Campaign, type Collective, findCampaign } from '../db/directory.ts'
import { checkSchedule, type ScheduleOutcome, termDays } from './campaign-terms.ts'
import { checkCampaign, createCampaign, type NewCampaign } from './create-campaign.ts'
import { createCollective, type NewCollective } from './create-collective.ts'
import { scheduleCampaign } from './schedule-campaign.ts'
import { markSetupLinkUsed, type SetupLinkStatus, setupLinkStatus } from './setup-link.ts'

export interface SetUpWish {
  readonly collective: NewCollective
  readonly campaign: NewCampaign
}

export type SetUp =
  | { readonly ok: true; readonly collective: Collective; readonly campaign: Campaign }
  | { readonly ok: false; readonly status: Exclude<SetupLinkStatus, 'valid'> }
  | { readonly ok: false; readonly status: 'collective_slug_taken' | 'collective_slug_reserved' }
  | {
      readonly ok: false
      readonly status: ScheduleOutcome | NonNullable<ReturnType<typeof checkCampaign>>
    }

/**
 * From the one-time link to a scheduled campaign, all or nothing: the collective, its association, its
 * organiser, its first campaign. The link is used up only by success.
 */
export function setUp(db: Database, token: string, wish: SetUpWish, act: Omit<Act, 'actor'>): Promise<SetUp> {
  return db.transaction(async (inside) => {
    const link = await setupLinkStatus(inside, token, { lock: true })
    if (link !== 'valid') return { ok: false, status: link }
    const refused = checkCampaign(wish.campaign) ?? checkDays(wish, act.now)
    if (refused) return { ok: false, status: refused }
    const actor = 'setup'
    const created = await createCollective(inside, wish.collective, { now: act.now, actor })
    if (!created.ok) {
      if (created.status === 'slug_taken') return { ok: false, status: 'collective_slug_taken' }
      return { ok: false, status: 'collective_slug_reserved' }
    }
    const { collective, personId } = created
    const tenant = inside.of(collective.id)
    const by = { now: act.now, actor: `user:${personId}` }
    const draft = await createCampaign(tenant, collective, wish.campaign, by)
    if (!draft.ok) throw new Error(`the first campaign was refused: ${draft.status}`)
    const scheduled = await scheduleCampaign(tenant, collective, draft.campaignId, by)
    if (!scheduled.ok) throw new Error(`the first campaign was not scheduled: ${scheduled.status}`)
    await markSetupLinkUsed(inside, token, act.now)
    const campaign = await findCampaign(inside, collective, { id: draft.campaignId })
    if (!campaign) throw new Error('a campaign just written is not there')
    return { ok: true, collective, campaign }
  })
}

function checkDays({ collective, campaign }: SetUpWish, now: Date): ScheduleOutcome | undefined {
  const { authorisedFrom, authorisedUntil } = collective.association
  const authorisation = { from: authorisedFrom, until: authorisedUntil }
  return checkSchedule(termDays(campaign), authorisation, now, collective.timeZone)
}
