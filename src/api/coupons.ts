import type { Context } from 'hono'
import { publicCampaign } from './campaigns.ts'
import { refuse } from './problems.ts'
import type { CouponAnswer } from './schemas.ts'
import type { ApiServices } from './services.ts'

/** `GET /api/v1/campaigns/{collective}/{campaign}/coupons/{number}`: what anybody may know of one coupon. */
export function readCouponHandler(services: ApiServices) {
  return async (c: Context) => {
    const campaign = await publicCampaign(services, c)
    if (!campaign) return refuse(c, 'campaign_unknown')
    const number = c.req.param('number') ?? ''
    if (!/^[1-9]\d{0,6}$/.test(number)) return refuse(c, 'coupon_unknown')
    const coupon = await services.db
      .of(campaign.collective.id)
      .selectFrom('coupon')
      .select(['coupon.number', 'coupon.state', 'coupon.given_on', 'coupon.banked_on'])
      .where('coupon.campaign_id', '=', campaign.id)
      .where('coupon.number', '=', Number(number))
      .executeTakeFirst()
    if (!coupon) return refuse(c, 'coupon_unknown')
    return c.json(couponAnswer(coupon), 200, { 'Cache-Control': 'no-cache' })
  }
}

interface CouponRow {
  readonly number: number
  readonly state: CouponAnswer['state']
  readonly given_on: string | null
  readonly banked_on: string | null
}

function couponAnswer({ number, state, given_on, banked_on }: CouponRow): CouponAnswer {
  if (state === 'reserved') return { number, state, layer: 'promised' }
  if (state !== 'sold' || given_on === null) return { number, state }
  return { number, state, givenOn: given_on, layer: banked_on === null ? 'on_its_way' : 'banked' }
}
