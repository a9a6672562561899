import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { LANGS } from '../../src/domain/lang.ts'
import { ROOT, read, sources } from './sources.ts'

const FOLDER = 'src/i18n/catalogues'
const areas = readdirSync(join(ROOT, FOLDER, 'ar')).sort()

type Catalogue = Record<string, string | Record<string, string>>

function catalogue(lang: string, area: string): Catalogue {
  return JSON.parse(read(`${FOLDER}/${lang}/${area}`)) as Catalogue
}

test('every language has every area', () => {
  for (const lang of LANGS)
    expect([lang, ...readdirSync(join(ROOT, FOLDER, lang)).sort()]).toEqual([lang, ...areas])
})

test.each(areas)('%s has the same keys in every language', (area) => {
  const keys = Object.keys(catalogue('ar', area)).sort()
  for (const lang of LANGS)
    expect([lang, ...Object.keys(catalogue(lang, area)).sort()]).toEqual([lang, ...keys])
})

test.each(areas)('%s uses the same parameters in every language', (area) => {
  const ar = catalogue('ar', area)
  for (const lang of LANGS) {
    const other = catalogue(lang, area)
    for (const key of Object.keys(ar)) {
      expect([lang, key, ...parameters(other[key])]).toEqual([lang, key, ...parameters(ar[key])])
    }
  }
})

test.each(areas)('%s has every plural form that its language needs', (area) => {
  for (const lang of LANGS) {
    const needed = new Intl.PluralRules(lang).resolvedOptions().pluralCategories.sort()
    for (const [key, message] of Object.entries(catalogue(lang, area))) {
      if (typeof message === 'string') continue
      const missing = needed.filter((form) => message[form] === undefined && form !== 'many')
      expect([lang, key, ...(lang === 'ar' ? needed.filter((form) => !message[form]) : missing)]).toEqual([
        lang,
        key,
      ])
    }
  }
})

test('every key is used, and every used key exists', () => {
  const code = sources(['src', 'seeds'], ['.ts', '.tsx'])
    .filter(({ path }) => !path.endsWith('.test.ts') && !path.endsWith('.test.tsx'))
    .map(({ text }) => text)
    .join('\n')
  const keys = areas.flatMap((area) =>
    Object.keys(catalogue('ar', area)).map((key) => `${area.replace('.json', '')}.${key}`),
  )
  const prefixes = [...code.matchAll(/`([a-z]+\.[A-Za-z0-9_.]*)\$\{/g)].map(([, prefix = '']) => prefix)
  const unused = keys.filter(
    (key) => !code.includes(`'${key}'`) && !prefixes.some((prefix) => key.startsWith(prefix)),
  )
  const areaNames = areas.map((area) => area.replace('.json', '')).join('|')
  const used = [...code.matchAll(new RegExp(`\\bt\\(\\s*'((?:${areaNames})\\.[A-Za-z0-9_.]+)'`, 'g'))].map(
    ([, key = '']) => key,
  )
  expect({ unused, missing: used.filter((key) => !keys.includes(key)) }).toEqual({ unused: [], missing: [] })
})

function parameters(message: string | Record<string, string> | undefined): string[] {
  const texts = typeof message === 'string' ? [message] : Object.values(message ?? {})
  return [...new Set(texts.flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)))]
    .filter((name) => name !== 'n')
    .sort()
}
