import { expect, test } from 'vitest'
import { LANGS, type Lang } from '../domain/lang.ts'
import { catalogueKeys, catalogueSentences, makeTranslator, translator } from './translator.ts'

test('Arabic counts in its six forms, with Western digits', () => {
  const t = translator('ar')
  expect([0, 1, 2, 3, 11, 100].map((n) => t('common.coupons', { n }))).toEqual([
    'لا قسيمة بعد',
    'قسيمة واحدة',
    'قسيمتان',
    '3 قسائم',
    '11 قسيمة',
    '100 قسيمة',
  ])
})

test('names are isolated from the direction of the sentence, numbers are not', () => {
  expect(translator('en')('common.invitation', { name: 'أمينة' })).toBe('\u2068أمينة\u2069 invites you')
  expect(translator('en')('common.progress.day', { day: 9, days: 21 })).toBe('day 9 of 21')
})

test('large numbers are grouped as amounts are', () => {
  const grouped = (lang: Lang) => translator(lang)('common.coupons', { n: 10_000 }).split(' ')[0]
  expect(LANGS.map(grouped)).toEqual(['10\u202f000', '10\u202f000', '10,000', '10\u202f000'])
})

test('an unknown key, a missing parameter and a missing count are bugs and say which', () => {
  const t = makeTranslator('en', new Map([['a.plural', { one: '{n} brick', other: '{n} bricks' }]]))
  expect(() => t('a.nothing')).toThrow('No sentence "a.nothing" in "en"')
  expect(() => t('a.plural')).toThrow('needs the number "n"')
  expect(() => translator('fr')('common.invitation')).toThrow('needs the parameter "name"')
})

test('what a parameter holds is never read as a parameter', () => {
  const t = makeTranslator('en', new Map([['a.b', '{name} and {other}']]))
  expect(t('a.b', { name: '{other}', other: '$&' })).toBe('\u2068{other}\u2069 and \u2068$&\u2069')
})

test.each(LANGS)('%s has exactly the keys of Arabic', (lang) => {
  expect(catalogueKeys(lang)).toEqual(catalogueKeys('ar'))
})

test.each(LANGS)('%s has the plural forms its language needs, and the parameters of Arabic', (lang) => {
  const all = catalogueSentences()
  const forms = new Intl.PluralRules(lang).resolvedOptions().pluralCategories
  // Beside Arabic, "many" is for millions only: there "other" stands in.
  const needed = lang === 'ar' ? forms : forms.filter((form) => form !== 'many')
  for (const [key, sentence] of all[lang]) {
    expect(parameters(sentence), key).toEqual(parameters(all.ar.get(key)!))
    if (typeof sentence === 'string') continue
    expect(Object.keys(sentence), key).toEqual(expect.arrayContaining(needed))
    expect(forms, key).toEqual(expect.arrayContaining(Object.keys(sentence)))
  }
})

type Sentence = ReturnType<typeof catalogueSentences>[Lang] extends Map<string, infer S> ? S : never

/** Of a plural its count is left out: a form such as "one coupon" need not say it. */
function parameters(sentence: Sentence): string[] {
  const text = typeof sentence === 'string' ? sentence : (sentence.other ?? '').replaceAll('{n}', '')
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!))].sort()
}
