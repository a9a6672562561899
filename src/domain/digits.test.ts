import { expect, test } from 'vitest'
import { formatNumber, plainDigits } from './digits.ts'

test('Arabic-Indic and Persian digits become Western ones', () => {
  expect(plainDigits('٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹')).toBe('0123456789 0123456789')
})

test('Arabic separators become a dot and a comma, direction marks go, the rest stays', () => {
  expect(plainDigits('\u2068١٬٢٠٠٫٥٠\u2069\u200f درهم')).toBe('1,200.50 درهم')
})

test('a number is written in Western digits, and grouped once it is long', () => {
  expect(formatNumber(1000, 'ar')).toBe('1000')
  expect(formatNumber(1_000_000, 'ar')).toBe('1\u202f000\u202f000')
  expect(formatNumber(1_000_000, 'en')).toBe('1,000,000')
})
