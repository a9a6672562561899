import { type Act, record } from '../db/act.ts'
import type { Collective } from '../db/directory.ts'
import type { Tenant } from '../db/tenant.ts'
import { newId } from '../domain/id.ts'
import { isSameText, LANGS, type LocalizedText } from '../domain/lang.ts'
import { lockCampaign } from './locked-campaign.ts'

export const MAX_UPDATE_TITLE_CHARACTERS = 120
export const MAX_UPDATE_BODY_CHARACTERS = 4000

/** A piece of news, in some of the collective's languages. */
export interface NewUpdate {
  /** Made by whoever asks; the same id again publishes nothing more, and is refused with other content. */
  readonly id?: string
  readonly campaignId: string
  readonly title: LocalizedText
  readonly body: LocalizedText
}

export type Published =
  | { readonly ok: true; readonly status: 'created' | 'exists'; readonly updateId: string }
  | {
      readonly ok: false
      readonly status: 'campaign_unknown' | 'not_scheduled' | 'update_empty' | 'exists_with_different_content'
    }

/** Publishes news of a campaign at once. Every language that has a title needs a text, and the reverse. */
export function publishUpdate(
  tenant: Tenant,
  collective: Pick<Collective, 'timeZone'>,
  wish: NewUpdate,
  act: Act,
): Promise<Published> {
  return tenant.transaction(async (inside) => {
    const campaign = await lockCampaign(inside, collective, wish.campaignId, act.now)
    if (!campaign) return { ok: false, status: 'campaign_unknown' }
    if (campaign.status === 'draft') return { ok: false, status: 'not_scheduled' }
    if (!isWhole(wish)) return { ok: false, status: 'update_empty' }
    const updateId = wish.id ?? newId()
    const written = await inside
      .insertInto('update', {
        id: updateId,
        campaign_id: wish.campaignId,
        title: JSON.stringify(wish.title),
        body: JSON.stringify(wish.body),
        published_at: act.now,
      })
      .onConflict((conflict) => conflict.columns(['collective_id', 'id']).doNothing())
      .returning('update.id')
      .executeTakeFirst()
    if (!written) {
      return (await isSame(inside, updateId, wish))
        ? { ok: true, status: 'exists', updateId }
        : { ok: false, status: 'exists_with_different_content' }
    }
    await record(inside, { kind: 'update_published', campaignId: wish.campaignId, data: { updateId } }, act)
    return { ok: true, status: 'created', updateId }
  })
}

function isWhole({ title, body }: NewUpdate): boolean {
  const told = LANGS.filter((lang) => title[lang])
  return told.length > 0 && LANGS.every((lang) => Boolean(title[lang]) === Boolean(body[lang]))
}

async function isSame(tenant: Tenant, updateId: string, wish: NewUpdate): Promise<boolean> {
  const known = await tenant
    .selectFrom('update')
    .select(['update.campaign_id', 'update.title', 'update.body'])
    .where('update.id', '=', updateId)
    .executeTakeFirstOrThrow()
  return (
    known.campaign_id === wish.campaignId &&
    isSameText(known.title, wish.title) &&
    isSameText(known.body, wish.body)
  )
}
