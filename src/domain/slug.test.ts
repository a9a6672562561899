import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { freeSlug, isSlug, MAX_SLUG_CHARACTERS, slugify } from './slug.ts'

describe('slugify', () => {
  it.each([
    ['Dari B7al Nass', 'dari-b7al-nass'],
    ['Un toit pour Yasmine, à Casablanca', 'un-toit-pour-yasmine-a-casablanca'],
    ["L'école d'Œuvres", 'lecole-doeuvres'],
    ['دار ياسمين', 'dar-yasmyn'],
    ['الدار البيضاء', 'aldar-albyda'],
    ['حملة ٢٠٢٦', 'hmla-2026'],
    ['مؤسسة آمال', 'mwssa-amal'],
    ['ⵜⵡⵉⵣⴰ', 'twiza'],
    ['  --Ñandú--  ', 'nandu'],
    ['家', ''],
    ['x', ''],
    ['', ''],
  ])('writes %j as %j', (text, slug) => {
    expect(slugify(text)).toBe(slug)
  })

  it('cuts a long name after a whole word', () => {
    const slug = slugify('a house for a family that has waited for seven years in the old town')
    expect(slug).toBe('a-house-for-a-family-that-has-waited-for-seven-years-in-the')
  })

  it('makes a name that an address can carry, or none', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const slug = slugify(text)
        return slug === '' || isSlug(slug)
      }),
      { seed: 20_260_301 },
    )
  })

  it('leaves a name that an address can carry as it is', () => {
    const word = fc.stringMatching(/^[a-z0-9]{2,8}$/)
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), (words) => {
        return slugify(words.join('-')) === words.join('-')
      }),
      { seed: 20_260_302 },
    )
  })
})

describe('isSlug', () => {
  it.each(['x', 'A-b', 'a--b', '-a', 'a-', 'a b', 'دار', 'a/b', '', 'a'.repeat(61)])('refuses %j', (text) => {
    expect(isSlug(text)).toBe(false)
  })
})

describe('freeSlug', () => {
  it('counts on until a name is free', () => {
    const taken = new Set(['amina', 'amina-2'])
    expect(freeSlug('amina', (slug) => taken.has(slug))).toBe('amina-3')
  })

  it('stays within the longest name', () => {
    const long = 'a'.repeat(MAX_SLUG_CHARACTERS)
    expect(freeSlug(long, (slug) => slug === long)).toBe(`${'a'.repeat(MAX_SLUG_CHARACTERS - 2)}-2`)
  })
})
