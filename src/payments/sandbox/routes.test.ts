import { afterEach, beforeEach, expect, test } from 'vitest'
import { held, orderNow, placed, violations } from '../../../test/support/giving.ts'
import { createWorld, type World } from '../../../test/support/world.ts'
import { newId } from '../../domain/id.ts'
import type { Lang } from '../../domain/lang.ts'
import { money } from '../../domain/money.ts'
import type { OrderFacts } from '../../domain/order.ts'
import { expireDueReservations } from '../../jobs/expire-reservations.ts'
import { paymentRoutes } from '../routes.tsx'
import { writeCallback } from './callback-body.ts'
import { MAX_TRIES, sendCallbacks } from './send-callbacks.ts'
import { SIGNATURE_HEADER, signCallback } from './signature.ts'

const PRICE = 25_000n

let world: World
let app: ReturnType<typeof paymentRoutes>
/** What was delivered, in order: the answers of our own door. */
let answers: { status: number; text: string }[]

beforeEach(async () => {
  world = await createWorld({ goal: 5 })
  app = paymentRoutes(world.services)
  answers = []
  world.deliverTo(async (request) => {
    const response = await app.request(request)
    answers.push({ status: response.status, text: await response.clone().text() })
    return response
  })
})
afterEach(async () => {
  try {
    expect(await violations(world)).toEqual([])
  } finally {
    await world.drop()
  }
})

async function started(lang: Lang = 'fr') {
  const order = await placed(world, { lang })
  const returnUrl = `${world.services.publicUrl}/orders/${order.id}?key=${order.key}`
  const { url } = await world.services.card.start({
    collectiveId: world.collective.id,
    paymentId: order.payment!.id,
    amount: money(order.amountMinor, 'MAD'),
    returnUrl,
    lang,
  })
  return { order, url, returnUrl }
}

