import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPublicPages, type PublicPages, STATES } from '../../test/support/public-pages.tsx'
import { ASSOCIATION, DREAM } from '../../test/support/world-content.ts'
import { readProgress } from '../db/progress.ts'
import { decodeBricks } from '../domain/coupon.ts'
import { LANGS } from '../domain/lang.ts'
import { translator } from '../i18n/translator.ts'

let pages: PublicPages

beforeAll(async () => {
  pages = await createPublicPages()
})

afterAll(() => pages.close())

describe.each(Object.entries(STATES))('the page of %s, which is %s', (slug, state) => {
  test.each(LANGS)('is whole in %s', async (lang) => {
    const page = await pages.get(`/${lang}/casa/${slug}`)
    const t = translator(lang)
    expect(page.status).toBe(200)
    expect(page.text).toContain(`<html lang="${lang}" dir="${lang === 'ar' ? 'rtl' : 'ltr'}">`)
    expect(page.text).toContain(`${DREAM[lang].title}</h1>`)
    expect(page.text).toContain(`<link rel="canonical" href="http://twiza.test/${lang}/casa/${slug}"`)
    for (const other of LANGS) {
      expect(page.text).toContain(`hreflang="${other}" href="http://twiza.test/${other}/casa/${slug}"`)
    }
    expect(page.text).toContain(`hreflang="x-default" href="http://twiza.test/ar/casa/${slug}"`)
    if (state !== 'live') expect(page.text).toContain(t(`campaign.${state}_title`))
    expect(page.text.includes('data-form="give"')).toBe(state === 'live')
    expect(page.text.includes('data-form="wish"')).toBe(state !== 'live')
  })

  test('holds nothing that the content security policy or privacy forbids', async () => {
    const { text } = await pages.get(`/fr/casa/${slug}`)
    expect(text).not.toMatch(/ style=|<style|<script(?! type="module" src="\/assets\/)|javascript:/)
    expect(text).not.toContain(ASSOCIATION.accountNumber)
    expect(text).not.toMatch(/nadia@example|\+2126/)
    expect(text).not.toMatch(/undefined|NaN|\[object/)
  })
})

test('the page of a live campaign tells its layers, day, price, authorisation, people and words', async () => {
  const { text } = await pages.get('/fr/casa/dar-salma')
  expect(text).toContain('jour 10 sur 21')
  expect(text).toMatch(/data-count="given">3</)
  expect(text).toMatch(/data-count="promised">2</)
  expect(text).toContain('750\u00a0DH')
  expect(text).toContain('10\u202f000\u00a0DH')
  expect(text).toContain(ASSOCIATION.authorisationNumber)
  expect(text).toContain('href="/fr/casa/dar-salma/amina"')
  expect(text).toContain('Bon courage à toutes')
  expect(text).not.toContain('never let through')
  expect(text).not.toContain('hidden again')
  expect(text).toContain('Le chantier commence')
  expect(text).not.toContain('not published yet')
})

test('a campaign that is not open yet counts nothing: neither where it stands nor what came through whom', async () => {
  const [live, soon] = [await pages.get('/fr/casa/dar-salma'), await pages.get('/fr/casa/dar-soon')]
  expect(live.text).toContain('id="progress"')
  expect(live.text).toContain('class="ambassador-count"')
  expect(soon.text).toContain('href="/fr/casa/dar-soon/amina"')
  expect(soon.text).not.toContain('id="progress"')
  expect(soon.text).not.toContain('class="ambassador-count"')
})

test('words of encouragement stand without a name, whether or not the contributor gave one', async () => {
  for (const lang of LANGS) {
    const { text } = await pages.get(`/${lang}/casa/dar-salma`)
    expect(text).toContain('Mot anonyme')
    expect(text).toContain('Bon courage à toutes')
    expect(text).not.toMatch(/Secret Name|Open Name/)
  }
})

test('an ambassador’s page is offered by them, counts theirs and passes them on', async () => {
  const { text } = await pages.get('/fr/casa/dar-salma/amina')
  expect(text).toContain(translator('fr')('common.invitation', { name: 'Amina' }))
  expect(text).toContain(translator('fr')('campaign.through', { n: 3, name: 'Amina' }))
  expect(text).toContain('dar-salma fr amina')
  expect(text).toContain('<link rel="canonical" href="http://twiza.test/fr/casa/dar-salma"')
  expect(text).toContain('href="/es/casa/dar-salma/amina"')
})

test('the link of an ambassador who has left leads to the dream', async () => {
  const answer = await pages.app.request('/fr/casa/dar-salma/khadija')
  expect(answer.status).toBe(302)
  expect(answer.headers.get('Location')).toBe('/fr/casa/dar-salma')
})

test('a home without its story in the reader’s language tells it in another, marked as such', async () => {
  const { text } = await pages.get('/es/casa/dar-one-tongue')
  expect(text).toContain('<h1 id="hero-title" lang="fr" dir="auto">Une seule langue</h1>')
})

test('a house of more than 1000 coupons is drawn with 1000 bricks', async () => {
  const campaign = await pages.world.campaign('dar-big')
  const { bricks } = await readProgress(pages.world.db.of(pages.world.collective.id), campaign.id)
  expect(decodeBricks(bricks)).toHaveLength(1000)
  expect((await pages.get('/fr/casa/dar-big')).status).toBe(200)
})
