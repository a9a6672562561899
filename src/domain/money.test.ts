import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LANGS } from './lang.ts'
import {
  add,
  CURRENCIES,
  formatMoney,
  isCurrency,
  MAX_MINOR,
  minorDigits,
  money,
  parseMoney,
  subtract,
  sum,
  times,
} from './money.ts'

const seeded = { seed: 21 }
const anyMinor = fc.oneof(
  fc.bigInt({ min: 0n, max: MAX_MINOR }),
  fc.bigInt({ min: 0n, max: 10_000_000n }),
  fc.bigInt({ min: 0n, max: MAX_MINOR / 100n }).map((units) => units * 100n),
)
const anyCurrency = fc.constantFrom(...CURRENCIES)
const anyLang = fc.constantFrom(...LANGS)

describe('counting', () => {
  test('1000 coupons of 250 DH are 250,000 DH', () => {
    expect(times(money(25_000n, 'MAD'), 1000)).toEqual(money(25_000_000n, 'MAD'))
  })

  test('what is added and then taken away leaves the amount as it was', () => {
    const half = fc.bigInt({ min: -MAX_MINOR / 2n, max: MAX_MINOR / 2n })
    fc.assert(
      fc.property(half, half, anyCurrency, (left, right, currency) => {
        const both = add(money(left, currency), money(right, currency))
        expect(subtract(both, money(right, currency))).toEqual(money(left, currency))
      }),
      seeded,
    )
  })

  test('an amount n times is the sum of n of it, and of none is zero', () => {
    const small = fc.bigInt({ min: 0n, max: 1_000_000n })
    fc.assert(
      fc.property(small, fc.nat({ max: 50 }), anyCurrency, (minor, count, currency) => {
        const price = money(minor, currency)
        expect(times(price, count)).toEqual(sum(Array(count).fill(price), currency))
      }),
      seeded,
    )
  })

  test('amounts of two currencies never meet', () => {
    const [dirhams, euros] = [money(1n, 'MAD'), money(1n, 'EUR')]
    expect(() => add(dirhams, euros)).toThrow(TypeError)
    expect(() => subtract(dirhams, euros)).toThrow(TypeError)
    expect(() => sum([dirhams, euros], 'MAD')).toThrow(TypeError)
    expect(() => sum([euros], 'MAD')).toThrow(TypeError)
  })

  test('an amount beyond what JSON carries exactly is a bug, on both sides of zero', () => {
    expect(money(MAX_MINOR, 'MAD').minor).toBe(9_007_199_254_740_991n)
    expect(() => money(MAX_MINOR + 1n, 'MAD')).toThrow(RangeError)
    expect(() => money(-MAX_MINOR - 1n, 'MAD')).toThrow(RangeError)
    expect(() => add(money(MAX_MINOR, 'MAD'), money(1n, 'MAD'))).toThrow(RangeError)
  })

  test.each([-1, 1.5, Number.NaN, 2 ** 53])('%s times an amount is a bug', (count) => {
    expect(() => times(money(1n, 'MAD'), count)).toThrow(RangeError)
  })

  test('a currency is one of the seven codes', () => {
    expect(CURRENCIES.every(isCurrency)).toBe(true)
    expect(['mad', 'DH', '', null, 504, '__proto__'].some(isCurrency)).toBe(false)
  })

  test('the West African franc has no minor unit and the Tunisian dinar a thousand', () => {
    expect(CURRENCIES.map(minorDigits)).toEqual([2, 2, 2, 2, 2, 0, 3])
  })
})

