import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { Hono } from 'hono'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { refused } from '../test/support/api-schemas.ts'
import { type Admission, openAdmission } from './admission.ts'
import { type FrontServices, openFront } from './front.ts'
import { freePort, type Listening, listen } from './listen.ts'
import { unbuiltAssets } from './web/assets.ts'

const HOST = '127.0.0.1'
const ORDERS = '/api/v1/campaigns/casa/dar-salma/orders'
const LINK_TO_ITSELF = /<a [^>]*href(?:="")?>/
const NOBODY: Admission = { admit: () => false }

let port: number
let server: Listening
/** Fulfilled requests of the page that waits. */
let gate: PromiseWithResolvers<void>

async function open(admission?: Admission, services: Partial<FrontServices> = {}): Promise<void> {
  const app = new Hono()
  app.get('/healthz', (c) => c.text('healthy'))
  app.get('/slow', async (c) => {
    await gate.promise
    return c.text('at last')
  })
  app.get('/long', (c) => c.body(new Uint8Array(64 * 1024 * 1024)))
  app.post(ORDERS, async (c) => c.text(`got ${(await c.req.text()).length}`))
  const needed = {
    assets: unbuiltAssets,
    publicUrl: 'http://twiza.test',
    gatherer: { expectedWaitMs: () => 0 },
  }
  port = await freePort(HOST)
  server = await listen(openFront(app, { ...needed, ...services }, admission), HOST, port)
}

const ask = (path: string, init: RequestInit = {}) => fetch(`http://${HOST}:${port}${path}`, init)

beforeEach(() => {
  gate = Promise.withResolvers()
})
afterEach(async () => {
  gate.resolve()
  await server.stop(AbortSignal.abort())
})

describe('who is refused', () => {
  beforeEach(() => open(NOBODY))

  test('gets problem details as a program, with a time to come again that differs', async () => {
    const answers = await Promise.all(
      [1, 2, 3, 4, 5, 6].map(() => ask(ORDERS, { method: 'POST', body: '{}' })),
    )
    for (const answer of answers) await refused(answer, 503, 'overloaded')
    expect(answers[0]?.headers.get('Access-Control-Allow-Origin')).toBe('*')
    const times = answers.map(({ headers }) => Number(headers.get('Retry-After')))
    expect(Math.min(...times)).toBeGreaterThan(1)
    expect(new Set(times).size).toBeGreaterThan(3)
  })

  test('gets a page as a person, in the language of the address, that comes again by itself', async () => {
    const answer = await ask('/es/casa/dar-salma', { headers: { Accept: 'text/html' } })
    const text = await answer.text()
    expect([answer.status, answer.headers.get('Content-Language')]).toEqual([503, 'es'])
    expect(text).toContain('<html lang="es"')
    expect(text).toMatch(LINK_TO_ITSELF)
    expect(answer.headers.get('Refresh')).toBe(answer.headers.get('Retry-After'))
    expect(answer.headers.get('Cache-Control')).toBe('no-store')
    expect(answer.headers.get('Content-Security-Policy')).toContain("default-src 'none'")
  })

  test('sends a form only by their own hand again', async () => {
    const answer = await ask('/fr/casa/dar-salma/give', { method: 'POST', body: 'quantity=1' })
    expect([answer.status, answer.headers.get('Refresh')]).toEqual([503, null])
    expect(await answer.text()).not.toMatch(LINK_TO_ITSELF)
  })

  test('keeps the connection, whose next request is read from its beginning', async () => {
    const socket = connect(port, HOST)
    const first = await say(socket, `POST ${ORDERS} HTTP/1.1\r\nHost: x\r\nContent-Length: 7\r\n\r\nGET / H`)
    expect(first).toMatch(/^HTTP\/1.1 503 /)
    expect(first).not.toMatch(/connection: close/i)
    expect(await say(socket, 'GET /fr HTTP/1.1\r\nHost: x\r\n\r\n')).toMatch(/^HTTP\/1.1 503 /)
    socket.destroy()
  })

  test('loses the connection when there is much to come', async () => {
    const socket = connect(port, HOST).on('error', () => undefined)
    const head = `POST ${ORDERS} HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n`
    expect(await say(socket, head)).toMatch(/^HTTP\/1.1 503 [\s\S]*connection: close/i)
    if (!socket.closed) await once(socket, 'close')
  })
})

