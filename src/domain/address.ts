import type { Lang } from './lang.ts'

interface Place {
  readonly slug: string
}

/** Addresses within the installation, without its origin. */
export function collectivePath(lang: Lang, collective: Place): string {
  return `/${lang}/${collective.slug}`
}

/** The page of a campaign, as offered by an ambassador when one is given. */
export function campaignPath(
  lang: Lang,
  campaign: Place & { readonly collective: Place },
  ambassador?: Place,
): string {
  return `${collectivePath(lang, campaign.collective)}/${campaign.slug}${ambassador ? `/${ambassador.slug}` : ''}`
}
