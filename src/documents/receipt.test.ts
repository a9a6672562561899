import { expect, test } from 'vitest'
import { readPdf } from '../../test/support/read-pdf.ts'
import { ASSOCIATION, COLLECTIVE, DREAM } from '../../test/support/world-content.ts'
import type { LocalDay } from '../domain/days.ts'
import { LANGS } from '../domain/lang.ts'
import { receiptPdf } from './receipt.ts'

const receipt = {
  number: 'K7M2Q9XA',
  collective: COLLECTIVE.name,
  dream: Object.fromEntries(LANGS.map((lang) => [lang, DREAM[lang].title])),
  association: ASSOCIATION,
  from: 'أمينة',
  to: 'Youssef B.',
  day: '2026-03-12' as LocalDay,
  goal: 1000,
  coupons: [402, 12, 13],
  declared: { minor: 75_000n, currency: 'MAD' },
  counted: { minor: 70_000n, currency: 'MAD' },
  reason: '50 DH #manquent',
  address: 'https://twiza.example/fr/casa/treasury',
} as const

test.each(LANGS)('a receipt in %s names both sides, the money and the coupons', async (lang) => {
  const pdf = await readPdf(await receiptPdf({ ...receipt, lang }))
  expect(pdf.pages).toBe(1)
  const words = (await pdf.text(1)).join(' ')
  for (const part of ['K7M2Q9XA', 'أمينة', 'Youssef B.', '0012-5', '0013-0', '0402-5', '#manquent']) {
    expect(words).toContain(part)
  }
  await pdf.close()
})

test('a receipt of equal amounts has no line for a difference', async () => {
  const pdf = await readPdf(await receiptPdf({ ...receipt, lang: 'fr', counted: receipt.declared }))
  expect((await pdf.text(1)).join(' ')).not.toContain('Écart')
  await pdf.close()
})
