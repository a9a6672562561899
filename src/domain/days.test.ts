import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  daysBetween,
  formatDay,
  isTimeZone,
  type LocalDay,
  localDay,
  parseDay,
  startOfDay,
} from './days.ts'

const seeded = { seed: 21 }
const CASABLANCA = 'Africa/Casablanca'
const ZONES = [
  CASABLANCA,
  'Europe/Paris',
  'Europe/London',
  'America/Montreal',
  'America/Havana',
  'America/Santiago',
  'Asia/Beirut',
  'Asia/Kathmandu',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'UTC',
]

function day(text: string): LocalDay {
  return parseDay(text)!
}

const anyZone = fc.constantFrom(...ZONES)
const anyDay = fc.oneof(
  fc.integer({ min: 0, max: 36_524 }).map((count) => addDays(day('2000-01-01'), count)),
  fc
    .constantFrom('2024-02-28', '2028-02-29', '2026-09-19', '2026-09-20', '2026-03-29', '2026-10-25')
    .map(day),
)
const anyInstant = fc.date({
  min: new Date('2000-01-01T00:00:00Z'),
  max: new Date('2099-12-31T00:00:00Z'),
  noInvalidDate: true,
})

describe('a day as text', () => {
  test.each(['2026-03-01', '2024-02-29', '2000-02-29', '2026-12-31', '1900-01-01', '2999-12-31'])(
    '%s is a day of the calendar',
    (text) => {
      expect(parseDay(text)).toBe(text)
    },
  )

  test.each([
    '2026-02-29',
    '2100-02-29',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '0000-01-01',
    '1899-12-31',
    '3000-01-01',
    '9999-12-31',
    '2026-1-1',
    '26-01-01',
    '2026-01-01T00:00',
    ' 2026-01-01',
    '2026-01-01\n',
    '+12026-01-01',
    '٢٠٢٦-٠١-٠١',
    '',
    '__proto__',
  ])('"%s" is not', (text) => {
    expect(parseDay(text)).toBeUndefined()
  })
})

describe('counting days', () => {
  test.each([
    ['2026-01-31', 1, '2026-02-01'],
    ['2026-02-28', 1, '2026-03-01'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2028-02-29', 1, '2028-03-01'],
    ['2028-02-29', 366, '2029-03-01'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2026-03-01', -1, '2026-02-28'],
    ['2026-09-10', 21, '2026-10-01'],
  ])('%s and %i days is %s', (from, count, to) => {
    expect(addDays(day(from), count)).toBe(to)
    expect(daysBetween(day(from), day(to))).toBe(count)
  })

  test('days added are days between, and going back returns', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -30_000, max: 30_000 }), (from, count) => {
        const to = addDays(from, count)
        expect(parseDay(to)).toBe(to)
        expect(daysBetween(from, to)).toBe(count)
        expect(addDays(to, -count)).toBe(from)
      }),
      seeded,
    )
  })

  test('days in the order of the calendar are in the order of their text', () => {
    fc.assert(
      fc.property(anyDay, anyDay, (left, right) => {
        expect(left < right).toBe(daysBetween(left, right) > 0)
      }),
      seeded,
    )
  })

  test('a part of a day, and a day after the year 9999, are bugs', () => {
    expect(() => addDays(day('2026-01-01'), 0.5)).toThrow(RangeError)
    expect(addDays(day('2999-12-31'), 2_556_697)).toBe('9999-12-31')
    expect(() => addDays(day('2999-12-31'), 2_556_698)).toThrow(RangeError)
    expect(() => addDays(day('1900-01-01'), -700_000)).toThrow(RangeError)
    expect(() => addDays(day('2026-01-01'), 1e15)).toThrow(RangeError)
  })
})

describe('the day at an instant', () => {
  test('this machine knows that Casablanca keeps UTC since September 2026', () => {
    const noon = new Date('2026-12-01T12:00:00Z')
    const hour = new Intl.DateTimeFormat('en-GB', { timeZone: CASABLANCA, timeStyle: 'short' }).format(noon)
    expect(hour).toBe('12:00')
  })

  test.each([
    ['2026-09-18T22:59:59Z', '2026-09-18'],
    ['2026-09-18T23:00:00Z', '2026-09-19'],
    ['2026-09-19T23:00:00Z', '2026-09-20'],
    ['2026-09-20T00:59:59Z', '2026-09-20'],
    ['2026-09-20T01:00:00Z', '2026-09-20'],
    ['2026-09-20T23:00:00Z', '2026-09-20'],
    ['2026-09-20T23:59:59Z', '2026-09-20'],
    ['2026-09-21T00:00:00Z', '2026-09-21'],
    ['2026-12-31T23:59:59Z', '2026-12-31'],
  ])('at %s clocks in Casablanca show %s', (instant, expected) => {
    expect(localDay(new Date(instant), CASABLANCA)).toBe(expected)
  })

  test('one instant is two days in Casablanca and Montreal', () => {
    const instant = new Date('2026-10-01T02:00:00Z')
    expect([localDay(instant, CASABLANCA), localDay(instant, 'America/Montreal')]).toEqual([
      '2026-10-01',
      '2026-09-30',
    ])
  })

  test('an invalid date and an unknown zone are bugs', () => {
    expect(() => localDay(new Date(Number.NaN), CASABLANCA)).toThrow(RangeError)
    expect(() => localDay(new Date(0), 'Africa/Nowhere')).toThrow(RangeError)
  })
})

