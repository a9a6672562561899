import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../src/domain/id.ts'
import { wishSchema } from '../../src/orders/wish-schema.ts'
import { refused } from '../support/api-schemas.ts'
import { createTestApp, type TestApp } from '../support/app.ts'
import { createWorld, type World } from '../support/world.ts'
import { BAD_TEXTS, BAD_VALUES, badBodies, HUGE_TEXT } from './corpus.ts'

const ORDERS = '/api/v1/campaigns/casa/dar-salma/orders'
const FIELDS = Object.keys(wishSchema.shape)

let world: World
let app: TestApp
let tables: string[]

beforeAll(async () => {
  world = await createWorld()
  app = createTestApp(world)
  const found = await world.ownerSql<{ name: string }[]>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`
  tables = found.map(({ name }) => name)
})

afterAll(async () => {
  expect(app.logs).toEqual([])
  await app.close()
  await world.drop()
})

function wish(): Record<string, unknown> {
  return {
    id: newId(),
    quantity: 1,
    method: 'card',
    name: 'Nadia',
    anonymous: false,
    email: 'nadia@example.org',
    phone: '0612345678',
    lang: 'fr',
    ambassador: 'amina',
    word: 'Courage',
    consent: true,
  }
}

/** How many rows every table has, and what every campaign counts. */
async function everything(): Promise<string> {
  const counts = await world.ownerSql.unsafe(
    tables
      .map((name) => `select '${name}' as name, count(*)::int as rows from "${name}"`)
      .join(' union all '),
  )
  const campaigns = await world.ownerSql`select available, reserved, sold, position::text from campaign`
  return JSON.stringify([counts, campaigns])
}

/** Sends a body: taken whole, or refused as a problem with nothing written. */
async function takenOrRefused(name: string, body: string | Uint8Array<ArrayBuffer>): Promise<number> {
  const before = await everything()
  const headers = { 'Content-Type': 'application/json' }
  const response = await app.app.request(ORDERS, { method: 'POST', headers, body })
  expect(response.status, name).toBeLessThan(500)
  if (response.status === 201) return 201
  const { status } = response
  await refused(response, status)
  expect(await everything(), name).toBe(before)
  return status
}

function withField(field: string, json: string): string {
  const { [field]: _, ...rest } = wish()
  return `${JSON.stringify(rest).slice(0, -1)},${JSON.stringify(field)}:${json}}`
}

test.each(FIELDS)(
  'whatever stands in the field %s is taken whole or refused with nothing written',
  async (field) => {
    for (const { name, json } of BAD_VALUES) {
      await takenOrRefused(`${field}: ${name}`, withField(field, json))
    }
    for (const { name, text } of BAD_TEXTS) {
      await takenOrRefused(`${field}: ${name}`, withField(field, JSON.stringify(text)))
    }
    expect(await takenOrRefused(HUGE_TEXT.name, withField(field, JSON.stringify(HUGE_TEXT.text)))).toBe(413)
  },
)

test.each(['id', 'quantity', 'method', 'consent'])('no bad value passes for %s', async (field) => {
  for (const { name, json } of BAD_VALUES) {
    if (json === 'true' && field === 'consent') continue
    expect([400, 422], `${field}: ${name}`).toContain(await takenOrRefused(name, withField(field, json)))
  }
})

test('a body that is no order is refused', async () => {
  for (const { name, body } of badBodies(wish())) {
    expect([400, 422], name).toContain(await takenOrRefused(name, body as string))
  }
})

test('the same bad field sent again is refused again: nothing was kept of the first time', async () => {
  const body = withField('word', '"\\ud800"')
  expect(await takenOrRefused('first', body)).toBe(422)
  expect(await takenOrRefused('again', body)).toBe(422)
})

test('only JSON in UTF-8 is read', async () => {
  const types = [
    '',
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/json; charset=latin1',
    'a/b;;;',
  ]
  for (const type of types) {
    const response = await app.post(ORDERS, wish(), { 'Content-Type': type })
    await refused(response, 415, 'content_type_unsupported')
  }
  const response = await app.post(ORDERS, wish(), { 'Content-Type': 'application/json; charset=UTF-8' })
  expect(response.status).toBe(201)
})

test('a body of unknown length is cut at the limit', async () => {
  const before = await everything()
  const chunk = new TextEncoder().encode('x'.repeat(4096))
  let sent = 0
  const body = new ReadableStream({
    pull: (controller) => (sent++ < 100 ? controller.enqueue(chunk) : controller.close()),
  })
  const request = new Request(`http://twiza.test${ORDERS}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body,
    duplex: 'half',
  } as RequestInit)
  await refused(await app.app.fetch(request), 413, 'body_too_large')
  expect(await everything()).toBe(before)
})

test('whatever stands in an address is answered, never with a failure', async () => {
  const before = await everything()
  const texts = [...BAD_TEXTS.map(({ text }) => text.toWellFormed()), 'a%', '%zz', '%c0%af', '..%2f..%2f']
  for (const text of texts) {
    const part = text.startsWith('%') || text === 'a%' ? text : encodeURIComponent(text)
    const paths = [
      `/api/v1/${part}`,
      `/api/v1/campaigns/${part}/dar-salma`,
      `/api/v1/campaigns/casa/${part}`,
      `/api/v1/campaigns/casa/dar-salma/coupons/${part}`,
      `/api/v1/orders/${part}?key=${part}`,
      `/api/v1/orders/${newId()}?key=${part}&key=${part}&${part}=${part}`,
      `/api/v1/campaigns?${part}=1&${part}=2`,
      `/api?lang=${part}&lang=fr`,
      `/assets/${part}`,
    ]
    for (const path of paths) {
      const response = await app.app.request(path)
      expect(response.status, path).toBeLessThan(500)
      await response.text()
    }
  }
  expect(await everything()).toBe(before)
})

test('headers of any content change nothing', async () => {
  const long = 'x'.repeat(8000)
  const bad: Record<string, string>[] = [
    { 'Accept-Language': `${'fr;q=0.'.repeat(900)}1` },
    { 'Accept-Language': ',,;;q=,*;q=9,__proto__' },
    { Accept: `${'a/b,'.repeat(1500)}` },
    { 'Accept-Encoding': 'gzip;q=0, br;q=x, \u00e9' },
    { 'If-None-Match': long },
    { 'X-Request-Id': long },
    { Cookie: `${'a=b; '.repeat(1500)}` },
  ]
  for (const headers of bad) {
    for (const path of ['/api/v1/campaigns', '/api/v1/openapi.json', '/api', '/nowhere']) {
      const response = await app.app.request(path, { headers })
      expect(response.status, JSON.stringify(headers).slice(0, 80)).toBeLessThan(500)
      await response.text()
    }
  }
})

test('a forged Host never reaches an address that is answered', async () => {
  const forged = { Host: 'evil.example', 'X-Forwarded-Host': 'evil.example', Forwarded: 'host=evil.example' }
  for (const path of ['/api/v1/openapi.json', '/api', '/nowhere', '/api/v1/campaigns/']) {
    const response = await app.app.request(`http://evil.example${path}`, { headers: forged })
    expect(await response.text()).not.toContain('evil.example')
    expect(response.headers.get('Location') ?? '').not.toContain('evil.example')
  }
  const response = await app.app.request(`http://evil.example${ORDERS}`, {
    method: 'POST',
    headers: { ...forged, 'Content-Type': 'application/json' },
    body: JSON.stringify(wish()),
  })
  expect(response.status).toBe(201)
  expect(await response.text()).not.toContain('evil.example')
  expect(response.headers.get('Location')).not.toContain('evil.example')
})
