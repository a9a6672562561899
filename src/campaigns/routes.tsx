import { type Context, Hono } from 'hono'
import { findCollective, listCollectives } from '../db/directory.ts'
import { campaignPath, collectivePath } from '../domain/address.ts'
import { DEFAULT_LANG, isLang } from '../domain/lang.ts'
import { INSTALLATION } from '../kept/versions.ts'
import { preferredLang } from '../web/accept-language.ts'
import { AmbassadorWall } from './ambassador-wall.tsx'
import { CampaignPage } from './campaign-page.tsx'
import { couponRoutes } from './coupon-routes.tsx'
import { HomePage } from './home-page.tsx'
import { readHomeView } from './home-view.ts'
import { nextChangeByTime } from './next-change.ts'
import { asHtml, sendCampaignPage } from './public-pages.ts'
import { findAmbassador } from './queries.ts'
import { RootPage } from './root-page.tsx'
import type { CampaignServices } from './services.ts'
import { siteRoutes } from './site-routes.ts'
import { campaignView } from './view.ts'

/**
 * The public pages of collectives and campaigns, and the files of the site. Each page is rendered once for each
 * version of its facts and kept. An address that leads nowhere here is passed on: mount it after the features
 * that have addresses below a campaign.
 */
export function campaignRoutes(services: CampaignServices): Hono {
  const app = new Hono()
  const { kept } = services
  const { directory } = kept
  app.route('/', siteRoutes(services))

  app.get('/', (c) => {
    c.header('Vary', 'Accept-Language')
    c.header('Cache-Control', 'no-store')
    return c.redirect(`/${preferredLang(c.req.header('Accept-Language'), DEFAULT_LANG)}`, 302)
  })

  app.get('/:lang', async (c, next) => {
    const { lang } = c.req.param()
    if (!isLang(lang)) return next()
    const collectives = await directory.collectives()
    const [only] = collectives
    if (only && collectives.length === 1) return c.redirect(collectivePath(lang, only), 302)
    const page = await kept.page(c, { collectiveId: INSTALLATION }, async (from) =>
      asHtml(<RootPage services={services} lang={lang} collectives={await listCollectives(from)} />),
    )
    return page ?? next()
  })

  app.get('/:lang/:collective', async (c, next) => {
    const { lang, collective: slug } = c.req.param()
    const collective = isLang(lang) && (await directory.collective(slug))
    if (!isLang(lang) || !collective) return next()
    const subject = { collectiveId: collective.id, campaign: 'all' }
    const page = await kept.page(c, subject, async (from, now) => {
      const found = await findCollective(from, slug)
      if (!found) return undefined
      const view = await readHomeView(from, found, lang, now)
      return asHtml(<HomePage services={services} view={view} />, await nextChangeByTime(from, found, now))
    })
    return page ?? next()
  })

  app.get('/:lang/:collective/:campaign', async (c, next) => {
    const { lang, campaign } = await find(c)
    if (!lang || !campaign) return next()
    const page = await sendCampaignPage(services, c, campaign, (facts, now) => (
      <CampaignPage services={services} view={campaignView(facts, lang, now)} />
    ))
    return page ?? next()
  })

  app.route('/', couponRoutes(services))

  app.get('/:lang/:collective/:campaign/ambassadors', async (c, next) => {
    const { lang, campaign } = await find(c)
    if (!lang || !campaign) return next()
    const page = await sendCampaignPage(services, c, campaign, (facts, now) => (
      <AmbassadorWall services={services} view={campaignView(facts, lang, now)} />
    ))
    return page ?? next()
  })

  app.get('/:lang/:collective/:campaign/:ambassador', async (c, next) => {
    const { lang, campaign } = await find(c)
    if (!lang || !campaign) return next()
    const ambassador = await directory.ambassador(campaign.collective.id, c.req.param('ambassador'))
    if (!ambassador || ambassador.acceptedAt > services.now()) return next()
    // Links outlive the people who shared them: who follows one still finds the dream.
    if (ambassador.endedAt) return c.redirect(campaignPath(lang, campaign), 302)
    const page = await sendCampaignPage(services, c, campaign, async (facts, now, from) => {
      const offeredBy = await findAmbassador(from, facts.campaign, ambassador.slug, now)
      const view = { ...campaignView(facts, lang, now), offeredBy, ownBricks: offeredBy?.bricks ?? [] }
      return <CampaignPage services={services} view={view} />
    })
    return page ?? next()
  })

  async function find(c: Context) {
    const { lang, collective = '', campaign = '' } = c.req.param()
    if (!isLang(lang)) return {}
    return { lang, campaign: await directory.campaign({ collective, campaign }) }
  }

  return app
}
