import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CampaignFacts, campaignDay, campaignStatus, DEFAULT_DAYS, lastDayOf } from './campaign.ts'
import { addDays, type LocalDay, parseDay, startOfDay } from './days.ts'

const seeded = { seed: 21 }
const CASABLANCA = 'Africa/Casablanca'
const FIRST_DAY = parseDay('2026-09-10')!
const LAST_DAY = lastDayOf(FIRST_DAY, DEFAULT_DAYS)
const NINTH_DAY = new Date('2026-09-18T12:00:00Z')
const AFTER = new Date('2026-10-05T12:00:00Z')

function campaign(facts: Partial<CampaignFacts> = {}): CampaignFacts {
  return {
    scheduledAt: new Date('2026-08-01T09:00:00Z'),
    closedAt: null,
    deliveredAt: null,
    firstDay: FIRST_DAY,
    lastDay: LAST_DAY,
    goal: 1000,
    sold: 612,
    ...facts,
  }
}

function statusAt(now: Date | string | number, facts: Partial<CampaignFacts> = {}) {
  return campaignStatus(campaign(facts), new Date(now), CASABLANCA)
}

describe('the status of a campaign', () => {
  test('it is a draft until it is scheduled, whatever the day', () => {
    expect(statusAt(NINTH_DAY, { scheduledAt: null })).toBe('draft')
    expect(statusAt(AFTER, { scheduledAt: null, sold: 0 })).toBe('draft')
  })

  test('what is recorded has happened, also by a clock that was set back', () => {
    expect(statusAt('2026-07-31T09:00:00Z')).toBe('scheduled')
    expect(statusAt(NINTH_DAY.getTime() - 1, { closedAt: NINTH_DAY })).toBe('closed')
    expect(statusAt(AFTER.getTime() - 1, { deliveredAt: AFTER, sold: 1000 })).toBe('delivered')
  })

  test('it is scheduled until its first day starts where the collective lives', () => {
    expect(statusAt('2026-08-01T09:00:00Z')).toBe('scheduled')
    expect(statusAt('2026-09-09T22:59:59.999Z')).toBe('scheduled')
    expect(statusAt('2026-09-09T23:00:00Z')).toBe('live')
  })

  test('it stays live to the end of its last day, an hour later since the change of zone', () => {
    expect(LAST_DAY).toBe('2026-09-30')
    expect(statusAt('2026-09-30T23:59:59.999Z')).toBe('live')
    expect(statusAt('2026-10-01T00:00:00Z')).toBe('closed')
  })

  test('it is funded when the last coupon is given, and live again if one comes back', () => {
    expect(statusAt(NINTH_DAY, { sold: 999 })).toBe('live')
    expect(statusAt(NINTH_DAY, { sold: 1000 })).toBe('funded')
  })

  test('a funded campaign is closed after its last day', () => {
    expect(statusAt(AFTER, { sold: 1000 })).toBe('closed')
  })

  test('an organiser may close it early, even before it starts', () => {
    const closedAt = NINTH_DAY
    expect(statusAt(NINTH_DAY, { closedAt })).toBe('closed')
    expect(statusAt('2026-08-10T00:00:00Z', { closedAt: new Date('2026-08-09T00:00:00Z') })).toBe('closed')
  })

  test('it is delivered once the keys were handed over', () => {
    const deliveredAt = AFTER
    expect(statusAt(AFTER, { deliveredAt, sold: 1000 })).toBe('delivered')
  })

  test('while coupons are only given, time moves a campaign forward and never back', () => {
    const order = ['draft', 'scheduled', 'live', 'funded', 'closed', 'delivered']
    const hours = fc.nat({ max: 24 * 90 })
    fc.assert(
      fc.property(hours, hours, fc.option(hours), fc.option(hours), (one, other, closed, delivered) => {
        const at = (hour: number) => new Date(Date.parse('2026-07-25T00:00:00Z') + hour * 3_600_000)
        const facts = {
          closedAt: closed === null ? null : at(closed),
          deliveredAt: delivered === null ? null : at(delivered),
        }
        const [early, late] = [Math.min(one, other), Math.max(one, other)]
        const before = order.indexOf(statusAt(at(early), facts))
        expect(order.indexOf(statusAt(at(late), facts))).toBeGreaterThanOrEqual(before)
      }),
      seeded,
    )
  })
})

describe('the day of a campaign', () => {
  test.each([
    ['2026-08-01T00:00:00Z', 0, 21],
    ['2026-09-09T22:59:59Z', 0, 21],
    ['2026-09-09T23:00:00Z', 1, 20],
    ['2026-09-18T12:00:00Z', 9, 12],
    ['2026-09-30T23:59:59Z', 21, 0],
    ['2026-10-01T00:00:00Z', 21, 0],
    ['2027-01-01T00:00:00Z', 21, 0],
  ])('at %s it is day %i of 21 with %i left', (now, reached, daysLeft) => {
    expect(campaignDay(campaign(), new Date(now), CASABLANCA)).toEqual({ day: reached, days: 21, daysLeft })
  })

  test('the nth day starts with the local day, also over a month end, a leap day and a change of clocks', () => {
    const starts = fc.constantFrom('2026-09-10', '2028-02-20', '2026-12-20', '2026-03-15', '2026-10-10')
    const zones = fc.constantFrom(CASABLANCA, 'Europe/Paris', 'America/Montreal')
    fc.assert(
      fc.property(starts, zones, fc.integer({ min: 1, max: 60 }), fc.nat(), (start, zone, days, any) => {
        const firstDay = parseDay(start) as LocalDay
        const facts = { firstDay, lastDay: lastDayOf(firstDay, days) }
        const nth = (any % days) + 1
        const dawn = startOfDay(addDays(firstDay, nth - 1), zone)
        expect(campaignDay(facts, dawn, zone)).toEqual({ day: nth, days, daysLeft: days - nth })
        expect(campaignDay(facts, new Date(dawn.getTime() - 1), zone).day).toBe(nth - 1)
      }),
      seeded,
    )
  })

  test('a campaign of one day ends on the day it starts, and of none is a bug', () => {
    expect(lastDayOf(FIRST_DAY, 1)).toBe(FIRST_DAY)
    expect(() => lastDayOf(FIRST_DAY, 0)).toThrow(RangeError)
  })
})
