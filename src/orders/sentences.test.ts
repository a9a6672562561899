import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { LANGS } from '../domain/lang.ts'
import { ORDER_OUTCOMES } from '../domain/order.ts'
import { catalogueKeys, catalogueSentences } from '../i18n/translator.ts'

/** Rules are named where they are checked; every name that a file can answer with is found in its text. */
const CHECKS = [
  'wish-schema.ts',
  'take-order.ts',
  'contact.ts',
  'keep-wish.ts',
  'propose-ambassador.ts',
] as const
const RULE = /'((?:[a-z]+_)+(?:needed|unreadable|unknown|invalid|too_long|field))'/g

test('every rule that can refuse a field has its sentence in every language', () => {
  const rules = new Set(['name_too_long', 'name_unreadable', 'word_too_long', 'word_unreadable'])
  for (const file of CHECKS) {
    const text = readFileSync(new URL(file, import.meta.url), 'utf8')
    for (const [, rule] of text.matchAll(RULE)) rules.add(rule!)
  }
  rules.delete('order_unknown')
  expect(rules.size).toBeGreaterThan(15)
  for (const lang of LANGS) {
    const keys = catalogueKeys(lang)
    for (const rule of rules)
      expect([lang, keys]).toEqual([lang, expect.arrayContaining([`give.error_${rule}`])])
  }
})

test('every answer to a wish has its sentence in every language', () => {
  for (const lang of LANGS) {
    const keys = catalogueKeys(lang)
    expect(keys).toEqual(expect.arrayContaining(ORDER_OUTCOMES.map((outcome) => `give.outcome_${outcome}`)))
  }
})

test('no sentence of giving speaks of selling, buying or charity as what happens', () => {
  const wrong: Record<string, RegExp> = {
    ar: /تبرع|صدقة|اشتر|بيع/,
    fr: /achetez|acheter|vendre|vente|\bdon\b|charité/i,
    en: /\bbuy\b|\bsell\b|\bsale\b|donat|charity/i,
    es: /compra[rs]\b|vend|donaci|donar|caridad/i,
  }
  const sentences = catalogueSentences()
  for (const lang of LANGS) {
    for (const [key, sentence] of sentences[lang]) {
      if (!/^(give|order)\./.test(key)) continue
      expect([key, JSON.stringify(sentence)]).toEqual([key, expect.not.stringMatching(wrong[lang]!)])
    }
  }
})
