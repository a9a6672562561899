import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPublicPages, type PublicPages } from '../../test/support/public-pages.tsx'
import { newId } from '../domain/id.ts'
import { LANGS } from '../domain/lang.ts'
import { translator } from '../i18n/translator.ts'
import { renderPage } from '../web/render.ts'
import { RootPage } from './root-page.tsx'

let pages: PublicPages

beforeAll(async () => {
  pages = await createPublicPages()
})

afterAll(() => pages.close())

test.each(LANGS)('an installation without a collective says so calmly in %s', (lang) => {
  const page = renderPage(RootPage({ services: pages.services, lang, collectives: [] }))
  expect(page).toContain(translator(lang)('campaign.empty_title'))
  expect(page).toContain(translator(lang)('campaign.empty_text'))
})

test('several collectives are offered by name and city', async () => {
  const name = JSON.stringify({ fr: 'Un toit à Fès <b>' })
  const { world } = pages
  await world.db.shared
    .insertInto('collective')
    .values({
      id: newId(),
      slug: 'fes',
      name,
      city: name,
      time_zone: 'Africa/Casablanca',
      currency: 'MAD',
      langs: ['ar', 'fr'],
      created_at: world.clock.now(),
    })
    .execute()
  const { status, text } = await pages.get('/fr')
  expect(status).toBe(200)
  expect(text).toContain('<a href="/fr/fes">Un toit à Fès &lt;b></a>')
  expect(text).toContain('<a href="/fr/casa">')
  const empty = await pages.get('/fr/fes')
  expect(empty.text).toContain(translator('fr')('campaign.no_current_title'))
  // Its pages are offered only in its own languages.
  expect(empty.text).not.toContain('hreflang="es"')
})
