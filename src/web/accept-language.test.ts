import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isLang } from '../domain/lang.ts'
import { preferredLang } from './accept-language.ts'

test.each([
  [undefined, 'ar'],
  ['', 'ar'],
  ['fr', 'fr'],
  ['fr-MA, ar;q=0.8', 'fr'],
  ['de-DE, de;q=0.9, es;q=0.5, en;q=0.7', 'en'],
  ['AR-ma', 'ar'],
  ['zgh, fr ; q=0.3', 'fr'],
  ['fr;q=0, es;q=0.001', 'es'],
  ['fr;q=2, es;q=0.1', 'es'],
  ['*, de', 'ar'],
  ['en;level=1;q=0.4, es;q=0.5', 'es'],
])('%s asks for %s', (header, lang) => {
  expect(preferredLang(header, 'ar')).toBe(lang)
})

test('whatever is sent, the answer is a language of ours', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), (header) => isLang(preferredLang(header, 'en'))),
    { seed: 1 },
  )
})