describe('an amount on a page', () => {
  test.each([
    [25_000n, 'MAD', 'ar', '250 درهم'],
    [25_000n, 'MAD', 'fr', '250 DH'],
    [25_000n, 'MAD', 'en', '250 DH'],
    [25_000n, 'MAD', 'es', '250 DH'],
    [25_050n, 'MAD', 'ar', '250,50 درهم'],
    [25_050n, 'MAD', 'fr', '250,50 DH'],
    [25_050n, 'MAD', 'es', '250,50 DH'],
    [25_050n, 'MAD', 'en', '250.50 DH'],
    [25_005n, 'MAD', 'en', '250.05 DH'],
    [25_000_000n, 'MAD', 'ar', '250\u202f000 درهم'],
    [25_000_000n, 'MAD', 'fr', '250\u202f000 DH'],
    [25_000_000n, 'MAD', 'es', '250\u202f000 DH'],
    [25_000_000n, 'MAD', 'en', '250,000 DH'],
    [123_456_789n, 'MAD', 'fr', '1\u202f234\u202f567,89 DH'],
    [120_000n, 'MAD', 'es', '1\u202f200 DH'],
    [0n, 'MAD', 'fr', '0 DH'],
    [5n, 'MAD', 'fr', '0,05 DH'],
    [-25_050n, 'MAD', 'fr', '-250,50 DH'],
    [25_000n, 'EUR', 'ar', '250 €'],
    [2300n, 'EUR', 'en', '23 €'],
    [2300n, 'USD', 'en', '23 US$'],
    [2300n, 'CAD', 'fr', '23 CA$'],
    [2300n, 'GBP', 'es', '23 £'],
    [15_000n, 'XOF', 'fr', '15\u202f000 FCFA'],
    [80_500n, 'TND', 'fr', '80,500 DT'],
    [80_000n, 'TND', 'ar', '80,000 د.ت'],
    [1_200_000n, 'TND', 'en', '1,200.000 DT'],
  ] as const)('%s minor units of %s in %s are written %s', (minor, currency, lang, text) => {
    expect(formatMoney(money(minor, currency), lang)).toBe(text.replace(/ (?=\D+$)/, '\u00a0'))
  })

  test('the number and the unit never part, and no direction mark or foreign digit is inside', () => {
    fc.assert(
      fc.property(anyMinor, anyCurrency, anyLang, (minor, currency, lang) => {
        expect(formatMoney(money(minor, currency), lang)).toMatch(
          /^\d{1,3}(?:[,\u202f]\d{3})*(?:[.,]\d+)?\u00a0[^\s\d\u200e\u200f\u061c]+$/,
        )
      }),
      seeded,
    )
  })

  test('every amount shown is read back as itself', () => {
    fc.assert(
      fc.property(anyMinor, anyCurrency, anyLang, (minor, currency, lang) => {
        const amount = money(minor, currency)
        const shown = formatMoney(amount, lang)
        expect(parseMoney(shown, currency)).toEqual({ ok: true, money: amount })
        expect(parseMoney(shown, currency, lang)).toEqual({ ok: true, money: amount })
      }),
      { ...seeded, numRuns: 1000 },
    )
  })
})

