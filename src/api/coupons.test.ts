import { afterAll, beforeAll, expect, test } from 'vitest'
import { answered, refused } from '../../test/support/api-schemas.ts'
import { createTestApp, type TestApp } from '../../test/support/app.ts'
import { createWorld, type World } from '../../test/support/world.ts'
import { newId } from '../domain/id.ts'
import { placeOrder } from '../orders/place-order.ts'
import { receiveTransfer } from '../payments/receive-transfer.ts'
import { settlePayment } from '../payments/settle.ts'

let world: World
let app: TestApp

beforeAll(async () => {
  world = await createWorld({ goal: 20 })
  app = createTestApp(world)
})

afterAll(async () => {
  await app.close()
  await world.drop()
})

function coupon(number: number | string) {
  return app.app.request(`/api/v1/campaigns/casa/dar-salma/coupons/${number}`)
}

test('a coupon is available, promised, on its way or banked', async () => {
  const campaign = await world.campaign()
  const tenant = world.db.of(world.collective.id)
  const now = world.clock.now()
  const transfer = await placeOrder(world.services, campaign, world.wish({ method: 'transfer' }))
  const card = await placeOrder(world.services, campaign, world.wish())
  await placeOrder(world.services, campaign, world.wish())
  if (!transfer.ok || !card.ok || !card.order.payment) throw new Error('the orders were refused')

  await receiveTransfer(tenant, {
    paymentId: newId(),
    orderId: transfer.order.id,
    amountMinor: 25_000n,
    now,
    today: '2026-11-10',
    actor: 'user:test',
  })
  await settlePayment(
    tenant,
    {
      provider: card.order.payment.provider,
      collectiveId: world.collective.id,
      paymentId: card.order.payment.id,
      eventId: 'event-1',
      outcome: 'paid',
      amountMinor: 25_000n,
      currency: 'MAD',
    },
    now,
    '2026-11-10',
  )

  expect(await answered(await coupon(1), 'Coupon')).toEqual({
    number: 1,
    state: 'sold',
    givenOn: '2026-11-10',
    layer: 'banked',
  })
  expect(await answered(await coupon(2), 'Coupon')).toEqual({
    number: 2,
    state: 'sold',
    givenOn: '2026-11-10',
    layer: 'on_its_way',
  })
  expect(await answered(await coupon(3), 'Coupon')).toEqual({
    number: 3,
    state: 'reserved',
    layer: 'promised',
  })
  expect(await answered(await coupon(4), 'Coupon')).toEqual({ number: 4, state: 'available' })
})

test('a number beyond the goal, or no number at all, is unknown', async () => {
  for (const number of [
    0,
    21,
    '01',
    '-1',
    '1.0',
    '1e1',
    '9999999',
    '99999999999999999999',
    '%D9%A1',
    'x',
    '%00',
  ]) {
    await refused(await coupon(number), 404, 'coupon_unknown')
  }
})
