import { expect, test } from 'vitest'
import {
  type Answer,
  type Attempt,
  checkHistory,
  type FinalState,
  type History,
  type Look,
  RULE_NAMES,
  type RuleName,
} from './history.ts'

const stored = (numbers: number[], created = true): Answer => ({
  kind: 'stored',
  created,
  key: `key of ${numbers}`,
  numbers,
})
const refused = (reason: string, remaining?: number): Answer => ({
  kind: 'refused',
  reason,
  ...(remaining === undefined ? {} : { remaining }),
})

function attempt(id: string, sentAt: number, answer: Answer, more: Partial<Attempt> = {}): Attempt {
  return { wish: `wish ${id}`, id, quantity: 2, sentAt, endedAt: sentAt + 5, answer, ...more }
}

function look(askedAt: number, given: number, reserved: number): Look {
  return { askedAt, answeredAt: askedAt + 3, available: 6 - given - reserved, reserved, given, banked: 0 }
}

/** Three orders of six coupons: an answer that came, one that was asked for twice, one that never came. */
const HISTORY: History = {
  attempts: [
    attempt('a', 0, stored([1, 2])),
    attempt('b', 1, { kind: 'unknown' }),
    attempt('b', 10, stored([3, 4], false)),
    attempt('c', 12, { kind: 'unknown' }),
    attempt('d', 13, { kind: 'unknown' }),
    attempt('e', 30, refused('sold_out')),
  ],
  looks: [look(0, 0, 2), look(8, 2, 2), look(20, 2, 4)],
}
const FINAL: FinalState = {
  goal: 6,
  available: 0,
  reserved: 4,
  sold: 2,
  freed: 0,
  orders: [
    { id: 'a', key: 'key of 1,2', quantity: 2, status: 'paid', numbers: [1, 2] },
    { id: 'b', key: 'key of 3,4', quantity: 2, status: 'reserved', numbers: [3, 4] },
    { id: 'c', key: 'key of 5,6', quantity: 2, status: 'reserved', numbers: [5, 6] },
  ],
}

test('a right history has no violation', () => {
  expect(checkHistory(HISTORY, FINAL)).toEqual([])
})

function withOrder(id: string, change: Partial<FinalState['orders'][number]>): FinalState {
  return {
    ...FINAL,
    orders: FINAL.orders.map((order) => (order.id === id ? { ...order, ...change } : order)),
  }
}

function withAttempts(...more: Attempt[]): History {
  return { ...HISTORY, attempts: [...HISTORY.attempts, ...more] }
}

const without = (id: string): FinalState => ({
  ...FINAL,
  orders: FINAL.orders.filter((order) => order.id !== id),
})
const twin = { id: 'a2', key: 'x', quantity: 2, status: 'cancelled', numbers: [] }

