import { connect } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../test/support/app.ts'
import { createWorld, type World } from '../test/support/world.ts'
import { freePort, listen } from './listen.ts'

const HOST = '127.0.0.1'

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

test.each([
  ['with its length', '/setup', 'Content-Length: 5000\r\n\r\nname=Salma'],
  ['in chunks', '/setup', 'Transfer-Encoding: chunked\r\n\r\na\r\nname=Salma\r\n'],
  ['to the API', '/api/v1/campaigns/a/b/orders', 'Content-Length: 5000\r\n\r\n{"name":'],
])('an upload %s that the client breaks off is no failure of ours', async (_how, path, rest) => {
  const port = await freePort(HOST)
  const asked = Promise.withResolvers<void>()
  const answered = Promise.withResolvers<Response>()
  const answer = async (request: Request, bindings: object) => {
    const answering = Promise.resolve(app.app.fetch(request, bindings))
    asked.resolve()
    answering.then(answered.resolve, answered.reject)
    return await answering
  }
  const server = await listen(getRequestListener(answer), HOST, port)
  const socket = connect(port, HOST)
  const origin = `Origin: ${world.services.publicUrl}\r\nContent-Type: application/x-www-form-urlencoded\r\n`
  const json = 'Content-Type: application/json\r\n'
  const kind = path.startsWith('/api') ? json : origin
  socket.write(`POST ${path} HTTP/1.1\r\nHost: ${HOST}:${port}\r\n${kind}${rest}`)
  await asked.promise
  socket.resetAndDestroy()
  expect((await answered.promise).status).toBeLessThan(500)
  expect(app.logs).toEqual([])
  await server.stop(AbortSignal.abort())
})
