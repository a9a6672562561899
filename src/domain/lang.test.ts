import { expect, test } from 'vitest'
import { direction, inLang, isLang, LANGS, langOf } from './lang.ts'

test('a reader gets the text in their language', () => {
  expect(inLang({ ar: 'حلم', fr: 'rêve' }, 'fr')).toBe('rêve')
  expect(langOf({ ar: 'حلم', fr: 'rêve' }, 'fr')).toBe('fr')
})

test('else in the first language that has one, Arabic before the others', () => {
  expect(inLang({ en: 'dream', fr: 'rêve' }, 'es')).toBe('rêve')
  expect(langOf({ en: 'dream', fr: 'rêve' }, 'es')).toBe('fr')
})

test('a text in no language is empty', () => {
  expect(inLang({}, 'ar')).toBe('')
  expect(langOf({}, 'es')).toBe('es')
})

test('only Arabic is written from right to left', () => {
  expect(LANGS.filter((lang) => direction(lang) === 'rtl')).toEqual(['ar'])
})

test('a language is one of the four codes', () => {
  expect(LANGS.every(isLang)).toBe(true)
  expect(['AR', 'de', '', null, undefined, '__proto__'].some(isLang)).toBe(false)
})
