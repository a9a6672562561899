import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  checkOrderReference,
  checkReference,
  makeReference,
  orderReference,
  spacedReference,
} from './reference.ts'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const seeded = { seed: 21, numRuns: 1000 }
const anyCharacter = fc.constantFrom(...ALPHABET)
const anyBody = fc.string({ unit: anyCharacter, minLength: 1, maxLength: 21 })
const anyCode = fc.string({ unit: fc.constantFrom(...ALPHABET.slice(10)), minLength: 1, maxLength: 8 })
const anyOrderReference = fc
  .tuple(fc.integer({ min: 1, max: 9_999_999 }), anyCode)
  .map(([sequence, code]) => orderReference(sequence, code))

function replaced(text: string, at: number, by: string): string {
  return text.slice(0, at) + by + text.slice(at + by.length)
}

describe('any ISO 11649 reference', () => {
  test.each([
    ['539007547034', 'RF18539007547034'],
    ['AD0000010001', 'RF75AD0000010001'],
  ])('the reference of %s is %s', (body, reference) => {
    expect(makeReference(body)).toBe(reference)
    expect(checkReference(reference)).toEqual({ ok: true, reference })
  })

  test('spaces of any kind and lower case are tolerated', () => {
    expect(checkReference(' rf18 5390\u00a00754\u202f7034\n')).toEqual({
      ok: true,
      reference: 'RF18539007547034',
    })
  })

  test('it is printed in groups of four and read back', () => {
    expect(spacedReference('RF18539007547034')).toBe('RF18 5390 0754 7034')
    expect(spacedReference('RF751')).toBe('RF75 1')
    fc.assert(
      fc.property(anyBody, (body) => {
        const reference = makeReference(body)
        expect(checkReference(spacedReference(reference).toLowerCase())).toEqual({ ok: true, reference })
      }),
      seeded,
    )
  })

  test('the check digits are the only two that fit', () => {
    fc.assert(
      fc.property(anyBody, fc.integer({ min: 0, max: 99 }), (body, number) => {
        const reference = makeReference(body)
        const other = `RF${String(number).padStart(2, '0')}${body}`
        const expected =
          other === reference ? { ok: true, reference } : { ok: false, status: 'wrong_check_digits' }
        expect(checkReference(other)).toEqual(expected)
      }),
      seeded,
    )
  })

  test.each([
    '',
    'RF',
    'RF18',
    'XX18539007547034',
    'RF1A539007547034',
    `RF18${'1'.repeat(22)}`,
    'RF18é',
    'RF18ß1',
  ])('"%s" is not a reference', (text) => {
    expect(checkReference(text)).toEqual({ ok: false, status: 'not_a_reference' })
  })

  test('a text of any length is answered at once', () => {
    expect(checkReference('1'.repeat(1_000_000))).toEqual({ ok: false, status: 'not_a_reference' })
  })

  test.each(['', 'a', 'A-1', 'A B', '1'.repeat(22)])('a reference of the body "%s" is a bug', (body) => {
    expect(() => makeReference(body)).toThrow(RangeError)
  })
})

describe('the reference of an order', () => {
  test('it is short, upper case, the code of the campaign and then the order', () => {
    expect(orderReference(42, 'AMAL')).toMatch(/^RF\d\dAMAL0000042$/)
  })

  test('two orders never share one', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9_999_999 }),
        fc.integer({ min: 1, max: 9_999_999 }),
        (one, other) => {
          expect(orderReference(one, 'DAR') === orderReference(other, 'DAR')).toBe(one === other)
        },
      ),
      seeded,
    )
  })

  test('it is right as written', () => {
    fc.assert(
      fc.property(anyOrderReference, (reference) => {
        expect(checkOrderReference(spacedReference(reference))).toEqual({ ok: true, reference })
      }),
      seeded,
    )
  })

  test('every single wrong character is found, letter or digit', () => {
    fc.assert(
      fc.property(anyOrderReference, fc.nat(), anyCharacter, (reference, any, wrong) => {
        const at = any % reference.length
        fc.pre(reference[at] !== wrong)
        expect(checkOrderReference(replaced(reference, at, wrong)).ok).toBe(false)
      }),
      { seed: 21, numRuns: 10_000 },
    )
  })

  test('every pair of swapped neighbours is found', () => {
    fc.assert(
      fc.property(anyOrderReference, fc.nat(), (reference, any) => {
        const at = any % (reference.length - 1)
        const [left, right] = [reference.charAt(at), reference.charAt(at + 1)]
        fc.pre(left !== right)
        expect(checkOrderReference(replaced(reference, at, right + left)).ok).toBe(false)
      }),
      { seed: 21, numRuns: 10_000 },
    )
  })

  test('the ISO check alone would not do: it cannot tell 1B from B1', () => {
    const swapped = makeReference('B1000001').replace('B1', '1B')
    expect(checkReference(swapped).ok).toBe(true)
    expect(checkOrderReference(swapped)).toEqual({ ok: false, status: 'not_a_reference' })
  })

  test.each([
    [0, 'DAR'],
    [-1, 'DAR'],
    [1.5, 'DAR'],
    [10_000_000, 'DAR'],
    [1, ''],
    [1, 'dar'],
    [1, 'D2'],
    [1, 'ABCDEFGHI'],
  ])('order %s of campaign "%s" is a bug', (sequence, code) => {
    expect(() => orderReference(sequence, code)).toThrow(RangeError)
  })
})
