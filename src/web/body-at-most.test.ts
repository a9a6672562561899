import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort, type Listening, listen } from '../listen.ts'
import { bodyAtMost } from './body-at-most.ts'

const HOST = '127.0.0.1'

let url: string
let server: Listening

beforeAll(async () => {
  const app = new Hono()
  app.use(bodyAtMost(10, (c) => c.text('too much', 413)))
  app.all('/', async (c) => c.text(await c.req.text()))
  const port = await freePort(HOST)
  url = `http://${HOST}:${port}/`
  server = await listen(getRequestListener(app.fetch), HOST, port)
})

afterAll(() => server.stop(AbortSignal.abort()))

const inChunks = (text: string) => new Blob([text]).stream()

test.each([
  ['as long as it says', '0123456789', 200],
  ['longer', '0123456789a', 413],
  ['without anything', '', 200],
])('a body %s', async (_how, text, status) => {
  const said = await fetch(url, { method: 'POST', body: text })
  expect(said.status).toBe(status)
  const counted = await fetch(url, { method: 'POST', body: inChunks(text), duplex: 'half' } as RequestInit)
  expect(counted.status).toBe(status)
  if (status === 200) expect([await said.text(), await counted.text()]).toEqual([text, text])
})
