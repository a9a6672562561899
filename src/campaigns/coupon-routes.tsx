import { type Context, Hono, type Next } from 'hono'
import { decodeBricks } from '../domain/coupon.ts'
import { plainDigits } from '../domain/digits.ts'
import { isLang, type Lang } from '../domain/lang.ts'
import { translator } from '../i18n/translator.ts'
import type { ListedCampaign } from '../kept/directory.ts'
import type { Rendered } from '../kept/page.ts'
import { houseSvg } from '../web/house.tsx'
import { renderPage } from '../web/render.ts'
import { couponPath } from './addresses.ts'
import { CouponPage, CouponsPage } from './coupon-page.tsx'
import { housePicture } from './house-picture.ts'
import { type Answered, type AskedCoupon, openOwnCoupon, takeOwnCoupon } from './own-coupon.ts'
import { couponSentence, readCoupon } from './public-coupon.ts'
import { pageFacts } from './public-pages.ts'
import { sendPage } from './send-page.ts'
import type { CampaignServices } from './services.ts'

const COUPON = '/:lang/:collective/:campaign/coupons/:number'
const NUMBER = /^[1-9]\d{0,6}$/

/**
 * The public state of single coupons, and the drawing of all. The drawings are kept; the pages of coupons are not:
 * few look at each, and every order makes all of them old.
 */
export function couponRoutes(services: CampaignServices): Hono {
  const app = new Hono()
  const { db, kept } = services
  const cacheControl = 'public, max-age=60'

  app.get('/:lang/:collective/:campaign/house.svg', async (c, next) => {
    const picture = await sendHouse(c, async (draw) => ({
      body: draw(),
      type: 'image/svg+xml; charset=utf-8',
      cacheControl,
    }))
    return picture ?? next()
  })

  app.get('/:lang/:collective/:campaign/house.png', async (c, next) => {
    const picture = await sendHouse(c, async (draw, campaign) => ({
      body: (await pictureOf(campaign, draw)) ?? '',
      type: 'image/png',
      cacheControl,
    }))
    return picture ?? next()
  })

  app.get('/:lang/:collective/:campaign/coupons', async (c, next) => {
    const found = await find(c)
    const view = found && (await read(found.campaign))
    if (!view) return next()
    const { lang } = found
    const typed = c.req.query('number')
    const number = typed === undefined ? undefined : plainDigits(typed).trim()
    const { goal } = view.campaign.counts
    if (number !== undefined && NUMBER.test(number) && Number(number) <= goal) {
      return c.redirect(couponPath(lang, view.campaign, Number(number)), 303)
    }
    const error =
      typed === undefined ? undefined : translator(lang)('campaign.coupon_number_invalid', { n: goal })
    const props = { services, lang, view, typed, error }
    return sendPage(c, <CouponsPage {...props} />, error ? 422 : 200)
  })

  app.get(COUPON, async (c, next) => {
    const asked = await askedCoupon(c)
    if (!asked) return next()
    const code = c.req.query('code')
    if (code !== undefined) return showOwn(c, asked, await openOwnCoupon(c, services, asked, code), next)
    const { lang, campaign } = asked
    const coupon = await readCoupon(db, campaign, asked.number)
    if (!coupon) return next()
    c.header('Vary', 'Accept')
    // The sentence alone, for the script that tells a tapped brick.
    if (c.req.header('Accept') === 'text/plain') {
      return c.text(couponSentence(translator(lang), lang, coupon))
    }
    const view = await read(campaign)
    if (!view) return next()
    return sendPage(c, <CouponPage services={services} lang={lang} view={view} coupon={coupon} />)
  })

  app.post(COUPON, async (c, next) => {
    const asked = await askedCoupon(c)
    if (!asked) return next()
    return showOwn(c, asked, await takeOwnCoupon(c, services, asked), next)
  })

  /** For one reader only: who holds the coupon. */
  async function showOwn(c: Context, asked: AskedCoupon, { own, status }: Answered, next: Next) {
    const { lang, campaign, number } = asked
    const [coupon, view] = await Promise.all([readCoupon(db, campaign, number), read(campaign)])
    if (!coupon || !view) return next()
    const page = renderPage(
      <CouponPage services={services} lang={lang} view={view} coupon={coupon} own={own} />,
    )
    c.header('Cache-Control', 'no-store')
    c.header('X-Robots-Tag', 'noindex')
    return c.html(page, status)
  }

  async function askedCoupon(c: Context): Promise<AskedCoupon | undefined> {
    const found = await find(c)
    const number = c.req.param('number') ?? ''
    if (!found || !NUMBER.test(number) || Number(number) > found.campaign.facts.goal) return undefined
    return { ...found, number: Number(number) }
  }

  async function find(c: Context): Promise<{ lang: Lang; campaign: ListedCampaign } | undefined> {
    const { lang, collective = '', campaign: slug = '' } = c.req.param()
    if (!isLang(lang)) return undefined
    const campaign = await kept.directory.campaign({ collective, campaign: slug })
    return campaign && { lang, campaign }
  }

  /** The house as it stands, in the version of the campaign's page. */
  async function sendHouse(
    c: Context,
    picture: (draw: () => string, campaign: ListedCampaign) => Promise<Rendered>,
  ) {
    const found = await find(c)
    if (!found) return undefined
    const { lang, campaign } = found
    const subject = { collectiveId: campaign.collective.id, campaign: campaign.id }
    return kept.page(c, subject, async () => {
      const facts = await pageFacts(services, campaign)
      if (!facts) return undefined
      const { bricks, counts } = facts.progress
      const states = decodeBricks(bricks)
      return picture(() => houseSvg({ t: translator(lang), lang, states, goal: counts.goal }), campaign)
    })
  }

  /** Drawn once for all languages: the picture has no words. */
  function pictureOf({ id, collective }: ListedCampaign, draw: () => string) {
    return kept.values.get(`picture ${id}`, { collectiveId: collective.id, campaign: id }, async () => {
      const value = await housePicture(draw())
      return { value, bytes: value.length }
    })
  }

  async function read(campaign: ListedCampaign) {
    const facts = await pageFacts(services, campaign)
    return facts && { ...facts, bricks: decodeBricks(facts.progress.bricks) }
  }

  return app
}
