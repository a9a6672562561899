import { type Act, record } from '../db/act.ts'
import type { Collective } from '../db/directory.ts'
import type { Tenant } from '../db/tenant.ts'
import { type TermsOutcome, termDays } from './campaign-terms.ts'
import { checkCampaign, type NewCampaign, tellDream } from './create-campaign.ts'
import { lockCampaign } from './locked-campaign.ts'

export type DraftEdited =
  | { readonly ok: true }
  | {
      readonly ok: false
      readonly status:
        | TermsOutcome
        | 'campaign_unknown'
        | 'already_scheduled'
        | 'slug_invalid'
        | 'slug_reserved'
        | 'slug_taken'
        | 'dream_missing'
    }

/** Rewrites a campaign that nobody has seen yet. Languages that are not in the wish keep their story. */
export function editDraft(
  tenant: Tenant,
  collective: Pick<Collective, 'timeZone'>,
  campaignId: string,
  wish: NewCampaign,
  act: Act,
): Promise<DraftEdited> {
  const edited = tenant.transaction(async (inside): Promise<DraftEdited> => {
    const campaign = await lockCampaign(inside, collective, campaignId, act.now)
    if (!campaign) return { ok: false, status: 'campaign_unknown' }
    if (campaign.status !== 'draft') return { ok: false, status: 'already_scheduled' }
    const wrong = checkCampaign(wish)
    if (wrong) return { ok: false, status: wrong }
    const namesake = await inside
      .selectFrom('campaign')
      .select('campaign.id')
      .where('campaign.slug', '=', wish.slug)
      .where('campaign.id', '<>', campaignId)
      .executeTakeFirst()
    if (namesake) return { ok: false, status: 'slug_taken' }
    const { firstDay, lastDay } = termDays(wish)
    await inside
      .updateTable('campaign')
      .set({
        slug: wish.slug,
        price_minor: wish.priceMinor,
        goal: wish.goal,
        first_day: firstDay,
        last_day: lastDay,
      })
      .where('campaign.id', '=', campaignId)
      .execute()
    await tellDream(inside, campaignId, wish.dream)
    await record(inside, { kind: 'campaign_edited', campaignId }, act)
    return { ok: true }
  })
  // Two drafts that take the same free name at once both find it free: the database lets one have it.
  return edited.catch((error: unknown) => {
    if (isTakenSlug(error)) return { ok: false, status: 'slug_taken' }
    throw error
  })
}

function isTakenSlug(error: unknown): boolean {
  const { code, constraint_name } = error as { code?: unknown; constraint_name?: unknown }
  return code === '23505' && constraint_name === 'campaign_collective_id_slug_key'
}