test('a page that is kept is answered whatever there is to do; nothing else asks for one', async () => {
  const asked: (string | undefined)[] = []
  await open(NOBODY, {
    kept: {
      has: () => false,
      answer(incoming, outgoing) {
        asked.push(incoming.url)
        outgoing.end('kept')
        return true
      },
    },
  })
  expect(await (await ask('/fr/casa')).text()).toBe('kept')
  expect((await ask(ORDERS, { method: 'POST' })).status).toBe(503)
  expect(asked).toEqual(['/fr/casa'])
})

test('when as many as can be served are in work or wait, others are refused at once, and health answers', async () => {
  const admission = openAdmission(() => 0)
  const full = Promise.withResolvers<void>()
  let pages = 0
  await open({
    admit(kind, begin) {
      const isIn = admission.admit(kind, begin)
      if (isIn && kind === 'public' && ++pages === 76) full.resolve()
      return isIn
    },
  })
  const slow = Array.from({ length: 76 }, () => ask('/slow').then((answer) => answer.text()))
  await full.promise
  expect((await ask('/slow')).status).toBe(503)
  expect((await ask('/healthz')).status).toBe(200)
  expect((await ask(ORDERS, { method: 'POST', body: 'order' })).status).toBe(200)
  gate.resolve()
  expect(new Set(await Promise.all(slow))).toEqual(new Set(['at last']))
})

test('who leaves while waiting costs nothing', async () => {
  let begin: (() => Promise<unknown>) | undefined
  await open({
    admit(_kind, work) {
      begin = work
      return true
    },
  })
  const leaving = new AbortController()
  const left = ask('/slow', { signal: leaving.signal }).catch(() => 'left')
  await expect.poll(() => begin).toBeDefined()
  leaving.abort()
  expect(await left).toBe('left')
  // Were it begun, it would wait for the gate.
  await expect.poll(() => Promise.race([begin?.(), Promise.resolve('waits')])).toBe(true)
})

test('who does not read their answer holds up nobody', async () => {
  const admission = openAdmission(() => 0)
  let inWork = 0
  const counted = async (begin: () => Promise<unknown>) => {
    inWork += 1
    await begin()
    inWork -= 1
  }
  await open({ admit: (kind, begin) => admission.admit(kind, () => counted(begin)) })
  const socket = connect(port, HOST).pause()
  socket.write('GET /long HTTP/1.1\r\nHost: x\r\n\r\n')
  await once(socket, 'readable')
  expect((await ask('/healthz')).status).toBe(200)
  expect(inWork).toBe(0)
  socket.destroy()
})

test.each(['Content-Length: 11', 'Transfer-Encoding: chunked'])(
  'who is slow to say what they want holds up nobody, and is heard to the end: %s',
  async (length) => {
    await open()
    const head = `POST ${ORDERS} HTTP/1.1\r\nHost: x\r\n${length}\r\n\r\n`
    const isChunked = length.endsWith('chunked')
    const sockets = Array.from({ length: 600 }, () => connect(port, HOST).on('error', () => undefined))
    await Promise.all(sockets.map((socket) => once(socket, 'connect')))
    for (const socket of sockets) socket.write(`${head}${isChunked ? '5\r\nhello\r\n' : 'hello'}`)
    expect(await (await ask(ORDERS, { method: 'POST', body: 'order' })).text()).toBe('got 5')
    const rest = isChunked ? '6\r\n again\r\n0\r\n\r\n' : ' again'
    expect(await say(sockets[0] as Socket, rest)).toContain('HTTP/1.1 200')
    for (const socket of sockets) socket.destroy()
    expect((await ask(ORDERS, { method: 'POST', body: 'order' })).status).toBe(200)
  },
)

/** Sends, and answers the first piece that comes back with a whole head. */
async function say(socket: Socket, text: string): Promise<string> {
  socket.write(text)
  let heard = ''
  while (!heard.includes('\r\n\r\n')) heard += String((await once(socket, 'data'))[0])
  return heard
}
