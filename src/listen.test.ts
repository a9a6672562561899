import { type RequestListener, request } from 'node:http'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { freePort, listen } from './listen.ts'

const HOST = '127.0.0.1'
const patient = new AbortController().signal

test('a request in flight is answered before the server is closed', async () => {
  const { answer, asked, release } = slowAnswer()
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
  const { answer, asked } = slowAnswer()
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
  const server = await listen((_request, answer) => answer.end('here'), HOST, port)
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
  const server = await listen(
    (request, answer) => request.pipe(answer).on('error', () => undefined),
    HOST,
    port,
    patience,
  )
  const startedAt = performance.now()
  const socket = connect(port, HOST).on('error', () => undefined)
  socket.write(sent)
  await new Promise<void>((resolve) => socket.resume().once('close', () => resolve()))
  expect(performance.now() - startedAt).toBeLessThan(5_000)
  await server.stop(patient)
})

test('headers that drip in for ever are cut', async () => {
  const port = await freePort(HOST)
  const patience = { requestMs: 200, headersMs: 200, lookMs: 20 }
  const server = await listen((_request, answer) => answer.end(), HOST, port, patience)
  const socket = connect(port, HOST).on('error', () => undefined)
  socket.write('GET / HTTP/1.1\r\nHost: slow\r\n')
  const drip = setInterval(() => socket.write('X: y\r\n'), 20)
  await new Promise<void>((resolve) => socket.resume().once('close', () => resolve()))
  clearInterval(drip)
  await server.stop(patient)
})

test('a connection on which nothing is ever said is cut', async () => {
  const port = await freePort(HOST)
  const server = await listen((_request, answer) => answer.end(), HOST, port, { stillMs: 100 })
  const socket = connect(port, HOST)
  await new Promise<void>((resolve) => socket.resume().once('close', () => resolve()))
  await server.stop(patient)
})

test('who does not read the answer is cut', async () => {
  const port = await freePort(HOST)
  const cut = Promise.withResolvers<boolean>()
  // More than the system keeps for a reader.
  const longAnswer: RequestListener = (_request, answer) => {
    answer.once('close', () => cut.resolve(!answer.writableFinished)).end(Buffer.alloc(64 * 1024 * 1024))
  }
  const server = await listen(longAnswer, HOST, port, { stillMs: 100 })
  const socket = connect(port, HOST).on('error', () => undefined)
  socket.pause().write('GET / HTTP/1.1\r\nHost: slow\r\n\r\n')
  expect(await cut.promise).toBe(true)
  socket.destroy()
  await server.stop(patient)
})

test('a stream that beats is not cut, however long it lasts', async () => {
  const port = await freePort(HOST)
  const stillMs = 200
  const beats: RequestListener = (_request, answer) => {
    const beat = setInterval(() => answer.write(':\n\n'), stillMs / 4)
    answer.once('close', () => clearInterval(beat)).flushHeaders()
  }
  const server = await listen(beats, HOST, port, { stillMs })
  const socket = connect(port, HOST)
  socket.write('GET / HTTP/1.1\r\nHost: viewer\r\n\r\n')
  let seen = 0
  await new Promise<void>((resolve, reject) => {
    socket.once('close', () => reject(new Error(`cut after ${seen} beats`)))
    socket.on('data', () => ++seen === 12 && resolve())
  })
  socket.removeAllListeners('close').destroy()
  await server.stop(AbortSignal.abort())
})

test('more connections than there may be are turned away, and the others are served', async () => {
  const port = await freePort(HOST)
  const server = await listen((_request, answer) => answer.end('here'), HOST, port, { connections: 1 })
  const first = connect(port, HOST)
  await new Promise<void>((resolve) => first.once('connect', resolve))
  const second = connect(port, HOST).on('error', () => undefined)
  await new Promise<void>((resolve) => second.resume().once('close', () => resolve()))
  first.write('GET / HTTP/1.1\r\nHost: first\r\nConnection: close\r\n\r\n')
  const texts = await first.toArray()
  expect(Buffer.concat(texts).toString()).toContain('here')
  await server.stop(patient)
})

test('a taken port and an address of another machine are named', async () => {
  const port = await freePort(HOST)
  const server = await listen((_request, answer) => answer.end(), HOST, port)
  await expect(listen((_request, answer) => answer.end(), HOST, port)).rejects.toThrow(
    `The port ${port} on 127.0.0.1 is taken`,
  )
  await expect(listen((_request, answer) => answer.end(), '192.0.2.1', port)).rejects.toThrow('check HOST')
  await server.stop(patient)
})

function slowAnswer(): { answer: RequestListener; asked: Promise<void>; release(): void } {
  const asked = Promise.withResolvers<void>()
  const gate = Promise.withResolvers<void>()
  const answer: RequestListener = (_request, outgoing) => {
    asked.resolve()
    void gate.promise.then(() => outgoing.end('done'))
  }
  return { answer, asked: asked.promise, release: () => gate.resolve() }
}