function json(url: string, body: unknown) {
  return app.request(`${url}/outcome`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

function press(url: string, outcome: string) {
  return app.request(`${url}/outcome`, { method: 'POST', body: new URLSearchParams({ outcome }) })
}

const sendDue = () => sendCallbacks(world.services)
const status = async (order: OrderFacts) => (await orderNow(world, order)).status

test.each([
  ['ar', 'rtl', '250\u00a0درهم'],
  ['fr', 'ltr', '250\u00a0DH'],
  ['en', 'ltr', '250\u00a0DH'],
  ['es', 'ltr', '250\u00a0DH'],
] as const)(
  'the page speaks %s and offers to pay, to decline and to leave',
  async (lang, direction, amount) => {
    const { url } = await started(lang)
    const response = await app.request(url)
    const page = await response.text()
    expect(response.status).toBe(200)
    expect(page).toContain(`<html lang="${lang}" dir="${direction}"`)
    expect(page).toContain(amount)
    for (const outcome of ['paid', 'declined', 'abandoned']) expect(page).toContain(`value="${outcome}"`)
    expect(page).not.toContain('<script')
  },
)

test('the pay button tells the server first and then sends the browser back', async () => {
  const { order, url, returnUrl } = await started()
  const response = await press(url, 'paid')
  expect(response.status).toBe(303)
  expect(response.headers.get('Location')).toBe(returnUrl)
  expect(answers).toEqual([{ status: 200, text: 'paid' }])
  expect(await status(order)).toBe('paid')
})

test('a script pays with one request and reads the order as paid', async () => {
  const { order, url, returnUrl } = await started()
  const response = await json(url, { outcome: 'paid' })
  expect(response.status).toBe(200)
  expect(await response.json()).toEqual({ outcome: 'paid', delivered: 1, returnUrl })
  expect(await status(order)).toBe('paid')
})

test('after a declined or abandoned try the page can be paid', async () => {
  const { order, url } = await started()
  await press(url, 'declined')
  expect((await orderNow(world, order)).payment?.status).toBe('declined')
  expect(await (await app.request(url)).text()).toContain('Le dernier essai a été refusé')
  expect((await press(url, 'abandoned')).status).toBe(303)
  expect(await (await app.request(url)).text()).toContain('quitté cette page')
  await press(url, 'paid')
  expect(await status(order)).toBe('paid')
})

test('a paid page cannot be paid again: it says so', async () => {
  const { url } = await started()
  const clicks = await Promise.all([press(url, 'paid'), press(url, 'paid'), press(url, 'paid')])
  expect(clicks.map(({ status }) => status).toSorted()).toEqual([303, 409, 409])
  expect(await (await app.request(url)).text()).toContain('C’est déjà payé')
  const again = await json(url, { outcome: 'declined' })
  expect(again.status).toBe(409)
  expect(await again.json()).toMatchObject({ code: 'already_paid' })
  expect(await held(world, 'fund')).toBe(-PRICE)
})

test('the page of an order whose time is over says so and takes nothing', async () => {
  const { order, url } = await started()
  world.clock.advance({ minutes: 15 })
  const page = await app.request(url)
  expect(page.status).toBe(410)
  expect(await page.text()).toContain('La réservation est terminée')
  expect((await press(url, 'paid')).status).toBe(409)
  expect(await (await json(url, { outcome: 'paid' })).json()).toMatchObject({ code: 'order_over' })
  await expireDueReservations(world.db, world.clock.now())
  expect(await status(order)).toBe('expired')
})

test.each(['nonsense', '%00', newId()])('an unknown payment is not found: %s', async (payment) => {
  const { url: ownUrl } = await started()
  const ticket = ownUrl.split('/').at(-1)
  const url = `/sandbox/${world.collective.id}/${payment}/${ticket}`
  expect((await app.request(url)).status).toBe(404)
  expect((await press(url, 'paid')).status).toBe(404)
  expect(await (await json(url, { outcome: 'paid' })).json()).toMatchObject({ code: 'payment_unknown' })
})

test.each(['', '.', 'nonsense', '%00', 'AAAA.AAAA'])(
  'a forged ticket opens no page: "%s"',
  async (ticket) => {
    const { order, url } = await started()
    const forged = url.replace(/[^/]+$/, ticket)
    expect((await app.request(forged)).status).toBe(404)
    expect((await press(forged, 'paid')).status).toBe(404)
    expect((await app.request(`${url}.x`)).status).toBe(404)
    expect((await app.request(`${url}!!!`)).status).toBe(404)
    const [content = '', seal = ''] = (url.split('/').at(-1) ?? '').split('.')
    const dearer = Buffer.from(Buffer.from(content, 'base64url').toString().replace('25000', '1'))
    const changed = url.replace(/[^/]+$/, `${dearer.toString('base64url')}.${seal}`)
    expect((await press(changed, 'paid')).status).toBe(404)
    expect(await status(order)).toBe('reserved')
  },
)

test.each([
  ['{', 400, 'malformed'],
  ['null', 422, 'invalid'],
  ['{}', 422, 'invalid'],
  ['{"outcome":"given"}', 422, 'invalid'],
  ['{"outcome":"paid","callback":"never"}', 422, 'invalid'],
  ['{"outcome":"paid","amount":1}', 422, 'invalid'],
])('a choice that cannot be read changes nothing: %s', async (body, expected, code) => {
  const { order, url } = await started()
  const response = await json(url, body)
  expect(response.status).toBe(expected)
  expect(await response.json()).toMatchObject({ code })
  expect(await status(order)).toBe('reserved')
})

test('a form without a choice shows its page again', async () => {
  const { url } = await started()
  const response = await press(url, 'nothing')
  expect(response.status).toBe(422)
  expect(await response.text()).toContain('value="paid"')
})

test('a callback that comes twice is taken in once', async () => {
  const { order, url } = await started()
  expect(await (await json(url, { outcome: 'paid', callback: 'twice' })).json()).toMatchObject({
    delivered: 2,
  })
  expect(answers.map(({ text }) => text)).toEqual(['paid', 'exists'])
  expect(await status(order)).toBe('paid')
})

test('a callback after the return comes with the clock', async () => {
  const { order, url } = await started()
  await json(url, { outcome: 'paid', callback: 'after_return' })
  expect(await status(order)).toBe('reserved')
  expect(await sendDue()).toBe(1)
  expect(await status(order)).toBe('paid')
  expect(await sendDue()).toBe(0)
})

test('a late callback comes a minute after the reservation is over', async () => {
  const { order, url } = await started()
  await json(url, { outcome: 'paid', callback: 'late' })
  world.clock.advance({ minutes: 15 })
  await expireDueReservations(world.db, world.clock.now())
  expect(await sendDue()).toBe(0)
  world.clock.advance({ minutes: 1 })
  expect(await sendDue()).toBe(1)
  expect(answers).toEqual([{ status: 200, text: 'paid' }])
  expect(await status(order)).toBe('paid')
})

test.each([
  ['wrong_amount', 'wrong_amount', 200],
  ['wrong_signature', 'signature_wrong', 400],
] as const)('a callback with a %s gives nothing', async (callback, text, code) => {
  const { order, url } = await started()
  await json(url, { outcome: 'paid', callback })
  expect(answers).toEqual([{ status: code, text }])
  expect(await status(order)).toBe('reserved')
  world.clock.advance({ hours: 24 })
  expect(await sendDue()).toBe(0)
})

test('without a callback the order waits until its time is over', async () => {
  const { order, url } = await started()
  await json(url, { outcome: 'paid', callback: 'none' })
  world.clock.advance({ minutes: 15 })
  await sendDue()
  await expireDueReservations(world.db, world.clock.now())
  expect(await status(order)).toBe('expired')
})

test('while nobody answers, the callback is tried again at growing distances and then no more', async () => {
  const { url } = await started()
  const triedAt: number[] = []
  const start = world.clock.now().getTime()
  world.deliverTo(async () => {
    triedAt.push((world.clock.now().getTime() - start) / 1000)
    throw new TypeError('fetch failed')
  })
  expect(await (await json(url, { outcome: 'paid' })).json()).toMatchObject({ delivered: 0 })
  for (let try_ = 0; try_ < MAX_TRIES + 3; try_ += 1) {
    await sendDue()
    world.clock.advance({ seconds: 5 * 4 ** Math.min(try_, MAX_TRIES) })
  }
  await sendDue()
  expect(triedAt).toEqual([0, 5, 25, 105, 425, 1705, 6825, 27305])
})

test('several processes send each due callback once', async () => {
  const all = await Promise.all([started(), started(), started()])
  for (const { url } of all) await json(url, { outcome: 'paid', callback: 'after_return' })
  await Promise.all([sendDue(), sendDue(), sendDue(), sendDue()])
  expect(answers).toHaveLength(3)
})

test('the door refuses what is not signed, and bodies that are too large', async () => {
  const { order } = await started()
  const body = writeCallback({
    collectiveId: world.collective.id,
    paymentId: order.payment!.id,
    eventId: newId(),
    outcome: 'paid',
    amountMinor: PRICE,
    currency: 'MAD',
  })
  const knock = (text: string, headers: Record<string, string>) =>
    app.request('/payments/sandbox/callback', { method: 'POST', body: text, headers })
  const response = await knock(body, {})
  expect([response.status, await response.text()]).toEqual([400, 'signature_missing'])
  expect((await knock('x'.repeat(20_000), {})).status).toBe(413)
  const stranger = writeCallback({
    collectiveId: newId(),
    paymentId: newId(),
    eventId: newId(),
    outcome: 'paid',
    amountMinor: PRICE,
    currency: 'MAD',
  })
  const signature = signCallback(world.services.sandbox.key, stranger, world.clock.now())
  expect((await knock(stranger, { [SIGNATURE_HEADER]: signature })).status).toBe(404)
  expect(await status(order)).toBe('reserved')
})
