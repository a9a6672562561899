import { expect, test } from 'vitest'
import { contactKind, readContact } from './contact.ts'
import { wholeNumber } from './sent-form.ts'

test.each([
  ['3', 3],
  [' 03 ', 3],
  ['٣', 3],
  ['۱۲', 12],
  ['999999999', 999_999_999],
  ['1234567890', '1234567890'],
  ['1.5', '1.5'],
  ['٣٫٥', '٣٫٥'],
  ['-1', '-1'],
  ['1e3', '1e3'],
  ['', ''],
  [null, null],
  [undefined, undefined],
])('the whole number in %j is %j', (text, number) => {
  expect(wholeNumber(text)).toBe(number)
})

test.each([
  ['amina@example.org', 'email'],
  ['amina.example.org', 'email'],
  ['أمينة', 'email'],
  ['0612345678', 'phone'],
  ['+33 6 12', 'phone'],
  ['', 'phone'],
])('%j is meant as an %s', (text, kind) => {
  expect(contactKind(text)).toBe(kind)
})

test('an empty way to reach somebody is refused by name', () => {
  for (const text of ['', '  ', null, undefined])
    expect(readContact(text)).toMatchObject({ status: 'contact_needed' })
  expect(readContact('amina.example.org')).toMatchObject({ status: 'email_unreadable' })
  expect(readContact('123')).toMatchObject({ status: 'phone_unreadable' })
})
