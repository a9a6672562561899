import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkAccountNumber, ribToIban, spacedAccountNumber } from './account-number.ts'
import { mod97 } from './mod97.ts'

const seeded = { seed: 21, numRuns: 1000 }
const RIB = '001810007800020110620318'
const digit = fc.constantFrom(...'0123456789')
const anyRib = fc
  .string({ unit: digit, minLength: 22, maxLength: 22 })
  .map((body) => body + String(97 - mod97(`${body}00`)).padStart(2, '0'))

describe('a Moroccan account number', () => {
  test.each([RIB, '011519000001205000534921'])('%s is right', (rib) => {
    expect(checkAccountNumber(rib)).toEqual({ ok: true, kind: 'rib', account: rib })
    expect(ribToIban(rib)).toBe(`MA64${rib}`)
  })

  test('230780456789012345678945 has a wrong key, 92 would be right', () => {
    expect(checkAccountNumber('230780456789012345678945')).toEqual({ ok: false, status: 'wrong_key' })
    expect(checkAccountNumber('230780456789012345678992').ok).toBe(true)
  })

  test.each([
    '001 810 0078000201106203 18',
    'RIB : 001.810.0078000201106203.18',
    'rib 001-810-0078000201106203-18',
    '٠٠١٨١٠٠٠٧٨٠٠٠٢٠١١٠٦٢٠٣١٨',
    'MA64 0018 1000 7800 0201 1062 0318',
    'IBAN: ma64001810007800020110620318',
    '\u202a001\u00a0810\u202f0078000201106203 18\u202c',
  ])('"%s" is the same account', (text) => {
    expect(checkAccountNumber(text)).toEqual({ ok: true, kind: 'rib', account: RIB })
  })

  test('every RIB has a valid IBAN that leads back to it', () => {
    fc.assert(
      fc.property(anyRib, (rib) => {
        const iban = ribToIban(rib)
        expect(mod97(`${iban.slice(4)}${iban.slice(0, 4)}`)).toBe(1)
        expect(checkAccountNumber(iban)).toEqual({ ok: true, kind: 'rib', account: rib })
        expect(checkAccountNumber(spacedAccountNumber(rib))).toEqual({ ok: true, kind: 'rib', account: rib })
      }),
      seeded,
    )
  })

  test('every single wrong digit and every pair of swapped neighbours is found', () => {
    fc.assert(
      fc.property(anyRib, fc.nat(), digit, (rib, any, wrong) => {
        const at = any % rib.length
        const next = (at + 1) % rib.length
        const mistyped = [...rib]
        mistyped[at] = wrong
        const swapped = [...rib]
        swapped[at] = rib.charAt(next)
        swapped[next] = rib.charAt(at)
        if (rib[at] !== wrong) expect(checkAccountNumber(mistyped.join('')).ok).toBe(false)
        if (next > at && rib[at] !== rib[next]) expect(checkAccountNumber(swapped.join('')).ok).toBe(false)
      }),
      seeded,
    )
  })

  test('an IBAN of Morocco begins with MA64 and holds digits only', () => {
    expect(checkAccountNumber(`MA65${RIB}`)).toEqual({ ok: false, status: 'wrong_key' })
    expect(checkAccountNumber('MA6400181000780002011062031A')).toMatchObject({
      status: 'not_an_account_number',
    })
    expect(checkAccountNumber('MA64230780456789012345678945')).toEqual({ ok: false, status: 'wrong_key' })
  })

  test('a wrong RIB has no IBAN', () => {
    expect(() => ribToIban('230780456789012345678945')).toThrow(RangeError)
    expect(() => ribToIban(`${RIB} `)).toThrow(RangeError)
    expect(() => ribToIban('')).toThrow(RangeError)
  })
})

describe('an IBAN from abroad', () => {
  // Examples of the registry and of Wikipedia's page on the IBAN.
  test.each([
    'FR1420041010050500013M02606',
    'DE89370400440532013000',
    'GB29NWBK60161331926819',
    'BE68539007547034',
    'ES9121000418450200051332',
    'NO9386011117947',
    'TN5910006035183598478831',
  ])('%s is right, and wrong with other check digits', (iban) => {
    expect(checkAccountNumber(spacedAccountNumber(iban).toLowerCase())).toEqual({
      ok: true,
      kind: 'iban',
      account: iban,
    })
    const other = iban.slice(0, 2) + (iban.slice(2, 4) === '11' ? '12' : '11') + iban.slice(4)
    expect(checkAccountNumber(other)).toEqual({ ok: false, status: 'wrong_key' })
  })

  test('it is written in groups of four', () => {
    expect(spacedAccountNumber('BE68539007547034')).toBe('BE68 5390 0754 7034')
    expect(spacedAccountNumber(RIB)).toBe('001 810 0078000201106203 18')
  })
})

test.each([
  ['', 'empty'],
  [' \u00a0 ', 'empty'],
  ['RIB:', 'empty'],
  [RIB.slice(1), 'wrong_length'],
  [`${RIB}0`, 'wrong_length'],
  [`MA64${RIB}0`, 'wrong_length'],
  ['DE8937040044053201300', 'wrong_length'],
  ['ZZ00', 'wrong_length'],
  ['my account', 'not_an_account_number'],
  ['RF18539007547034é', 'not_an_account_number'],
  [`${RIB.slice(0, 23)}O`, 'not_an_account_number'],
  ['M\u00e064001810007800020110620318', 'not_an_account_number'],
  ['0'.repeat(1_000_000), 'not_an_account_number'],
])('"%.40s" is refused as %s', (text, status) => {
  expect(checkAccountNumber(text)).toEqual({ ok: false, status })
})
