import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answered, refused } from '../../test/support/api-schemas.ts'
import { createTestApp, type TestApp } from '../../test/support/app.ts'
import { createWorld, type World } from '../../test/support/world.ts'
import { newId } from '../domain/id.ts'
import type { OrderAnswer } from './schemas.ts'

const ORDERS = '/api/v1/campaigns/casa/dar-salma/orders'

let world: World
let app: TestApp

beforeAll(async () => {
  world = await createWorld()
  app = createTestApp(world)
})

afterAll(async () => {
  await app.close()
  await world.drop()
})

function wish(overrides: Record<string, unknown> = {}) {
  return { id: newId(), quantity: 1, method: 'card', consent: true, ...overrides }
}

async function placed(body: unknown, status = 201): Promise<OrderAnswer> {
  return answered<OrderAnswer>(await app.post(ORDERS, body), 'Order', status)
}

function readAgain({ id, key }: OrderAnswer) {
  return app.app.request(`/api/v1/orders/${id}?key=${key}`)
}

describe('POST .../orders', () => {
  test('by card: reserves numbers for a quarter of an hour and says where to pay', async () => {
    const body = wish({
      quantity: 2,
      name: 'Nadia',
      email: 'nadia@example.org',
      phone: '0612345678',
      lang: 'fr',
    })
    const response = await app.post(ORDERS, body)
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    const location = response.headers.get('Location')
    const order = await answered<OrderAnswer>(response, 'Order', 201)
    expect(order).toMatchObject({
      id: body.id,
      status: 'reserved',
      total: { amountMinor: 50_000, currency: 'MAD' },
      expiresAt: '2026-11-10T10:15:00.000Z',
    })
    expect(order.coupons).toHaveLength(2)
    expect(order.reference).toBeUndefined()
    expect(order.paymentUrl).toMatch(/^http:\/\/twiza\.test\/sandbox\//)
    expect(location).toBe(`http://twiza.test/api/v1/orders/${order.id}?key=${order.key}`)
  })

  test('by transfer: reserves for five days and gives a reference, no page to pay on', async () => {
    const order = await placed(wish({ method: 'transfer' }))
    expect(order.expiresAt).toBe('2026-11-15T10:00:00.000Z')
    expect(order.reference).toMatch(/^RF\d\d/)
    expect(order.paymentUrl).toBeUndefined()
  })

  test('the same wish again, also with its id in capitals, is the same order', async () => {
    const body = wish({ quantity: 3, name: 'Nadia', ambassador: 'amina' })
    const first = await placed(body)
    expect(await placed({ ...body, id: body.id.toUpperCase() }, 200)).toEqual(first)
  })

  test('the same id with something else is refused by name', async () => {
    await world.addCampaign({ slug: 'another' })
    const body = wish({ name: 'Nadia' })
    await placed(body)
    const refusals: [Record<string, unknown>, string][] = [
      [{ method: 'transfer' }, 'exists_with_different_method'],
      [{ quantity: 2 }, 'exists_with_different_quantity'],
      [{ quantity: 'many' }, 'exists_with_different_quantity'],
      [{ ambassador: 'amina' }, 'exists_with_different_ambassador'],
      [{ name: 'Salma' }, 'exists_with_different_contributor'],
    ]
    for (const [change, code] of refusals) {
      await refused(await app.post(ORDERS, { ...body, ...change }), 409, code)
    }
    const elsewhere = '/api/v1/campaigns/casa/another/orders'
    await refused(await app.post(elsewhere, body), 409, 'exists_with_different_campaign')
  })

  test('names each wrong field once, with a sentence in the language asked for', async () => {
    const body = {
      id: 'x',
      quantity: 1e21,
      method: 'gold',
      email: 'x',
      phone: 'x',
      lang: 'xx',
      consent: false,
      a: 1,
    }
    const response = await app.post(ORDERS, body, { 'Accept-Language': 'fr-MA,fr;q=0.9' })
    expect(response.headers.get('Content-Language')).toBe('fr')
    const { errors } = await refused(response, 422, 'invalid')
    expect(errors?.map(({ field, code }) => `${field} ${code}`).sort()).toEqual([
      'a unknown_field',
      'consent consent_needed',
      'email email_unreadable',
      'id id_unreadable',
      'lang lang_unknown',
      'method method_unknown',
      'phone phone_unreadable',
      'quantity quantity_invalid',
    ])
    expect(errors).toContainEqual(expect.objectContaining({ message: 'L’identifiant doit être un UUIDv7.' }))
  })

  test('takes no cash: that comes only through the hands of an ambassador', async () => {
    const { errors } = await refused(await app.post(ORDERS, wish({ method: 'cash' })), 422)
    expect(errors?.map(({ code }) => code)).toEqual(['method_unknown'])
  })

  test('keeps the list of unknown fields short', async () => {
    const body = Object.fromEntries(Array.from({ length: 1500 }, (_, at) => [`f${at}`, 1]))
    const { errors } = await refused(await app.post(ORDERS, body), 422)
    expect(errors).toHaveLength(50)
  })

  test('a campaign that is not there, or a draft, is unknown', async () => {
    await world.addCampaign({ slug: 'a-draft', draft: true })
    await refused(await app.post('/api/v1/campaigns/casa/a-draft/orders', wish()), 404, 'campaign_unknown')
    await refused(await app.post('/api/v1/campaigns/casa/no/orders', wish()), 404, 'campaign_unknown')
  })

  test('before its first day a campaign takes nothing', async () => {
    await world.addCampaign({ slug: 'later', startsInDays: 3 })
    await refused(await app.post('/api/v1/campaigns/casa/later/orders', wish()), 409, 'campaign_not_live')
  })

  test('says how many are left, then that none is', async () => {
    await world.addCampaign({ slug: 'small', goal: 3 })
    const small = '/api/v1/campaigns/casa/small/orders'
    const problem = await refused(await app.post(small, wish({ quantity: 5 })), 409, 'only_n_left')
    expect(problem.remaining).toBe(3)
    await answered(await app.post(small, wish({ quantity: 3 })), 'Order', 201)
    await refused(await app.post(small, wish()), 409, 'sold_out')
  })

  test('without a card provider, cards are refused by name', async () => {
    const cardless = createTestApp(world, { card: undefined, sandbox: undefined })
    await refused(await cardless.post(ORDERS, wish()), 409, 'method_unavailable')
    await cardless.close()
  })

  test('from the page of another site it is refused, and its preflight is not granted', async () => {
    await refused(await app.post(ORDERS, wish(), { Origin: 'https://other.example' }), 403, 'other_origin')
    const preflight = await app.app.request(ORDERS, { method: 'OPTIONS' })
    expect(preflight.headers.get('Access-Control-Allow-Origin')).toBeNull()
    expect(preflight.headers.get('Allow')).toBe('POST, OPTIONS')
  })
})

describe('a script pays', () => {
  test('by card: the order is paid, its numbers are given, the campaign says so', async () => {
    const order = await placed(wish({ quantity: 2 }))
    const outcome = await app.post(`${order.paymentUrl}/outcome`, { outcome: 'paid' })
    expect(outcome.status).toBe(200)
    const paid = await answered<OrderAnswer>(await readAgain(order), 'Order')
    expect(paid).toMatchObject({ status: 'paid', coupons: order.coupons })
    expect(paid.paymentUrl).toBeUndefined()
    const coupon = `/api/v1/campaigns/casa/dar-salma/coupons/${order.coupons[0]}`
    expect(await answered(await app.app.request(coupon), 'Coupon')).toMatchObject({
      state: 'sold',
      layer: 'on_its_way',
    })
    const campaign = await answered(await app.app.request('/api/v1/campaigns/casa/dar-salma'), 'Campaign')
    expect(campaign).toMatchObject({ given: 2, banked: 0 })
  })
})

describe('GET /api/v1/orders/{id}', () => {
  test('answers what the order was answered with', async () => {
    const order = await placed(wish({ quantity: 2 }))
    expect(await answered(await readAgain(order), 'Order')).toEqual(order)
  })

  test('a wrong key, an unknown id and a malformed one get one and the same answer', async () => {
    const order = await placed(wish())
    const other = await placed(wish())
    const addresses = [
      `${order.id}?key=${other.key}`,
      `${order.id}?key=${order.key}x`,
      `${order.id}?key=${order.key}&key=${order.key}`,
      `${order.id}?key=zzzzzz.${'x'.repeat(22)}`,
      `${order.id}?key=%00`,
      order.id,
      `${newId()}?key=${order.key}`,
      `1?key=${order.key}`,
    ]
    const answers = await Promise.all(
      addresses.map(async (address) => {
        const response = await app.app.request(`/api/v1/orders/${address}`)
        return { status: response.status, body: await response.text() }
      }),
    )
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(answers[0]?.status).toBe(404)
  })

  test('after its time an order has no page to pay on', async () => {
    const order = await placed(wish())
    world.clock.advance({ minutes: 16 })
    const later = await answered<OrderAnswer>(await readAgain(order), 'Order')
    expect(later.paymentUrl).toBeUndefined()
  })
})

test('fifty identical requests at once are one order: one 201, fifty equal answers', async () => {
  const body = wish({ quantity: 4, name: 'Nadia' })
  const responses = await Promise.all(Array.from({ length: 50 }, () => app.post(ORDERS, body)))
  const statuses = responses.map((response) => response.status).sort()
  expect(statuses).toEqual([...Array.from({ length: 49 }, () => 200), 201])
  const answers = await Promise.all(responses.map((response) => response.text()))
  expect(new Set(answers).size).toBe(1)
  const [rows] = await world.ownerSql`
    select (select count(*) from "order" where id = ${body.id})::int as orders,
      (select count(*) from coupon where order_id = ${body.id})::int as coupons,
      (select count(*) from payment where order_id = ${body.id})::int as payments`
  expect(rows).toEqual({ orders: 1, coupons: 4, payments: 1 })
})

test('the same wish thirty days later, after the campaign, is answered as before; a new one is refused', async () => {
  const body = wish({ method: 'transfer' })
  const order = await placed(body)
  world.clock.advance({ days: 30 })
  expect(await placed(body, 200)).toMatchObject({ id: order.id, key: order.key })
  await refused(await app.post(ORDERS, { ...body, quantity: 2 }), 409, 'exists_with_different_quantity')
  await refused(await app.post(ORDERS, wish()), 409, 'campaign_not_live')
})
