import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkDigits, mod97 } from './mod97.ts'

test('the remainder is that of the number in which A is 10 and Z is 35', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'0123456789ABCXYZ'), minLength: 1, maxLength: 40 }),
      (text) => {
        const number = BigInt([...text].map((character) => Number.parseInt(character, 36)).join(''))
        expect(BigInt(mod97(text))).toBe(number % 97n)
      },
    ),
    { seed: 21 },
  )
})

test('the check digits are two even when the number is small', () => {
  expect(checkDigits('RF', '539007547034')).toBe('18')
  expect(checkDigits('MA', '001810007800020110620318')).toBe('64')
})
