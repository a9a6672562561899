import sharp from 'sharp'
import { expect, test } from 'vitest'
import { readPdf, readQr } from '../../test/support/read-pdf.ts'
import { ASSOCIATION, COLLECTIVE, DREAM } from '../../test/support/world-content.ts'
import type { BrickState } from '../domain/coupon.ts'
import type { LocalDay } from '../domain/days.ts'
import { LANGS, type Lang } from '../domain/lang.ts'
import { translator } from '../i18n/translator.ts'
import { houseSvg } from '../web/house.tsx'
import { feedCard, type KitData, poster, statusCard, tableCard } from './kit.ts'

function kit(lang: Lang): KitData {
  const states = Array.from({ length: 1000 }, (_, brick): BrickState => (brick < 612 ? 'given' : 'available'))
  return {
    lang,
    collective: COLLECTIVE.name,
    dream: Object.fromEntries(LANGS.map((lang) => [lang, DREAM[lang].title])),
    house: houseSvg({ t: translator(lang), lang, states }),
    given: 612,
    goal: 1000,
    price: { minor: 25_000n, currency: 'MAD' },
    ambassador: lang === 'ar' ? 'أمينة' : 'Amina',
    address: `https://twiza.example/${lang}/casa/dar-salma/amina`,
    association: ASSOCIATION,
    today: '2026-03-12' as LocalDay,
  }
}

test.each(LANGS)('the cards in %s have their size and lead to the ambassador', async (lang) => {
  const data = kit(lang)
  const cards = [
    { png: await statusCard(data), width: 1080, height: 1920 },
    { png: await feedCard(data), width: 1200, height: 630 },
    { png: await feedCard(data, 'square'), width: 1080, height: 1080 },
  ]
  for (const { png, width, height } of cards) {
    expect(await sharp(png).metadata()).toMatchObject({ format: 'png', width, height })
    expect(await readQr(png)).toBe(data.address)
    // What messengers still fetch for a preview.
    expect(png.length).toBeLessThan(300_000)
  }
})

test.each(LANGS)('the papers in %s fit one page, with a long title too', async (lang) => {
  const long = DREAM[lang].title.repeat(9).slice(0, 80)
  for (const data of [kit(lang), { ...kit(lang), dream: { [lang]: long } }]) {
    for (const make of [poster, tableCard]) {
      const pdf = await readPdf(await make(data))
      expect(pdf.pages).toBe(1)
      expect(await readQr(await pdf.picture(1, 2))).toBe(data.address)
      await pdf.close()
    }
  }
})

test('the same content is the same bytes, made once', async () => {
  const [one, other] = [feedCard(kit('fr')), feedCard(kit('fr'))]
  expect(await one).toBe(await other)
  expect(await feedCard({ ...kit('fr'), given: 613 })).not.toEqual(await one)
})
