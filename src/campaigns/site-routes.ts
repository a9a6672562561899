import { Hono } from 'hono'
import { DEFAULT_LANG, direction, inLang } from '../domain/lang.ts'
import { translator } from '../i18n/translator.ts'
import { INSTALLATION } from '../kept/versions.ts'
import { preferredLang } from '../web/accept-language.ts'
import { iconSvg, webManifest } from '../web/icon.ts'
import type { CampaignServices } from './services.ts'
import { robotsText, sitemap } from './site-files.ts'

const HOUR = 'public, max-age=3600'
/** Keeps the picture inside the circle that phones cut out. */
const MASKABLE_PADDING = 14

/** The files that browsers and search engines ask every site for. */
export function siteRoutes(services: CampaignServices): Hono {
  const app = new Hono()
  const svg = { 'Content-Type': 'image/svg+xml; charset=utf-8', 'Cache-Control': HOUR }

  app.get('/robots.txt', (c) => {
    c.header('Cache-Control', HOUR)
    return c.text(robotsText(services.publicUrl))
  })
  app.get('/sitemap.xml', async (c, next) => {
    const map = await services.kept.page(c, { collectiveId: INSTALLATION }, async (from, now) => ({
      body: await sitemap(from, services.publicUrl, now),
      type: 'application/xml; charset=utf-8',
      cacheControl: HOUR,
    }))
    return map ?? next()
  })
  app.get('/favicon.svg', (c) => c.body(iconSvg(), 200, svg))
  app.get('/icon-maskable.svg', (c) => c.body(iconSvg(1, MASKABLE_PADDING), 200, svg))
  // Browsers ask for it whatever the page says.
  app.get('/favicon.ico', (c) => c.redirect('/favicon.svg', 301))
  app.get('/manifest.webmanifest', async (c) => {
    const lang = preferredLang(c.req.header('Accept-Language'), DEFAULT_LANG)
    const collectives = await services.kept.directory.collectives()
    const [only] = collectives
    const name =
      only && collectives.length === 1 ? inLang(only.name, lang) : translator(lang)('campaign.site_name')
    const manifest = webManifest({ name, start: '/', lang, dir: direction(lang) })
    return c.body(JSON.stringify(manifest), 200, {
      'Content-Type': 'application/manifest+json; charset=utf-8',
      'Cache-Control': HOUR,
      Vary: 'Accept-Language',
    })
  })
  return app
}
