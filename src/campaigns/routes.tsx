import { Hono } from 'hono'
import { findCollective, listCollectives } from '../db/directory.ts'
import { campaignPath, collectivePath } from '../domain/address.ts'
import { DEFAULT_LANG, isLang } from '../domain/lang.ts'
import { preferredLang } from '../web/accept-language.ts'
import { CampaignPage } from './campaign-page.tsx'
import { couponRoutes } from './coupon-routes.tsx'
import { findPublicCampaign } from './find-public.ts'
import { HomePage } from './home-page.tsx'
import { readHomeView } from './home-view.ts'
import { findAmbassador } from './queries.ts'
import { RootPage } from './root-page.tsx'
import { sendPage } from './send-page.ts'
import type { CampaignServices } from './services.ts'
import { siteRoutes } from './site-routes.ts'
import { readCampaignView } from './view.ts'

/**
 * The public pages of collectives and campaigns, and the files of the site. An address that leads nowhere here
 * is passed on: mount it after the features that have addresses below a campaign.
 */
export function campaignRoutes(services: CampaignServices): Hono {
  const app = new Hono()
  app.route('/', siteRoutes(services))

  app.get('/', (c) => {
    c.header('Vary', 'Accept-Language')
    c.header('Cache-Control', 'no-store')
    return c.redirect(`/${preferredLang(c.req.header('Accept-Language'), DEFAULT_LANG)}`, 302)
  })

  app.get('/:lang', async (c, next) => {
    const { lang } = c.req.param()
    if (!isLang(lang)) return next()
    const collectives = await listCollectives(services.db)
    const [only] = collectives
    if (only && collectives.length === 1) return c.redirect(collectivePath(lang, only), 302)
    return sendPage(c, <RootPage services={services} lang={lang} collectives={collectives} />)
  })

  app.get('/:lang/:collective', async (c, next) => {
    const { lang, ...slugs } = c.req.param()
    const collective = isLang(lang) && (await findCollective(services.db, slugs.collective))
    if (!isLang(lang) || !collective) return next()
    const view = await readHomeView(services, collective, lang)
    return sendPage(c, <HomePage services={services} view={view} />)
  })

  app.get('/:lang/:collective/:campaign', async (c, next) => {
    const { lang, ...slugs } = c.req.param()
    const campaign = isLang(lang) && (await findPublicCampaign(services.db, slugs, services.now()))
    if (!isLang(lang) || !campaign) return next()
    const view = await readCampaignView(services, campaign, lang)
    return sendPage(c, <CampaignPage services={services} view={view} />)
  })

  app.route('/', couponRoutes(services))

  app.get('/:lang/:collective/:campaign/:ambassador', async (c, next) => {
    const { lang, ...slugs } = c.req.param()
    const now = services.now()
    const campaign = isLang(lang) && (await findPublicCampaign(services.db, slugs, now))
    if (!isLang(lang) || !campaign) return next()
    const offeredBy = await findAmbassador(services.db, campaign, slugs.ambassador, now)
    if (!offeredBy) return next()
    // Links outlive the people who shared them: who follows one still finds the dream.
    if (!offeredBy.isActive) return c.redirect(campaignPath(lang, campaign), 302)
    const view = await readCampaignView(services, campaign, lang)
    return sendPage(c, <CampaignPage services={services} view={{ ...view, offeredBy }} />)
  })

  return app
}
