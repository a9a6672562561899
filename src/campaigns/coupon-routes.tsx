import { type Context, Hono } from 'hono'
import type { Campaign } from '../db/directory.ts'
import { readProgress } from '../db/progress.ts'
import { decodeBricks } from '../domain/coupon.ts'
import { plainDigits } from '../domain/digits.ts'
import { isLang, type Lang } from '../domain/lang.ts'
import { translator } from '../i18n/translator.ts'
import { houseSvg } from '../web/house.tsx'
import { couponPath } from './addresses.ts'
import { CouponPage, CouponsPage, couponSentence } from './coupon-page.tsx'
import { findPublicCampaign } from './find-public.ts'
import { housePicture } from './house-picture.ts'
import { readCoupon } from './queries.ts'
import { sendPage } from './send-page.ts'
import type { CampaignServices } from './services.ts'

const NUMBER = /^[1-9]\d{0,6}$/

/** The public state of single coupons, and the drawing of all. */
export function couponRoutes(services: CampaignServices): Hono {
  const app = new Hono()
  const { db, now } = services

  app.get('/:lang/:collective/:campaign/house.svg', async (c, next) => {
    const found = await find(c)
    if (!found) return next()
    const { lang, campaign } = found
    const { draw } = await houseNow(lang, campaign)
    return c.body(draw(), 200, {
      'Content-Type': 'image/svg+xml; charset=utf-8',
      'Cache-Control': 'public, max-age=60',
    })
  })

  app.get('/:lang/:collective/:campaign/house.png', async (c, next) => {
    const found = await find(c)
    if (!found) return next()
    const { key, draw } = await houseNow(found.lang, found.campaign)
    return c.body(new Uint8Array(await housePicture(key, draw)), 200, {
      'Content-Type': 'image/png',
      'Cache-Control': 'public, max-age=60',
    })
  })

  app.get('/:lang/:collective/:campaign/coupons', async (c, next) => {
    const found = await find(c)
    if (!found) return next()
    const { lang, campaign } = found
    const typed = c.req.query('number')
    const number = typed === undefined ? undefined : plainDigits(typed).trim()
    const { goal } = campaign.counts
    if (number !== undefined && NUMBER.test(number) && Number(number) <= goal) {
      return c.redirect(couponPath(lang, campaign, Number(number)), 303)
    }
    const error =
      typed === undefined ? undefined : translator(lang)('campaign.coupon_number_invalid', { n: goal })
    const props = { services, lang, view: await read(campaign), typed, error }
    return sendPage(c, <CouponsPage {...props} />, error ? 422 : 200)
  })

  app.get('/:lang/:collective/:campaign/coupons/:number', async (c, next) => {
    const found = await find(c)
    const number = c.req.param('number')
    if (!found || !NUMBER.test(number)) return next()
    const { lang, campaign } = found
    const coupon = await readCoupon(db, campaign, Number(number))
    if (!coupon) return next()
    c.header('Vary', 'Accept')
    // The sentence alone, for the script that tells a tapped brick.
    if (c.req.header('Accept') === 'text/plain') {
      return c.text(couponSentence(translator(lang), lang, coupon))
    }
    const view = await read(campaign)
    return sendPage(c, <CouponPage services={services} lang={lang} view={view} coupon={coupon} />)
  })

  async function find(c: Context): Promise<{ lang: Lang; campaign: Campaign } | undefined> {
    const { lang, collective = '', campaign: slug = '' } = c.req.param()
    if (!isLang(lang)) return undefined
    const campaign = await findPublicCampaign(db, { collective, campaign: slug }, now())
    return campaign && { lang, campaign }
  }

  async function houseNow(lang: Lang, campaign: Campaign) {
    const { position, bricks } = await readProgress(db.of(campaign.collective.id), campaign.id)
    const props = { t: translator(lang), lang, states: decodeBricks(bricks), goal: campaign.counts.goal }
    return { key: `${campaign.id} ${position}`, draw: () => houseSvg(props) }
  }

  async function read(campaign: Campaign) {
    const progress = await readProgress(db.of(campaign.collective.id), campaign.id)
    return { campaign, progress, bricks: decodeBricks(progress.bricks) }
  }

  return app
}
