import { type Act, record } from '../db/act.ts'
import type { Collective } from '../db/directory.ts'
import type { Tenant } from '../db/tenant.ts'
import { newId } from '../domain/id.ts'
import { LANGS } from '../domain/lang.ts'
import { isSlug, RESERVED_CAMPAIGN_SLUGS } from '../domain/slug.ts'
import { type CampaignTerms, checkTerms, type TermsOutcome, termDays } from './campaign-terms.ts'
import { type Dream, isSameDream, readDream } from './dream.ts'

export interface NewCampaign extends CampaignTerms {
  /** Made by whoever asks; the same id again is the same campaign, and is refused with other content. */
  readonly id?: string
  readonly slug: string
  readonly dream: Dream
}

export type CampaignCreated =
  | { readonly ok: true; readonly status: 'created' | 'exists'; readonly campaignId: string }
  | {
      readonly ok: false
      readonly status:
        | TermsOutcome
        | 'slug_invalid'
        | 'slug_reserved'
        | 'slug_taken'
        | 'dream_missing'
        | 'exists_with_different_content'
    }

/** A draft: nobody but the organisers sees it. It collects for the collective's newest association. */
export function createCampaign(
  tenant: Tenant,
  collective: Pick<Collective, 'currency'>,
  wish: NewCampaign,
  act: Act,
): Promise<CampaignCreated> {
  return tenant.transaction(async (inside) => {
    const campaignId = wish.id ?? newId()
    const before = await answerKnown(inside, campaignId, wish)
    if (before) return before
    const wrong = checkCampaign(wish)
    if (wrong) return { ok: false, status: wrong }
    const { id: associationId } = await inside
      .selectFrom('association')
      .select('association.id')
      .orderBy('association.created_at', 'desc')
      .orderBy('association.id', 'desc')
      .executeTakeFirstOrThrow()
    const { firstDay, lastDay } = termDays(wish)
    const written = await inside
      .insertInto('campaign', {
        id: campaignId,
        association_id: associationId,
        slug: wish.slug,
        price_minor: wish.priceMinor,
        currency: collective.currency,
        goal: wish.goal,
        first_day: firstDay,
        last_day: lastDay,
        created_at: act.now,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('campaign.id')
      .executeTakeFirst()
    // The same form sent twice at once: the other was first.
    if (!written) return (await answerKnown(inside, campaignId, wish)) ?? { ok: false, status: 'slug_taken' }
    await tellDream(inside, campaignId, wish.dream)
    await record(inside, { kind: 'campaign_created', campaignId }, act)
    return { ok: true, status: 'created', campaignId }
  })
}

/** Writes or rewrites the story in each language that is given. */
export async function tellDream(tenant: Tenant, campaignId: string, dream: Dream): Promise<void> {
  for (const lang of LANGS) {
    const text = dream[lang]
    if (!text) continue
    const { title, summary, story } = text
    await tenant
      .insertInto('dream', { campaign_id: campaignId, lang, title, summary, story })
      .onConflict((conflict) =>
        conflict.columns(['collective_id', 'campaign_id', 'lang']).doUpdateSet({ title, summary, story }),
      )
      .execute()
  }
}

/** The first rule that the wish for a campaign breaks, but for the name being taken. */
export function checkCampaign(wish: NewCampaign) {
  if (!isSlug(wish.slug)) return 'slug_invalid'
  if (RESERVED_CAMPAIGN_SLUGS.has(wish.slug)) return 'slug_reserved'
  return checkTerms(wish) ?? (LANGS.some((lang) => wish.dream[lang]) ? undefined : 'dream_missing')
}

async function answerKnown(
  tenant: Tenant,
  campaignId: string,
  wish: NewCampaign,
): Promise<CampaignCreated | undefined> {
  const known = await tenant
    .selectFrom('campaign')
    .select(['slug', 'price_minor', 'goal', 'first_day', 'last_day'])
    .where('campaign.id', '=', campaignId)
    .executeTakeFirst()
  if (!known) return undefined
  const { firstDay, lastDay } = termDays(wish)
  const isSame =
    known.slug === wish.slug &&
    known.price_minor === wish.priceMinor &&
    known.goal === wish.goal &&
    known.first_day === firstDay &&
    known.last_day === lastDay &&
    isSameDream(await readDream(tenant, campaignId), wish.dream)
  return isSame
    ? { ok: true, status: 'exists', campaignId }
    : { ok: false, status: 'exists_with_different_content' }
}
