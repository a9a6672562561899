import { expect, test } from 'vitest'
import { LANGS } from '../../src/domain/lang.ts'
import { FOUND_PLACES } from './public-places.ts'
import { furnishScene, type Scene } from './scene.ts'
import { useStage } from './stage.ts'

const YEAR_S = 31_536_000

let scene: Scene
const stage = useStage({}, async ({ app }) => {
  scene = await furnishScene(app, ['ar', 'fr'])
})

test('no link of a public page leads nowhere', async () => {
  const links = new Set<string>()
  for (const lang of ['ar', 'fr'] as const) {
    await stage.visit({ lang }, async (visit) => {
      for (const place of FOUND_PLACES) {
        await place.open(visit, scene, stage.app)
        const found = await visit.page.$$eval('a[href], link[href]', (elements) =>
          elements.map((element) => (element as HTMLAnchorElement).href),
        )
        for (const href of found) links.add(href.split('#')[0]!)
      }
    })
  }
  const own = [...links].filter((href) => href.startsWith(`${stage.app.origin}/`))
  const dead: string[] = []
  for (const href of own) {
    const { status } = await fetch(href)
    if (status >= 400) dead.push(`${status} ${href}`)
  }
  expect(own.length).toBeGreaterThan(50)
  expect(dead).toEqual([])
})

test('every place that a page leads to within itself is there', async () => {
  await stage.visit({ lang: 'fr' }, async (visit) => {
    for (const place of FOUND_PLACES) {
      await place.open(visit, scene, stage.app)
      const missing = await visit.page.$$eval('a[href^="#"]', (links) =>
        links
          .map((link) => link.getAttribute('href')!.slice(1))
          .filter((id) => id !== '' && !document.getElementById(id)),
      )
      expect([place.name, ...missing]).toEqual([place.name])
    }
  })
})

test('what browsers get is compressed, and kept for ever when its name says its content', async () => {
  const page = await fetch(`${stage.app.origin}/fr/casa/dar-salma`, {
    headers: { 'Accept-Encoding': 'gzip' },
  })
  expect(page.headers.get('Content-Encoding')).toBe('gzip')
  const assets = new Set((await page.text()).match(/\/assets\/[\w.-]+/g))
  expect(assets.size).toBeGreaterThanOrEqual(3)
  for (const asset of assets) {
    for (const encoding of ['br', 'gzip']) {
      const { status, headers } = await fetch(stage.app.origin + asset, {
        headers: { 'Accept-Encoding': encoding },
      })
      expect([asset, status]).toEqual([asset, 200])
      expect(headers.get('Cache-Control')).toBe(`public, max-age=${YEAR_S}, immutable`)
      if (!asset.endsWith('.woff2')) expect(headers.get('Content-Encoding')).toBe(encoding)
    }
  }
})

test('search engines are told what there is, and kept from what is somebody’s own', async () => {
  const robots = await (await fetch(`${stage.app.origin}/robots.txt`)).text()
  expect(robots).toContain(`Sitemap: ${stage.app.origin}/sitemap.xml`)
  expect(robots).toContain('Disallow: /orders/')
  const sitemap = await (await fetch(`${stage.app.origin}/sitemap.xml`)).text()
  for (const lang of LANGS) expect(sitemap).toContain(`<loc>${stage.app.origin}/${lang}/casa/dar-salma</loc>`)
  expect(sitemap).not.toContain('dar-draft')
})

test('the site can stand on the first screen of a phone', async () => {
  const manifest = await fetch(`${stage.app.origin}/manifest.webmanifest`)
  expect(manifest.headers.get('Content-Type')).toMatch(/^application\/manifest\+json/)
  const { name, icons, start_url } = (await manifest.json()) as {
    name: string
    start_url: string
    icons: { src: string }[]
  }
  expect([name, start_url]).not.toContain('')
  for (const { src } of icons) expect((await fetch(stage.app.origin + src)).status).toBe(200)
})
