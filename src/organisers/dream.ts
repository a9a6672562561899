import type { Tenant } from '../db/tenant.ts'
import { LANGS, type Lang } from '../domain/lang.ts'

/** The story of a campaign in one language. */
export interface DreamText {
  readonly title: string
  readonly summary: string
  readonly story: string
}

/** A story for each language it is told in. */
export type Dream = Partial<Record<Lang, DreamText>>

export const MAX_TITLE_CHARACTERS = 80
export const MAX_SUMMARY_CHARACTERS = 240
export const MAX_STORY_CHARACTERS = 6000

/** The story of a campaign in every language it has been told in. */
export async function readDream(tenant: Tenant, campaignId: string): Promise<Dream> {
  const rows = await tenant
    .selectFrom('dream')
    .select(['dream.lang', 'dream.title', 'dream.summary', 'dream.story'])
    .where('dream.campaign_id', '=', campaignId)
    .execute()
  return Object.fromEntries(rows.map(({ lang, ...text }) => [lang, text]))
}

/** Whether two stories are told in the same languages with the same words. */
export function isSameDream(one: Dream, other: Dream): boolean {
  return LANGS.every((lang) => {
    const [told, again] = [one[lang], other[lang]]
    if (!told || !again) return told === again
    return told.title === again.title && told.summary === again.summary && told.story === again.story
  })
}
