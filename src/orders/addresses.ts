import type { Campaign } from '../db/directory.ts'
import { campaignPath } from '../domain/address.ts'
import { LANGS, type Lang } from '../domain/lang.ts'

/** The form to give; the ambassador who offers goes along. */
export function givePath(lang: Lang, campaign: Campaign, ambassador?: { readonly slug: string }): string {
  return `${campaignPath(lang, campaign)}/give${ambassador ? `?ambassador=${ambassador.slug}` : ''}`
}

export function wishPath(lang: Lang, campaign: Campaign, step: '' | '/kept' = ''): string {
  return `${campaignPath(lang, campaign)}/wish${step}`
}

/** The same place in every language. */
export function inEveryLang(path: (lang: Lang) => string): Record<Lang, string> {
  return Object.fromEntries(LANGS.map((lang) => [lang, path(lang)])) as Record<Lang, string>
}
