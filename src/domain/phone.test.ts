import fc from 'fast-check'
import { expect, test } from 'vitest'
import { normalisePhone } from './phone.ts'

const seeded = { seed: 21 }

test.each([
  '0612345678',
  '06 12 34 56 78',
  '06.12.34.56.78',
  '06-12-34-56-78',
  '+212612345678',
  '+212 6 12 34 56 78',
  '+212 (0)6 12 34 56 78',
  '00212612345678',
  '00212 0612345678',
  '212612345678',
  '2120612345678',
  ' 06 12\u00a034\u202f56 78 ',
  '٠٦١٢٣٤٥٦٧٨',
  '\u202a+212 612-345678\u202c',
])('"%s" is a number in Morocco', (text) => {
  expect(normalisePhone(text)).toEqual({ ok: true, phone: '+212612345678' })
})

test.each([
  ['0522 12 34 56', '+212522123456'],
  ['0712345678', '+212712345678'],
  ['+33 6 12 34 56 78', '+33612345678'],
  ['0033612345678', '+33612345678'],
  ['+1 (514) 555-0123', '+15145550123'],
  ['+221 77 123 45 67', '+221771234567'],
  ['+12345678', '+12345678'],
  ['+123456789012345', '+123456789012345'],
])('"%s" is %s', (text, phone) => {
  expect(normalisePhone(text)).toEqual({ ok: true, phone })
})

test.each([
  '',
  'phone',
  '0',
  '061234567',
  '06123456789',
  '0812345678',
  '612345678',
  '33612345678',
  '+212812345678',
  '+21261234567',
  '+1234567',
  '+1234567890123456',
  '+0612345678',
  '++212612345678',
  '+212+612345678',
  '06123O5678',
  '0612345678 ext 4',
  '06\u000012345678',
  '0'.repeat(1_000_000),
])('"%.40s" is unreadable', (text) => {
  expect(normalisePhone(text)).toEqual({ ok: false, status: 'unreadable' })
})

test('a number in any of its forms is one number', () => {
  const subscriber = fc.tuple(
    fc.constantFrom('5', '6', '7'),
    fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 8, maxLength: 8 }),
  )
  const prefix = fc.constantFrom('0', '+212', '00212', '212', '+212 (0)', '212-')
  const gap = fc.constantFrom('', ' ', '.', '-', '\u00a0')
  fc.assert(
    fc.property(subscriber, prefix, gap, ([first, rest], start, between) => {
      const typed = start + [...(first + rest)].join(between)
      expect(normalisePhone(typed)).toEqual({ ok: true, phone: `+212${first}${rest}` })
    }),
    seeded,
  )
})

test('whatever is typed, the answer is unreadable or E.164 that stays as it is', () => {
  const typed = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...'0123456789+ .-()') }),
  )
  fc.assert(
    fc.property(typed, (text) => {
      const read = normalisePhone(text)
      if (!read.ok) return
      expect(read.phone).toMatch(/^\+[1-9]\d{7,14}$/)
      expect(normalisePhone(read.phone)).toEqual(read)
    }),
    { ...seeded, numRuns: 1000 },
  )
})