describe('the start of a day', () => {
  test.each([
    ['2026-09-19', CASABLANCA, '2026-09-18T23:00:00.000Z'],
    ['2026-09-20', CASABLANCA, '2026-09-19T23:00:00.000Z'],
    ['2026-09-21', CASABLANCA, '2026-09-21T00:00:00.000Z'],
    ['2026-03-29', 'Europe/Paris', '2026-03-28T23:00:00.000Z'],
    ['2026-03-30', 'Europe/Paris', '2026-03-29T22:00:00.000Z'],
    ['2026-10-25', 'Europe/Paris', '2026-10-24T22:00:00.000Z'],
    ['2026-10-26', 'Europe/Paris', '2026-10-25T23:00:00.000Z'],
    ['2024-03-31', 'Asia/Beirut', '2024-03-30T22:00:00.000Z'],
    ['2011-12-30', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
  ])('%s in %s starts at %s', (text, timeZone, instant) => {
    expect(startOfDay(day(text), timeZone).toISOString()).toBe(instant)
  })

  test('the day of the change in Casablanca has 25 hours, those of Paris 23 and 25', () => {
    const hours = (text: string, zone: string) =>
      (startOfDay(addDays(day(text), 1), zone).getTime() - startOfDay(day(text), zone).getTime()) / 3_600_000
    expect(hours('2026-09-20', CASABLANCA)).toBe(25)
    expect(hours('2026-09-21', CASABLANCA)).toBe(24)
    expect(hours('2026-03-29', 'Europe/Paris')).toBe(23)
    expect(hours('2026-10-25', 'Europe/Paris')).toBe(25)
  })

  test('it is the first moment whose day it is', () => {
    fc.assert(
      fc.property(anyDay, anyZone, (of, timeZone) => {
        const start = startOfDay(of, timeZone)
        expect(localDay(start, timeZone)).toBe(of)
        expect(localDay(new Date(start.getTime() - 1), timeZone)).toBe(addDays(of, -1))
      }),
      seeded,
    )
  })

  test('every instant lies between the start of its day and the start of the next', () => {
    fc.assert(
      fc.property(anyInstant, anyZone, (instant, timeZone) => {
        const of = localDay(instant, timeZone)
        expect(startOfDay(of, timeZone) <= instant).toBe(true)
        expect(instant < startOfDay(addDays(of, 1), timeZone)).toBe(true)
      }),
      seeded,
    )
  })
})

describe('a time zone', () => {
  test.each([...ZONES, 'Asia/Kolkata', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5'])(
    '%s is one',
    (name) => {
      expect(isTimeZone(name)).toBe(true)
    },
  )

  test.each([
    '',
    'Casablanca',
    'Africa/Nowhere',
    'africa/casablanca',
    '+01:00',
    'Africa/Casablanca ',
    '__proto__',
  ])('"%s" is not', (name) => {
    expect(isTimeZone(name)).toBe(false)
  })
})

describe('a day for readers', () => {
  test.each([
    ['2026-03-03', 'ar', '3 مارس', '3 مارس 2026'],
    ['2026-08-21', 'ar', '21 غشت', '21 غشت 2026'],
    ['2026-03-03', 'fr', '3 mars', '3 mars 2026'],
    ['2026-03-01', 'fr', '1er mars', '1er mars 2026'],
    ['2026-03-21', 'fr', '21 mars', '21 mars 2026'],
    ['2026-03-03', 'en', '3 March', '3 March 2026'],
    ['2026-03-03', 'es', '3 de marzo', '3 de marzo de 2026'],
  ] as const)('%s in %s is "%s", or "%s"', (text, lang, short, long) => {
    expect(formatDay(day(text), lang)).toBe(short)
    expect(formatDay(day(text), lang, { year: true })).toBe(long)
  })
})
