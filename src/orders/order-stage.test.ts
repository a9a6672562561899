import { expect, test } from 'vitest'
import { ORDER_METHODS, ORDER_STATUSES } from '../domain/order.ts'
import { orderStage } from './order-stage.ts'
import { MAX_ATTEMPTS } from './pay-again.ts'

const now = new Date('2026-11-10T10:00:00Z')
const payment = (status: 'started' | 'declined' | 'paid', attempt = 1) => ({
  id: '',
  provider: '',
  status,
  attempt,
})

test.each([
  ['reserved', 'card', payment('started'), 1, 'waiting'],
  ['reserved', 'card', payment('started'), 0, 'expired'],
  ['reserved', 'card', payment('declined'), 1, 'declined'],
  ['reserved', 'card', payment('declined', MAX_ATTEMPTS), 1, 'too_many_attempts'],
  ['reserved', 'card', payment('declined', MAX_ATTEMPTS), -1, 'expired'],
  ['reserved', 'transfer', null, 1, 'transfer'],
  ['reserved', 'transfer', null, 0, 'expired'],
  ['paid', 'card', payment('paid'), -1, 'thanks'],
  ['paid', 'transfer', payment('paid'), -1, 'thanks'],
  ['expired', 'card', payment('started'), -1, 'expired'],
  ['cancelled', 'transfer', null, 1, 'cancelled'],
  ['refunded', 'card', payment('paid'), -1, 'refunded'],
] as const)('%s by %s, payment %j, %i ms left: %s', (status, method, latest, leftMs, stage) => {
  const expiresAt = new Date(now.getTime() + leftMs)
  expect(orderStage({ status, method, payment: latest, expiresAt }, now)).toBe(stage)
})

test('there is a page for every state', () => {
  for (const status of ORDER_STATUSES) {
    for (const method of ORDER_METHODS) {
      for (const latest of [null, payment('started'), payment('declined'), payment('paid')]) {
        expect(orderStage({ status, method, payment: latest, expiresAt: now }, now)).toBeTypeOf('string')
      }
    }
  }
})
