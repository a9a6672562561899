import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { placed } from '../../test/support/giving.ts'
import { type RunningApp, startRunningApp } from '../../test/support/running-app.ts'
import { createWorld, type World } from '../../test/support/world.ts'

let world: World
let app: RunningApp

beforeAll(async () => {
  world = await createWorld({ goal: 40 })
  app = await startRunningApp(world)
})

afterAll(async () => {
  await app.close()
  await world.drop()
})

const EVENTS = '/api/v1/campaigns/casa/dar-salma/events'

test('the stream answers with the truth and its position, for any page of the world', async () => {
  const answer = await fetch(`${app.origin}${EVENTS}`)
  expect(answer.headers.get('Content-Type')).toBe('text/event-stream; charset=utf-8')
  expect(answer.headers.get('Cache-Control')).toBe('no-store')
  expect(answer.headers.get('Access-Control-Allow-Origin')).toBe('*')
  expect(answer.headers.get('X-Content-Type-Options')).toBe('nosniff')
  const reader = answer.body!.getReader()
  let text = ''
  const until = async (end: string) => {
    while (!text.endsWith(end)) text += new TextDecoder().decode((await reader.read()).value)
  }
  await until('}\n\n')
  expect(text).toMatch(/^retry: 3000\n\nid: \d+\ndata: {"position":\d+,.*"bricks":"a40"}\n\n$/)
  // The answer is over for Node by now; the connection goes on.
  for (const bricks of ['p1a39', 'p2a38']) {
    await placed(world)
    await until(`"bricks":"${bricks}"}\n\n`)
  }
  expect(app.services.liveHub.viewers).toBe(1)
  await reader.cancel()
  await expect.poll(() => app.services.liveHub.viewers).toBe(0)
})

test.each([
  ['at once with another', 2, 0],
  ['behind a stream', 1, 1],
])('a stream that is asked for %s ends the connection, and hurts nobody else', async (_how, first, later) => {
  const { hostname, port } = new URL(app.origin)
  const socket = connect(Number(port), hostname)
  const closed = once(socket, 'close')
  const request = `GET ${EVENTS} HTTP/1.1\r\nHost: twiza\r\n\r\n`
  socket.write(request.repeat(first))
  if (later > 0) {
    await once(socket, 'data')
    expect(app.services.liveHub.viewers).toBe(1)
    socket.write(request)
  }
  socket.resume()
  await closed
  await expect.poll(() => app.services.liveHub.viewers).toBe(0)
  expect((await fetch(`${app.origin}/healthz`)).status).toBe(200)
})

test('asking for its head alone opens no stream', async () => {
  const answer = await fetch(`${app.origin}${EVENTS}`, { method: 'HEAD' })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('Content-Type')).toBe('text/event-stream; charset=utf-8')
  expect(app.services.liveHub.viewers).toBe(0)
})

test('a campaign that is not there is said to be unknown', async () => {
  const answer = await fetch(`${app.origin}/api/v1/campaigns/casa/nowhere/events`)
  expect(answer.status).toBe(404)
  expect(await answer.json()).toMatchObject({ code: 'campaign_unknown' })
})

test('who cannot be told the truth is told to come back', async () => {
  await app.services.liveHub.close()
  const answer = await fetch(`${app.origin}${EVENTS}`)
  expect(answer.status).toBe(503)
  expect(answer.headers.get('Retry-After')).toBe('30')
})
