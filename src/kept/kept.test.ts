import { createServer, type IncomingHttpHeaders, request } from 'node:http'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { getRequestListener } from '@hono/node-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../../test/support/app.ts'
import { placed } from '../../test/support/giving.ts'
import { createWorld, type World } from '../../test/support/world.ts'
import { connect } from '../db/connect.ts'
import { openDatabase } from '../db/database.ts'
import { type Kept, openKept } from './kept.ts'

const PAGE = '/fr/casa/dar-salma'

let world: World
let app: TestApp
let kept: Kept
let server: ReturnType<typeof createServer>
/** The answers that came from memory without Hono. */
let fast = 0
const time = { ms: 0 }

beforeAll(async () => {
  world = await createWorld({ goal: 100 })
  // The clock of proofs stands still, so that each test says when time goes on.
  kept = openKept({ db: world.db, now: world.clock.now, monotonic: () => time.ms, pauseMs: 60_000 })
  app = createTestApp(world, { kept })
  const slow = getRequestListener((incoming, bindings) => app.app.fetch(incoming, bindings))
  server = createServer((incoming, outgoing) => {
    if (kept.answer(incoming, outgoing)) fast += 1
    else slow(incoming, outgoing)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})

afterAll(async () => {
  server.close()
  await app.close()
  kept.close()
  await world.drop()
})

test('the second reader is answered from memory with the same bytes and headers as the first', async () => {
  const [first, second] = [await ask(PAGE), await ask(PAGE)]
  expect(fast).toBe(1)
  expect(first.status).toBe(200)
  const { date: _one, 'keep-alive': _two, connection: _three, ...told } = first.headers
  expect(second.headers).toMatchObject(told)
  expect(second.body.equals(first.body)).toBe(true)
  expect(told).toMatchObject({
    'cache-control': 'no-cache',
    'content-type': 'text/html; charset=utf-8',
    'x-content-type-options': 'nosniff',
    vary: 'Accept-Encoding',
  })
})

test.each([
  ['br', 'br', brotliDecompressSync],
  ['gzip', 'gzip', gunzipSync],
  ['identity', undefined, (body: Buffer) => body],
] as const)('who accepts %s gets it, with a tag of its own', async (accept, encoding, unpack) => {
  const plain = await ask(PAGE, { 'accept-encoding': 'identity' })
  const before = fast
  const answer = await ask(PAGE, { 'accept-encoding': accept })
  expect(fast).toBe(before + 1)
  expect(answer.headers['content-encoding']).toBe(encoding)
  expect(Number(answer.headers['content-length'])).toBe(answer.body.length)
  expect(unpack(answer.body).equals(plain.body)).toBe(true)
  expect(answer.headers.etag === plain.headers.etag).toBe(encoding === undefined)
})

test('who has the page already is told so, by memory and by Hono alike', async () => {
  const { headers } = await ask(PAGE, { 'accept-encoding': 'br' })
  const conditional = { 'accept-encoding': 'br', 'if-none-match': headers.etag! }
  const known = await ask(PAGE, conditional)
  expect([known.status, known.body.length, known.headers.etag]).toEqual([304, 0, headers.etag])
  expect(known.headers['content-length']).toBeUndefined()
  const other = await ask(PAGE, { ...conditional, 'accept-encoding': 'gzip' })
  expect(other.status).toBe(200)
  const hono = await app.app.request(PAGE, {
    headers: { 'Accept-Encoding': 'br', 'If-None-Match': headers.etag! },
  })
  expect(hono.status).toBe(304)
})

test('HEAD is answered as GET, without the body', async () => {
  const [get, head] = [await ask(PAGE), await ask(PAGE, {}, 'HEAD')]
  expect([head.status, head.body.length]).toEqual([200, 0])
  expect(head.headers['content-length']).toBe(get.headers['content-length'])
  expect(head.headers.etag).toBe(get.headers.etag)
})

test('behind TLS browsers are told to stay there', async () => {
  const name = 'strict-transport-security'
  expect((await ask(PAGE, { 'x-forwarded-proto': 'https' })).headers[name]).toContain('max-age')
  expect((await ask(PAGE)).headers[name]).toBeUndefined()
})

test('marks of who shared an address change nothing; anything but reading is not for memory', async () => {
  await ask(PAGE)
  const before = fast
  expect((await ask(`${PAGE}?fbclid=abc`)).status).toBe(200)
  expect(fast).toBe(before + 1)
  expect((await ask(PAGE, {}, 'POST')).status).toBe(405)
  for (const path of ['/fr', '/fr/casa/nowhere', `${PAGE}/coupons/1`, `${PAGE}/give`]) {
    await ask(path)
    await ask(path)
  }
  expect(fast).toBe(before + 1)
})

test('an order is on every page within the time of one proof', async () => {
  const pages = [
    PAGE,
    `${PAGE}/amina`,
    '/fr/casa',
    '/ar/casa/dar-salma',
    `${PAGE}/house.png`,
    `${PAGE}/house.svg`,
  ]
  const tags = async () => Promise.all(pages.map(async (path) => (await ask(path)).headers.etag))
  const before = await tags()
  await placed(world, { quantity: 5 })
  expect(await tags()).toEqual(before)
  time.ms += 900
  const after = await tags()
  for (const [index, tag] of after.entries())
    expect([pages[index], tag]).not.toEqual([pages[index], before[index]])
  const asked = fast
  expect(await tags()).toEqual(after)
  expect(fast).toBe(asked + pages.length)
})

test('a page that says the day is not served after midnight', async () => {
  await ask(PAGE)
  world.clock.advance({ days: 1 })
  const before = fast
  expect((await ask(PAGE)).body.toString()).toContain('jour 11 sur 21')
  expect(fast).toBe(before)
})

test('news dated ahead by another process appear at their instant', async () => {
  const { db, collective, clock } = world
  const { id: campaign_id } = await world.campaign()
  const [id, title] = ['0199f0a0-0000-7000-8000-000000000001', JSON.stringify({ fr: 'Une nouvelle datée' })]
  const published_at = new Date(clock.now().getTime() + 3000)
  await db
    .of(collective.id)
    .insertInto('update', { id, campaign_id, title, body: title, published_at })
    .execute()
  time.ms += 900
  expect((await ask(PAGE)).body.toString()).not.toContain('Une nouvelle datée')
  clock.advance({ ms: 2999 })
  expect((await ask(PAGE)).body.toString()).not.toContain('Une nouvelle datée')
  clock.advance({ ms: 1 })
  expect((await ask(PAGE)).body.toString()).toContain('Une nouvelle datée')
})

test('a database that is away is no reason for an old page, and comes back by itself', async () => {
  const sql = connect(world.database.appUrl, { max: 2 })
  const alone = openKept({
    db: openDatabase(sql),
    now: world.clock.now,
    monotonic: () => time.ms,
    pauseMs: 60_000,
  })
  const other = createTestApp(world, { kept: alone })
  const status = async () => (await other.app.request(PAGE)).status
  expect(await status()).toBe(200)
  const login = new URL(world.database.appUrl).username
  await world.ownerSql.unsafe(`alter role ${login} connection limit 0`)
  await world.ownerSql`select pg_terminate_backend(pid) from pg_stat_activity where usename = ${login}`
  time.ms += 899
  expect(await status()).toBe(200)
  time.ms += 1
  expect(await status()).toBe(503)
  await world.ownerSql.unsafe(`alter role ${login} connection limit -1`)
  await expect.poll(status).toBe(200)
  alone.close()
  await other.close()
  await sql.end()
})

interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  const { port } = server.address() as { port: number }
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers }, async (answer) => {
      const parts: Buffer[] = []
      for await (const part of answer) parts.push(part as Buffer)
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(parts) })
    })
    asked.on('error', reject).end()
  })
}

test('nobody is told that a campaign is not there when it was made a moment ago', async () => {
  expect((await ask('/fr/casa/dar-jdida')).status).toBe(404)
  await world.addCampaign({ slug: 'dar-jdida', goal: 5 })
  expect((await ask('/fr/casa/dar-jdida')).status).toBe(200)
})

test('that an ambassador is not there is kept as well, until the moment she is accepted', async () => {
  const { id } = world.collective
  expect(await kept.directory.ambassador(id, 'salma')).toBeUndefined()
  expect(kept.values.has(`ambassador ${id} salma`)).toBe(true)
  await world.ownerSql`
    insert into ambassador (collective_id, id, slug, name, proposed_at, accepted_at)
    select collective_id, gen_random_uuid(), 'salma', 'Salma', proposed_at, accepted_at
    from ambassador where slug = 'amina'`
  expect(await kept.directory.ambassador(id, 'salma')).toMatchObject({ name: 'Salma' })
})
