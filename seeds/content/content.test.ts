import { expect, test } from 'vitest'
import { checkAccountNumber } from '../../src/domain/account-number.ts'
import { LANGS } from '../../src/domain/lang.ts'
import { MAX_NAME_CHARACTERS, MAX_WORD_CHARACTERS } from '../../src/domain/order.ts'
import {
  MAX_STORY_CHARACTERS,
  MAX_SUMMARY_CHARACTERS,
  MAX_TITLE_CHARACTERS,
} from '../../src/organisers/dream.ts'
import {
  MAX_UPDATE_BODY_CHARACTERS,
  MAX_UPDATE_TITLE_CHARACTERS,
} from '../../src/organisers/publish-update.ts'
import { MAX_PURPOSE_CHARACTERS } from '../../src/organisers/record-spending.ts'
import { AMBASSADORS } from './ambassadors.ts'
import { ASSOCIATION, COLLECTIVE } from './collective.ts'
import { CONTRIBUTORS } from './contributors.ts'
import { DAR_HIBA } from './dar-hiba.ts'
import { DAR_ILYAS } from './dar-ilyas.ts'
import { DAR_YAHYA } from './dar-yahya.ts'
import { FOUNDING_REPLAY } from './founding-replay.ts'

// As much as the desk lets an ambassador say.
const MAX_FIRST_WORDS_CHARACTERS = 280
const APPEALS = [DAR_ILYAS, DAR_HIBA, DAR_YAHYA]

/** Every text that is told in four languages, with the room there is for it. */
const SAID: [string, Readonly<Partial<Record<string, string>>>, number][] = [
  ['name', COLLECTIVE.name, 80],
  ['city', COLLECTIVE.city, 80],
  ['legal name', ASSOCIATION.legalName, 120],
  ...AMBASSADORS.map(({ slug, firstWords }): (typeof SAID)[number] => [
    slug,
    firstWords,
    MAX_FIRST_WORDS_CHARACTERS,
  ]),
  ...APPEALS.flatMap(({ news, spending }) => [
    ...news.flatMap(({ title, body }): typeof SAID => [
      ['title of news', title, MAX_UPDATE_TITLE_CHARACTERS],
      ['news', body, MAX_UPDATE_BODY_CHARACTERS],
    ]),
    ...spending.map(({ purpose }): (typeof SAID)[number] => ['purpose', purpose, MAX_PURPOSE_CHARACTERS]),
  ]),
  ...[...APPEALS, FOUNDING_REPLAY].flatMap(({ slug, dream }) => {
    const each = (part: 'title' | 'summary' | 'story') =>
      Object.fromEntries(LANGS.map((lang) => [lang, dream[lang][part]]))
    return [
      [`title of ${slug}`, each('title'), MAX_TITLE_CHARACTERS],
      [`summary of ${slug}`, each('summary'), MAX_SUMMARY_CHARACTERS],
      [`story of ${slug}`, each('story'), MAX_STORY_CHARACTERS],
    ] satisfies typeof SAID
  }),
]

test.each(SAID)('%s is told in all four languages, in its own script, and fits', (_name, said, most) => {
  for (const lang of LANGS) {
    const text = said[lang] ?? ''
    expect(text.trim()).toBe(text)
    expect(text.length).toBeGreaterThan(3)
    expect([...text].length).toBeLessThanOrEqual(most)
    expect(/\p{Script=Arabic}/u.test(text)).toBe(lang === 'ar')
  }
})

test('a child has a first name and nothing else that tells who it is', () => {
  for (const { slug, dream } of APPEALS) {
    expect(slug).toMatch(/^dar-[a-z]+$/)
    const child = slug.slice('dar-'.length)
    expect(dream.fr.title.toLowerCase()).toMatch(new RegExp(`^la maison (de |d’)${child}$`))
    const { story } = dream.en
    const name = child.charAt(0).toUpperCase() + child.slice(1)
    // A family name would follow the first name with a capital of its own.
    expect(story).not.toMatch(new RegExp(`${name}(?:’s)? \\p{Lu}`, 'u'))
    expect(story).toContain('changed')
    expect(story).toContain('no photo')
    expect(JSON.stringify(dream)).not.toMatch(/@|\d{5,}/)
  }
})

test('words of encouragement fit the form, and their names fit too', () => {
  for (const { words } of APPEALS) {
    for (const { lang, text, name } of words) {
      expect([...text].length).toBeLessThanOrEqual(MAX_WORD_CHARACTERS)
      expect(/\p{Script=Arabic}/u.test(text)).toBe(lang === 'ar')
      expect((name ?? '').length).toBeLessThanOrEqual(MAX_NAME_CHARACTERS)
    }
  }
  for (const name of Object.values(CONTRIBUTORS).flat()) expect(name.length).toBeLessThan(MAX_NAME_CHARACTERS)
})

test('the account passes every check, at a bank that does not exist', () => {
  expect(checkAccountNumber(ASSOCIATION.accountNumber)).toMatchObject({ ok: true, kind: 'rib' })
  expect(ASSOCIATION.accountNumber).toMatch(/^999/)
})

test('the home cost what a thousand coupons of 250 MAD brought', () => {
  const spent = DAR_ILYAS.spending.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)
  expect(spent).toBe(25_000n * 1000n)
})
