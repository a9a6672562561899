import { expect, test } from 'vitest'
import { plainDigits } from './digits.ts'

test('Arabic-Indic and Persian digits become Western ones', () => {
  expect(plainDigits('٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹')).toBe('0123456789 0123456789')
})

test('Arabic separators become a dot and a comma, direction marks go, the rest stays', () => {
  expect(plainDigits('\u2068١٬٢٠٠٫٥٠\u2069\u200f درهم')).toBe('1,200.50 درهم')
})
