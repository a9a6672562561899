import fc from 'fast-check'
import { expect, test } from 'vitest'
import { couponLabel, dammDigit, hasDammDigit } from './damm.ts'

const seeded = { seed: 21 }
const digit = fc.constantFrom(...'0123456789')
const anyNumber = fc.string({ unit: digit, minLength: 1, maxLength: 12 })

test.each([
  ['572', '4'],
  ['0001', '3'],
  ['0042', '7'],
  ['0500', '4'],
  ['1000', '8'],
])('the check digit of %s is %s', (digits, check) => {
  expect(dammDigit(digits)).toBe(check)
  expect(hasDammDigit(digits + check)).toBe(true)
})

test('zeros in front change nothing', () => {
  fc.assert(
    fc.property(anyNumber, (digits) => {
      expect(dammDigit(`000${digits}`)).toBe(dammDigit(digits))
    }),
    seeded,
  )
})

test('every single wrong digit is found', () => {
  fc.assert(
    fc.property(anyNumber, fc.nat(), digit, (digits, any, wrong) => {
      const right = digits + dammDigit(digits)
      const at = any % right.length
      fc.pre(right[at] !== wrong)
      expect(hasDammDigit(right)).toBe(true)
      expect(hasDammDigit(right.slice(0, at) + wrong + right.slice(at + 1))).toBe(false)
    }),
    { ...seeded, numRuns: 1000 },
  )
})

test('every pair of swapped neighbours is found', () => {
  fc.assert(
    fc.property(anyNumber, fc.nat(), (digits, any) => {
      const right = digits + dammDigit(digits)
      const at = any % (right.length - 1)
      fc.pre(right[at] !== right[at + 1])
      const swapped = right.slice(0, at) + right[at + 1] + right[at] + right.slice(at + 2)
      expect(hasDammDigit(swapped)).toBe(false)
    }),
    { ...seeded, numRuns: 1000 },
  )
})

test('what is not digits has no check digit', () => {
  expect(() => dammDigit('')).toThrow(RangeError)
  expect(() => dammDigit('12a')).toThrow(RangeError)
  expect(() => dammDigit('٥٧٢')).toThrow(RangeError)
  expect(['', '0', 'abc', '57 24', '5724\n'].some(hasDammDigit)).toBe(false)
})

test('a coupon is named by its number as wide as the goal, and its check digit', () => {
  expect(couponLabel(1, 1000)).toBe('0001-3')
  expect(couponLabel(42, 1000)).toBe('0042-7')
  expect(couponLabel(1000, 1000)).toBe('1000-8')
  expect(couponLabel(42, 50)).toBe('42-7')
})

test.each([0, -1, 1001, 1.5, Number.NaN])('there is no coupon %s of 1000', (number) => {
  expect(() => couponLabel(number, 1000)).toThrow(RangeError)
})