describe('an amount that was typed', () => {
  test.each([
    ['250', 25_000n],
    ['0', 0n],
    ['0250', 25_000n],
    [' 250 ', 25_000n],
    ['+250', 25_000n],
    ['250,5', 25_050n],
    ['250.50', 25_050n],
    ['1 200,00', 120_000n],
    ['1\u00a0200,00', 120_000n],
    ['1\u202f200,00', 120_000n],
    ['1.200,50', 120_050n],
    ['1,200.50', 120_050n],
    ['1.200', 120_000n],
    ['1,200', 120_000n],
    ['250,505', 25_050_500n],
    ['1.200.300', 120_030_000n],
    ['1200,00', 120_000n],
    ['250 DH', 25_000n],
    ['250dhs', 25_000n],
    ['MAD 250', 25_000n],
    ['250 درهم', 25_000n],
    ['٢٥٠٫٥٠ درهم', 25_050n],
    ['\u2068250 DH\u2069', 25_000n],
    ['90071992547409,91', MAX_MINOR],
  ])('"%s" is read as %s centimes', (text, minor) => {
    expect(parseMoney(text, 'MAD')).toEqual({ ok: true, money: { minor, currency: 'MAD' } })
  })

  test.each([
    ['', 'unreadable'],
    ['DH', 'unreadable'],
    ['abc', 'unreadable'],
    ['NaN', 'unreadable'],
    ['1e21', 'unreadable'],
    ['0x10', 'unreadable'],
    ['.50', 'unreadable'],
    ['250.', 'unreadable'],
    ['1 2 3', 'unreadable'],
    ['1.20.300', 'unreadable'],
    ['12,345,67', 'unreadable'],
    ['1,200,50', 'unreadable'],
    ['1,200.50.1', 'unreadable'],
    ['0 250', 'unreadable'],
    ['250 €', 'unreadable'],
    ['250 DH DH', 'unreadable'],
    ['--250', 'unreadable'],
    ['2-50', 'unreadable'],
    ['250\u0000', 'unreadable'],
    ['1'.repeat(65), 'unreadable'],
    ['-250', 'negative'],
    ['\u2212250,50 DH', 'negative'],
    ['250-', 'negative'],
    ['-0', 'negative'],
    ['250,5055', 'too_many_decimals'],
    ['1200,000', 'too_many_decimals'],
    ['0.500', 'too_many_decimals'],
    ['1 200.500', 'too_many_decimals'],
    ['90071992547409,92', 'too_large'],
    ['9'.repeat(64), 'too_large'],
  ])('"%s" is refused as %s', (text, status) => {
    expect(parseMoney(text, 'MAD')).toEqual({ ok: false, status })
  })

  test.each(['ar', 'fr', 'es'] as const)('in %s a comma begins decimals, a dot or a space groups', (lang) => {
    expect(parseMoney('1,234', 'MAD', lang)).toEqual({ ok: false, status: 'too_many_decimals' })
    expect(parseMoney('1\u066b234', 'MAD', lang)).toEqual({ ok: false, status: 'too_many_decimals' })
    for (const text of ['1.234', '1 234', '1\u066c234', '1,234.00', '1.234,00']) {
      expect([text, parseMoney(text, 'MAD', lang)]).toEqual([
        text,
        { ok: true, money: money(123_400n, 'MAD') },
      ])
    }
    expect(parseMoney('1,234,567', 'MAD', lang)).toMatchObject({ ok: true, money: { minor: 123_456_700n } })
  })

  test('in English a dot begins decimals, a comma groups', () => {
    expect(parseMoney('1.234', 'MAD', 'en')).toEqual({ ok: false, status: 'too_many_decimals' })
    expect(parseMoney('1\u066b234', 'MAD', 'en')).toEqual({ ok: false, status: 'too_many_decimals' })
    for (const text of ['1,234', '1 234', '1,234.00', '1.234,00']) {
      expect([text, parseMoney(text, 'MAD', 'en')]).toEqual([
        text,
        { ok: true, money: money(123_400n, 'MAD') },
      ])
    }
  })

  test('a currency without minor unit takes no decimals', () => {
    expect(parseMoney('1.500', 'XOF')).toMatchObject({ ok: true, money: { minor: 1500n } })
    expect(parseMoney('1500,50', 'XOF')).toEqual({ ok: false, status: 'too_many_decimals' })
  })

  test('before three digits a single separator is the decimal point of a currency of three decimals', () => {
    expect(parseMoney('1,200', 'TND')).toMatchObject({ ok: true, money: { minor: 1200n } })
    expect(parseMoney('1 200', 'TND')).toMatchObject({ ok: true, money: { minor: 1_200_000n } })
    expect(parseMoney('1.200,5', 'TND')).toMatchObject({ ok: true, money: { minor: 1_200_500n } })
  })

  test('a dollar sign is the dollar of the campaign', () => {
    expect(parseMoney('$25', 'CAD')).toMatchObject({ ok: true, money: { minor: 2500n, currency: 'CAD' } })
    expect(parseMoney('25 US$', 'CAD')).toEqual({ ok: false, status: 'unreadable' })
  })

  test('whatever is typed, the answer is a named status or an amount in range', () => {
    const typed = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'0123456789., -+DH€٣\u202f') }),
    )
    fc.assert(
      fc.property(typed, anyCurrency, (text, currency) => {
        const parsed = parseMoney(text, currency)
        if (parsed.ok) expect(parsed.money.minor >= 0n && parsed.money.minor <= MAX_MINOR).toBe(true)
        else expect(parsed.status).toMatch(/^(unreadable|negative|too_many_decimals|too_large)$/)
      }),
      { ...seeded, numRuns: 1000 },
    )
  })
})
