import type { VNode } from 'preact'
import type { Campaign } from '../db/directory.ts'
import type { Services } from '../db/services.ts'
import type { Lang } from '../domain/lang.ts'
import type { Kept } from '../kept/kept.ts'
import type { Assets } from '../web/assets.ts'
import type { LiveHub } from './live-hub.ts'

/** What the public pages need from the composition root. */
export interface CampaignServices extends Services {
  readonly assets: Assets
  readonly kept: Kept
  readonly liveHub: LiveHub
  /** The form to give, the same for every reader of the campaign's page; the ambassador who offers goes along. */
  readonly giveForm: (campaign: Campaign, lang: Lang, ambassador?: OfferingAmbassador) => VNode
  /** The form of who wishes to be told of the next dream. */
  readonly wishForm: (campaign: Campaign, lang: Lang) => VNode
  /** Whether a text is the code printed on a coupon: `custody/coupon-code.ts` with this installation's key. */
  readonly isCouponCode: (campaignId: string, number: number, code: string) => boolean
  /** Whether this installation only shows what Twiza does: no money moves. */
  readonly trial: boolean
}

export interface OfferingAmbassador {
  readonly slug: string
  readonly name: string
}
