import { brotliCompressSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { LANGS } from '../../src/domain/lang.ts'
import { checkPage } from './page-checks.ts'
import { FOUND_PLACES, OWN_PLACES } from './public-places.ts'
import { furnishScene, type Scene } from './scene.ts'
import { useStage } from './stage.ts'
import { FIRST_VIEW_BYTES, HOUSE_BYTES, SCRIPT_BYTES, weigh } from './weight.ts'

let scene: Scene
const stage = useStage({}, async ({ app }) => {
  scene = await furnishScene(app)
})

describe.each(LANGS)('in %s, whole, light, readable and for everybody:', (lang) => {
  test.each([...FOUND_PLACES, ...OWN_PLACES])('$name', async (place) => {
    await stage.visit({ lang }, async (visit) => {
      const weight = weigh(visit.page)
      const status = await place.open(visit, scene, stage.app)
      // A number tells that nothing but this page was asked for.
      if (typeof status === 'number') {
        expect(status).toBe(place.status ?? 200)
        const { document, font, script, total } = await weight()
        expect(Math.min(document, font)).toBeGreaterThan(0)
        expect(script).toBeLessThanOrEqual(SCRIPT_BYTES)
        expect(total).toBeLessThanOrEqual(FIRST_VIEW_BYTES)
      }
      await checkPage(visit, place)
    })
  })
})

test('the house of a thousand bricks is a small drawing', async () => {
  await stage.visit({ lang: 'ar' }, async ({ page, open }) => {
    await open('/ar/casa/dar-salma')
    const drawing = await page.locator('.house').evaluate((element) => element.outerHTML)
    expect(gzipSync(drawing).length).toBeLessThanOrEqual(HOUSE_BYTES)
    expect(brotliCompressSync(drawing).length).toBeLessThanOrEqual(HOUSE_BYTES)
  })
})
