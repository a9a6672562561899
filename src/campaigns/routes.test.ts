import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestKept } from '../../test/support/kept.ts'
import { createPublicPages, type PublicPages, publicApp } from '../../test/support/public-pages.tsx'
import type { World } from '../../test/support/world.ts'
import { openDatabase } from '../db/database.ts'
import { LANGS } from '../domain/lang.ts'
import { translator } from '../i18n/translator.ts'

let pages: PublicPages

beforeAll(async () => {
  pages = await createPublicPages()
})

afterAll(() => pages.close())

test.each(LANGS)('the home of a collective in %s shows its dreams and totals', async (lang) => {
  const t = translator(lang)
  const { status, text } = await pages.get(`/${lang}/casa`)
  expect(status).toBe(200)
  for (const part of ['current', 'upcoming', 'homes', 'past', 'totals']) {
    expect(text).toContain(t(`campaign.${part}`))
  }
  expect(text).toContain(`/${lang}/casa/dar-keys`)
  expect(text).not.toContain('dar-draft')
})

test('the first page goes to the language of the reader, Arabic when unknown', async () => {
  const where = async (language = '') => {
    const answer = await pages.app.request('/', { headers: { 'Accept-Language': language } })
    return answer.headers.get('Location')
  }
  expect(await where('fr-MA,fr;q=0.9,ar;q=0.8')).toBe('/fr')
  expect(await where('de')).toBe('/ar')
  expect(await where()).toBe('/ar')
})

test('the only collective is where a language leads', async () => {
  const answer = await pages.app.request('/es')
  expect(answer.headers.get('Location')).toBe('/es/casa')
})

test.each([
  '/de',
  '/fr/nowhere',
  '/fr/casa/nowhere',
  '/fr/casa/dar-draft',
  '/fr/casa/dar-draft/coupons',
  '/fr/casa/dar-draft/house.svg',
  '/fr/casa/dar-salma/nobody',
  '/fr/casa/dar-salma/coupons/0',
  '/fr/casa/dar-salma/coupons/41',
  '/fr/casa/dar-salma/coupons/1e1',
  '/fr/casa/dar-salma/coupons/99999999999999999999',
  '/fr/casa/%00',
  '/fr/casa/dar-salma/%F0%9F%8F%A0',
  '/api/v1/campaigns/casa/dar-draft/events',
])('%s is not found', async (path) => {
  expect((await pages.app.request(path)).status).toBe(404)
})

test('the site has its files', async () => {
  expect((await pages.get('/robots.txt')).text).toContain('Sitemap: http://twiza.test/sitemap.xml')
  const sitemap = await pages.get('/sitemap.xml')
  expect(sitemap.text).toContain('<loc>http://twiza.test/es/casa/dar-keys</loc>')
  expect(sitemap.text).not.toContain('dar-draft')
  expect((await pages.get('/favicon.svg')).text).toMatch(/^<svg/)
  expect((await pages.get('/icon-maskable.svg')).text).toMatch(/^<svg/)
  expect(JSON.parse((await pages.get('/manifest.webmanifest')).text)).toMatchObject({
    lang: 'ar',
    dir: 'rtl',
  })
})

test('a page costs one question for its version, and what it shows is read once for all languages', async () => {
  let queries = 0
  const db = openDatabase(counting(() => (queries += 1)))
  const { kept, liveHub } = openTestKept({
    db,
    now: pages.services.now,
    maxAgeMs: 60_000,
    idleMs: 60_000,
    pauseMs: 60_000,
  })
  const counted = publicApp({ ...pages.services, db, kept, liveHub })
  const cost = async (path: string, status = 200) => {
    queries = 0
    expect((await counted.request(path)).status).toBe(status)
    return queries
  }
  // Which collectives there are, the version of this one, what it lists, and then the page.
  expect(await cost('/fr/casa')).toBeLessThanOrEqual(12)
  expect(await cost('/fr/casa/dar-salma')).toBeLessThanOrEqual(6)
  expect(await cost('/ar/casa/dar-salma')).toBe(0)
  expect(await cost('/fr/casa/dar-salma/amina')).toBeLessThanOrEqual(2)
  for (const path of ['/fr/casa', '/fr/casa/dar-salma', '/fr/casa/dar-salma/amina'])
    expect(await cost(path)).toBe(0)
  // Whatever names people make up, however many at once: they share the question whether anything is new.
  const made = Array.from({ length: 40 }, (_, index) => `/fr/nowhere-${index}/dar-salma`)
  queries = 0
  const answers = await Promise.all(made.map((path) => counted.request(path)))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404]))
  expect(queries).toBeLessThanOrEqual(6)
  await liveHub.close()
  kept.close()
})

/** The application's connections, telling of each query. */
function counting(onQuery: () => void): World['appSql'] {
  const watched = <Target extends object>(target: Target, wrap: (key: PropertyKey) => unknown) =>
    new Proxy(target, { get: (real, key) => wrap(key) ?? Reflect.get(real, key) })
  return watched(pages.world.appSql, (key) => {
    if (key !== 'reserve') return undefined
    return async () => {
      const reserved = await pages.world.appSql.reserve()
      return watched(reserved, (inner) => {
        if (inner === 'unsafe') onQuery()
      })
    }
  })
}
