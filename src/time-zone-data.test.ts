import { expect, test } from 'vitest'
import { checkTimeZoneData } from './time-zone-data.ts'

test('the Node that comes with Twiza knows the newest change of law', () => {
  expect(() => checkTimeZoneData()).not.toThrow()
})

test.each(['2026b', '2025z', '', undefined])('the edition %s is too old', (edition) => {
  expect(() => checkTimeZoneData(edition ?? 'unknown')).toThrow('Twiza needs 2026c or newer')
})

test.each(['2026c', '2026d', '2027a'])('the edition %s will do', (edition) => {
  expect(() => checkTimeZoneData(edition)).not.toThrow()
})