const PLANTED: [what: string, rule: RuleName, history: History, final: FinalState][] = [
  ['an acknowledged order that is gone', 'acknowledged_is_stored', HISTORY, without('a')],
  ['other numbers than were told', 'acknowledged_is_stored', HISTORY, withOrder('b', { numbers: [4, 5] })],
  ['another key than was told', 'acknowledged_is_stored', HISTORY, withOrder('a', { key: 'other' })],
  ['two answers that differ', 'answers_agree', withAttempts(attempt('a', 40, stored([1, 3], false))), FINAL],
  ['one order created twice', 'answers_agree', withAttempts(attempt('a', 40, stored([1, 2]))), FINAL],
  ['a number with two owners', 'one_owner', HISTORY, withOrder('c', { numbers: [4, 6] })],
  [
    'a number that two were told',
    'one_owner',
    withAttempts(attempt('f', 2, stored([2, 5]))),
    withOrder('c', { id: 'f' }),
  ],
  [
    'a refused order that is stored',
    'refused_is_not_stored',
    withAttempts(attempt('c', 50, refused('only_n_left', 1))),
    FINAL,
  ],
  [
    'a refused order that is stored though it was not sent again',
    'refused_is_not_stored',
    withAttempts(attempt('c', 50, refused('sold_out'))),
    { ...FINAL, freed: 2 },
  ],
  [
    'a refused order that is stored later though nothing was given back',
    'refused_is_not_stored',
    withAttempts(attempt('c', 50, refused('sold_out')), attempt('c', 60, stored([5, 6]))),
    FINAL,
  ],
  ['half an order', 'unknown_is_whole_or_nothing', HISTORY, withOrder('c', { numbers: [5] })],
  ['another quantity', 'unknown_is_whole_or_nothing', HISTORY, withOrder('c', { quantity: 1, numbers: [5] })],
  [
    'numbers of an order that is over',
    'unknown_is_whole_or_nothing',
    HISTORY,
    withOrder('c', { status: 'expired' }),
  ],
  [
    'a wish stored twice',
    'one_row_a_wish',
    withAttempts(attempt('a2', 6, { kind: 'unknown' }, { wish: 'wish a' })),
    { ...FINAL, orders: [...FINAL.orders, twin] },
  ],
  ['an order of nobody', 'one_row_a_wish', HISTORY, { ...FINAL, orders: [...FINAL.orders, twin] }],
  [
    'an order after sold out',
    'nothing_after_sold_out',
    withAttempts(attempt('f', 2, refused('sold_out'))),
    FINAL,
  ],
  [
    'more than the n that were left',
    'nothing_after_sold_out',
    withAttempts(attempt('f', 2, refused('only_n_left', 1))),
    FINAL,
  ],
  ['a coupon too many', 'coupons_conserved', HISTORY, { ...FINAL, available: 1 }],
  ['a counter that is not what is owned', 'coupons_conserved', HISTORY, without('c')],
  ['a number beyond the goal', 'coupons_conserved', HISTORY, withOrder('c', { numbers: [6, 7] })],
  [
    'a viewer told of more than there is',
    'coupons_conserved',
    { ...HISTORY, looks: [{ ...look(0, 0, 2), given: 3 }] },
    FINAL,
  ],
  ['a count that falls', 'given_never_falls', { ...HISTORY, looks: [look(0, 2, 0), look(4, 0, 2)] }, FINAL],
]

test.each(PLANTED)('%s breaks %s', (_what, rule, history, final) => {
  expect(checkHistory(history, final).map((violation) => violation.rule)).toContain(rule)
})

test('every rule has a planted fault', () => {
  expect(new Set(PLANTED.map(([, rule]) => rule))).toEqual(new Set(RULE_NAMES))
})

test('coupons that were given back may be placed again, and looks that overlap may differ', () => {
  const late = withAttempts(attempt('c', 14, stored([5, 6])), attempt('f', 2, refused('only_n_left', 2)))
  expect(checkHistory(late, { ...FINAL, freed: 2 })).toEqual([])
  expect(checkHistory({ ...HISTORY, looks: [look(0, 2, 0), look(2, 0, 2)] }, FINAL)).toEqual([])
})

test('whoever was refused may ask again and get what was given back meanwhile', () => {
  const again = withAttempts(attempt('c', 50, refused('sold_out')), attempt('c', 60, stored([5, 6])))
  expect(checkHistory(again, { ...FINAL, freed: 2 })).toEqual([])
})

test('an order whose money came late may hold other numbers', () => {
  const final = withOrder('b', { numbers: [5, 6], isRevived: true, status: 'paid' })
  const orders = final.orders.map((order) => (order.id === 'c' ? { ...order, numbers: [3, 4] } : order))
  expect(checkHistory(HISTORY, { ...final, orders, freed: 2 })).toEqual([])
})

test('an order that expired after its answer is no violation', () => {
  const final = { ...withOrder('b', { status: 'expired', numbers: [] }), available: 2, reserved: 2, freed: 2 }
  expect(checkHistory(HISTORY, final)).toEqual([])
})
