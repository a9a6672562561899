import { request } from 'node:http'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { type Fetch, freePort, listen } from './listen.ts'

const HOST = '127.0.0.1'
const patient = new AbortController().signal

test('a request in flight is answered before the server is closed', async () => {
  const { fetch: answer, asked, release } = slowAnswer()
  const port = await freePort(HOST)
  const server = await listen(answer, HOST, port)
  const reply = fetch(`http://${HOST}:${port}/`)
  await asked
  const stopped = server.stop(patient)
  await expect(fetch(`http://${HOST}:${port}/`)).rejects.toThrow()
  release()
  expect(await (await reply).text()).toBe('done')
  await stopped
})

test('being hurried cuts what is in flight', async () => {
  const { fetch: answer, asked } = slowAnswer()
  const port = await freePort(HOST)
  const server = await listen(answer, HOST, port)
  const reply = fetch(`http://${HOST}:${port}/`)
  await asked
  const hurry = new AbortController()
  const stopped = server.stop(hurry.signal)
  hurry.abort()
  await expect(reply).rejects.toThrow()
  await stopped
})

test('a connection that is kept alive does not hold up the end', async () => {
  const port = await freePort(HOST)
  const server = await listen(() => new Response('here'), HOST, port)
  const socket = request({ host: HOST, port, headers: { connection: 'keep-alive' } }).end()
  await new Promise<void>((resolve) =>
    socket.once('response', (reply) => reply.resume().once('end', () => resolve())),
  )
  await server.stop(patient)
})

test.each([
  ['headers', 'GET / HTTP/1.1\r\nHost: slow\r\n'],
  ['body', 'POST / HTTP/1.1\r\nHost: slow\r\nContent-Length: 9\r\n\r\nslow'],
])('slow %s are cut soon after their time', async (_part, sent) => {
  const port = await freePort(HOST)
  const patience = { requestMs: 100, headersMs: 100, lookMs: 20 }
  const server = await listen(async (request) => new Response(await request.text()), HOST, port, patience)
  const startedAt = performance.now()
  const socket = connect(port, HOST).on('error', () => undefined)
  socket.write(sent)
  await new Promise<void>((resolve) => socket.resume().once('close', () => resolve()))
  expect(performance.now() - startedAt).toBeLessThan(5_000)
  await server.stop(patient)
})

test('a taken port and an address of another machine are named', async () => {
  const port = await freePort(HOST)
  const server = await listen(() => new Response(), HOST, port)
  await expect(listen(() => new Response(), HOST, port)).rejects.toThrow(
    `The port ${port} on 127.0.0.1 is taken`,
  )
  await expect(listen(() => new Response(), '192.0.2.1', port)).rejects.toThrow('check HOST')
  await server.stop(patient)
})

function slowAnswer(): { fetch: Fetch; asked: Promise<void>; release(): void } {
  const asked = Promise.withResolvers<void>()
  const gate = Promise.withResolvers<void>()
  const answer: Fetch = async () => {
    asked.resolve()
    await gate.promise
    return new Response('done')
  }
  return { fetch: answer, asked: asked.promise, release: () => gate.resolve() }
}
