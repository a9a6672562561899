import fc from 'fast-check'
import { expect, test } from 'vitest'
import { normaliseEmail } from './email.ts'

const seeded = { seed: 21 }

test.each([
  ['amina@example.org', 'amina@example.org'],
  [' Amina@Example.ORG ', 'amina@example.org'],
  ['a.b+c_d@mail.example.co.ma', 'a.b+c_d@mail.example.co.ma'],
  ["o'hara@example.org", "o'hara@example.org"],
  ['amina@exe\u0301mple.org', 'amina@ex\u00e9mple.org'],
  ['amina@xn--p1ai.xn--p1ai', 'amina@xn--p1ai.xn--p1ai'],
  ['أمينة@مثال.المغرب', 'أمينة@مثال.المغرب'],
])('"%s" is read as %s', (text, email) => {
  expect(normaliseEmail(text)).toEqual({ ok: true, email })
})

test.each([
  '',
  'amina',
  '@example.org',
  'amina@',
  'amina@localhost',
  'amina@@example.org',
  'amina@example.org@example.org',
  'amina@example..org',
  'amina@.example.org',
  'amina@example.org.',
  'amina@-example.org',
  'amina@example-.org',
  'amina@example.o',
  'amina@127.0.0.1',
  'amina@[127.0.0.1]',
  '.amina@example.org',
  'amina.@example.org',
  'a..b@example.org',
  'amina salah@example.org',
  'amina@exa mple.org',
  'amina@example.org\nBcc: all@example.org',
  'amina\u0000@example.org',
  'amina\u202e@example.org',
  'amina\ud800@example.org',
  '<amina@example.org>',
  'Amina <amina@example.org>',
  'amina@example.org, salma@example.org',
  'mailto:amina@example.org',
  `${'a'.repeat(65)}@example.org`,
  `amina@${'a'.repeat(64)}.org`,
  `amina@${'a.'.repeat(125)}org`,
  'a'.repeat(1_000_000),
])('"%.40s" is unreadable', (text) => {
  expect(normaliseEmail(text)).toEqual({ ok: false, status: 'unreadable' })
})

test('an address of 254 bytes is the longest', () => {
  const label = 'a'.repeat(63)
  const longest = `${'b'.repeat(64)}@${label}.${label}.${'a'.repeat(57)}.org`
  expect(longest).toHaveLength(254)
  expect(normaliseEmail(longest).ok).toBe(true)
  expect(normaliseEmail(longest.replace('.org', 'a.org')).ok).toBe(false)
})

test('ordinary addresses are read, and once read stay as they are', () => {
  fc.assert(
    fc.property(fc.emailAddress(), (address) => {
      expect(normaliseEmail(address)).toEqual({ ok: true, email: address.toLowerCase() })
    }),
    seeded,
  )
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.string({ unit: 'binary', maxLength: 20 }),
      (left, right) => {
        const read = normaliseEmail(`${left}@${right}.org`)
        if (read.ok) expect(normaliseEmail(read.email)).toEqual(read)
      },
    ),
    { ...seeded, numRuns: 1000 },
  )
})
