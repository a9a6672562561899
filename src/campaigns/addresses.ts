import type { Campaign } from '../db/directory.ts'
import { campaignPath } from '../domain/address.ts'
import type { Lang } from '../domain/lang.ts'

export function couponPath(lang: Lang, campaign: Campaign, number: number): string {
  return `${campaignPath(lang, campaign)}/coupons/${number}`
}

/** The live progress of a campaign, in every language the same. */
export function eventsPath(campaign: Campaign): string {
  return `/api/v1/campaigns/${campaign.collective.slug}/${campaign.slug}/events`
}

/** The campaign's numbers for machines. */
export function apiPath(campaign: Campaign): string {
  return `/api/v1/campaigns/${campaign.collective.slug}/${campaign.slug}`
}

/** The drawing alone, as a picture for link previews. It is another address when its state is another. */
export function housePath(lang: Lang, campaign: Campaign): string {
  return `${campaignPath(lang, campaign)}/house.png?v=${campaign.position}`
}

/** The card of the ambassador who offers the page, with the house: what messengers show of a shared link. */
export function cardPath(lang: Lang, campaign: Campaign, ambassador: { readonly slug: string }): string {
  return `${campaignPath(lang, campaign, ambassador)}/card.png?v=${campaign.position}`
}
