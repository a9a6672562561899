import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Cookie, Page } from 'playwright-core'
import { inject, test } from 'vitest'
import { seedWorld } from '../../seeds/seed-world.ts'
import { launchChromium } from '../support/chromium.ts'
import { type RunningApp, startRunningApp } from '../support/running-app.ts'
import { createWorld, type World } from '../support/world.ts'
import { DESK_PLACES, DOOR_PLACES } from './desk-places.ts'
import { signIn } from './desk-steps.ts'
import type { Place } from './place.ts'
import { FOUND_PLACES, OWN_PLACES } from './public-places.ts'
import { furnishScene, type Scene } from './scene.ts'
import { startVisit, type Visit } from './visit.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** What `scripts/pictures.mjs` was asked for. */
    pictures: { folder: string; only: string; isCampaign: boolean }
  }
}

/** The seeded campaign that is live, with its ambassador. */
const SHOWN: readonly Place[] = [
  ['seeded campaign', '/bab-w-sarjem/dar-hiba'],
  ['seeded ambassador', '/bab-w-sarjem/dar-hiba/amina'],
  ['seeded home', '/bab-w-sarjem'],
  ['seeded delivered', '/bab-w-sarjem/dar-ilyas'],
  ['seeded upcoming', '/bab-w-sarjem/dar-yahya'],
].map(([name, path]) => ({ name: name!, open: (visit) => visit.open(`/${visit.lang}${path}`) }))

const WIDTHS = [360, 1280] as const
const TIME_LIMIT_MS = 600_000

test('pictures', { timeout: TIME_LIMIT_MS }, async () => {
  const { folder, only, isCampaign } = inject('pictures')
  mkdirSync(folder, { recursive: true })
  await withBrowser(async (browser, app, world) => {
    await seedWorld(app.services, { now: world.clock.now() })
    if (isCampaign) return takeCampaign(browser, app, folder)
    const scene = await furnishScene(app, ['ar', 'fr'])
    const cookies = await cookiesOf(browser, app)
    const places = [...SHOWN, ...FOUND_PLACES, ...OWN_PLACES, ...DOOR_PLACES, ...DESK_PLACES]
    for (const place of places.filter(({ name }) => name.includes(only))) {
      await takePlace(browser, app, scene, place, { folder, cookies })
    }
  })
})

async function takePlace(
  browser: Browser,
  app: RunningApp,
  scene: Scene,
  place: Place,
  { folder, cookies }: { folder: string; cookies: readonly Cookie[] },
): Promise<void> {
  for (const lang of ['ar', 'fr'] as const) {
    const visit = await startVisit(browser, app, { lang })
    if (DESK_PLACES.includes(place)) await visit.context.addCookies([...cookies])
    await place.open(visit, scene, app)
    for (const width of WIDTHS) {
      await take(visit.page, join(folder, `${nameOf(place)}-${lang}-${width}.png`), width)
    }
    await visit.page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
    await take(visit.page, join(folder, `${nameOf(place)}-${lang}-dark.png`), WIDTHS[0])
    await visit.context.close()
  }
}

async function take(page: Page, path: string, width: number): Promise<void> {
  await page.setViewportSize({ width, height: 800 })
  await page.evaluate(() => document.fonts.ready)
  await page.screenshot({ path, fullPage: true })
}

/** The first screens of the campaign's page, for the read-me. */
async function takeCampaign(browser: Browser, app: RunningApp, folder: string): Promise<void> {
  const visits: Visit[] = [
    await startVisit(browser, app, { lang: 'fr', width: 1180, height: 800 }),
    await startVisit(browser, app, { lang: 'ar', width: 390, height: 800 }),
  ]
  for (const visit of visits) {
    await visit.open(`/${visit.lang}/bab-w-sarjem/dar-hiba`)
    await visit.page.evaluate(() => document.fonts.ready)
  }
  const [wide, phone] = await Promise.all(visits.map(({ page }) => page.screenshot()))
  const page = await browser.newPage({ viewport: { width: 1500, height: 900 } })
  const src = (picture: Buffer | undefined) => `data:image/png;base64,${picture!.toString('base64')}`
  await page.setContent(`<style>
      body { margin: 0; background: #eadfc8 }
      img { position: absolute; border-radius: 14px; box-shadow: 0 12px 40px #5a3c1e40 }
      .wide { inset: 40px auto auto 40px }
      .phone { inset: auto 36px 36px auto; width: 320px; border-radius: 28px; border: 6px solid #2b211b }
    </style><img class="wide" src="${src(wide)}"><img class="phone" src="${src(phone)}">`)
  await page.screenshot({ path: join(folder, 'campaign.png') })
  for (const visit of visits) await visit.context.close()
}

async function cookiesOf(browser: Browser, app: RunningApp): Promise<readonly Cookie[]> {
  const visit = await startVisit(browser, app, { lang: 'fr' })
  await signIn(visit, app)
  const cookies = await visit.context.cookies()
  await visit.context.close()
  return cookies
}

async function withBrowser(
  work: (browser: Browser, app: RunningApp, world: World) => Promise<void>,
): Promise<void> {
  const world = await createWorld()
  const app = await startRunningApp(world, { trial: false })
  const browser = await launchChromium()
  try {
    await work(browser, app, world)
  } finally {
    await browser.close()
    await app.close()
    await world.drop()
  }
}

function nameOf({ name }: Place): string {
  return name.toLowerCase().replaceAll(/[^a-z]+/g, '-')
}
