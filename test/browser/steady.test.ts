import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { placed, settle } from '../support/giving.ts'
import { CAMPAIGN } from './give-steps.ts'
import { useStage } from './stage.ts'

/** What the eye does not notice; a tenth of what web.dev/articles/cls calls good. */
const LEAST_SHIFT = 0.01

const stage = useStage()

describe.each([
  { lang: 'ar', width: 360 },
  { lang: 'fr', width: 360 },
  { lang: 'ar', width: 1280 },
  { lang: 'fr', width: 1280 },
] as const)('nothing moves on the campaign’s page ($lang, $width px)', ({ lang, width }) => {
  test('while fonts come late, and while the numbers change', async () => {
    await stage.visit({ lang, width }, async ({ page, open }) => {
      await page.addInitScript(measureShifts)
      const fonts = Promise.withResolvers<void>()
      await page.route('**/*.woff2', async (route) => {
        await fonts.promise
        await route.continue()
      })
      const opened = open(`/${lang}/${CAMPAIGN}`)
      await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0)
      fonts.resolve()
      await opened
      await page.waitForFunction(() => [...document.fonts].some((font) => font.status === 'loaded'))
      await page.evaluate(() => document.fonts.ready)
      expect(await shiftOf(page)).toBeLessThan(LEAST_SHIFT)

      const order = await placed(stage.world, { quantity: 50 })
      await settle(stage.world, order)
      const given = await givenNow()
      await page
        .locator('[data-count=given]', { hasText: String(given) })
        .first()
        .waitFor()
      expect(await shiftOf(page)).toBeLessThan(LEAST_SHIFT)
    })
  })
})

test('a thing that moves would be noticed', async () => {
  await stage.visit({ lang: 'fr' }, async ({ page, open }) => {
    await page.addInitScript(measureShifts)
    await open(`/fr/${CAMPAIGN}`)
    await page.evaluate(() => {
      const late = document.createElement('div')
      late.append(document.createElement('br'), document.createElement('br'), document.createElement('br'))
      document.querySelector('main')?.prepend(late)
    })
    expect(await shiftOf(page)).toBeGreaterThan(LEAST_SHIFT)
  })
})

async function givenNow(): Promise<number> {
  return (await stage.world.campaign()).counts.sold
}

/** The sum of all shifts so far, once the frames that are under way are drawn. */
async function shiftOf(page: Page): Promise<number> {
  return page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame)
    return (globalThis as unknown as { shift: number }).shift
  })
}

/** In the page, before anything else: adds up the layout shifts that nobody's hand made. */
function measureShifts(): void {
  const place = globalThis as unknown as { shift: number }
  place.shift = 0
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & {
      value: number
      hadRecentInput: boolean
    })[]) {
      if (!entry.hadRecentInput) place.shift += entry.value
    }
  })
  observer.observe({ type: 'layout-shift', buffered: true })
}
