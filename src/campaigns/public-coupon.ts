import type { Database } from '../db/database.ts'
import type { Campaign } from '../db/directory.ts'
import { brickState } from '../db/progress.ts'
import type { BrickState } from '../domain/coupon.ts'
import { formatDay, type LocalDay } from '../domain/days.ts'
import type { Lang } from '../domain/lang.ts'
import type { T } from '../i18n/translator.ts'

/** What anybody may know of one coupon. */
export interface PublicCoupon {
  readonly number: number
  /** `allotted` is in the care of an ambassador; the drawing of the house shows it as available. */
  readonly state: BrickState | 'allotted'
  readonly givenOn: LocalDay | null
  readonly bankedOn: LocalDay | null
  /** The ambassador to whom it was given by cash. */
  readonly cashTo: string | null
}

/** The public state of a coupon, or undefined when the campaign has no such number. */
export async function readCoupon(
  db: Database,
  campaign: Pick<Campaign, 'id' | 'collective'>,
  number: number,
): Promise<PublicCoupon | undefined> {
  const row = await db
    .of(campaign.collective.id)
    .selectFrom('coupon')
    .leftJoin('order', (join) =>
      join
        .onRef('order.collective_id', '=', 'coupon.collective_id')
        .onRef('order.id', '=', 'coupon.order_id')
        .on('order.method', '=', 'cash'),
    )
    .leftJoin('ambassador', (join) =>
      join
        .onRef('ambassador.collective_id', '=', 'order.collective_id')
        .onRef('ambassador.id', '=', 'order.ambassador_id'),
    )
    .select(['coupon.number', 'coupon.given_on', 'coupon.banked_on', 'coupon.state as custody'])
    .select(['ambassador.name as cash_to', brickState.as('state')])
    .where('coupon.campaign_id', '=', campaign.id)
    .where('coupon.number', '=', number)
    .executeTakeFirst()
  if (!row) return undefined
  return {
    number: row.number,
    state: row.custody === 'allotted' ? 'allotted' : row.state,
    givenOn: row.given_on as LocalDay | null,
    bankedOn: row.banked_on as LocalDay | null,
    cashTo: row.cash_to,
  }
}

/** "No. 417, given on 3 March, banked", in the reader's language; by cash also to whom and since when. */
export function couponSentence(t: T, lang: Lang, coupon: PublicCoupon): string {
  const { number, state, givenOn, bankedOn, cashTo } = coupon
  const day = givenOn ? formatDay(givenOn, lang) : ''
  if (cashTo !== null && state === 'banked' && bankedOn) {
    return t('campaign.coupon_cash_banked', { number, name: cashTo, day, banked: formatDay(bankedOn, lang) })
  }
  if (cashTo !== null && state === 'given') {
    return t('campaign.coupon_cash_given', { number, name: cashTo, day })
  }
  return t(`campaign.coupon_${state}`, { number, day })
}
