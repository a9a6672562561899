import { expect, test } from 'vitest'
import { type AmbassadorDay, isOnPace, milestoneOf, suggestionFor } from './suggestion.ts'

const DAY: AmbassadorDay = {
  status: 'live',
  available: 300,
  day: 4,
  days: 21,
  daysLeft: 17,
  own: 3,
  goal: 10,
  unthanked: 0,
}

test.each([
  ['before', { status: 'scheduled', day: 0 }],
  ['first_day', { day: 1, daysLeft: 20, own: 0 }],
  ['first_coupon', { own: 0 }],
  ['thank', { unthanked: 2 }],
  ['half_way', { day: 11, daysLeft: 10, unthanked: 2 }],
  ['goal_reached', { own: 10 }],
  ['share', { day: 4 }],
  ['speak', { day: 5 }],
  ['last_days', { day: 19, daysLeft: 2 }],
  ['last_days', { day: 20, daysLeft: 1 }],
  ['last_day', { day: 21, daysLeft: 0 }],
  ['all_promised', { available: 0 }],
  ['sold_out', { status: 'funded', available: 0 }],
  ['thank', { status: 'closed', unthanked: 1 }],
  ['over', { status: 'closed' }],
  ['delivered', { status: 'delivered', unthanked: 1 }],
] as const)('the suggestion is %s for %o', (suggestion, day) => {
  expect(suggestionFor({ ...DAY, ...day })).toBe(suggestion)
})

test('milestones are bricks that were reached', () => {
  expect([0, 1, 4, 5, 12, 100, 730].map(milestoneOf)).toEqual([undefined, 1, 1, 5, 10, 100, 500])
})

test('an even pace is the part of the goal that the part of the days asks for', () => {
  expect(isOnPace({ own: 5, goal: 10, day: 10, days: 20 })).toBe(true)
  expect(isOnPace({ own: 4, goal: 10, day: 10, days: 20 })).toBe(false)
  expect(isOnPace({ own: 40, goal: null, day: 10, days: 20 })).toBe(false)
})
