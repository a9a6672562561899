import { expect, test } from 'vitest'
import { answerReader } from './answer-reader.ts'
import { requestsOf } from './load-requests.ts'
import { eager, steady } from './load-schedule.ts'
import { startTally } from './load-tally.ts'
import { shares, spread } from './rounds.ts'

const PLAIN = 'HTTP/1.1 201 Created\r\nContent-Length: 4\r\n\r\nsalt'
const CHUNKED = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nsalt\r\n0\r\n\r\n'
const NOT_MODIFIED = 'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n'

test.each([
  [PLAIN, 201],
  [CHUNKED, 200],
  [NOT_MODIFIED, 304],
])('an answer is whole only with its last byte, wherever it was cut: %j', (text, status) => {
  for (let cut = 1; cut < text.length; cut += 1) {
    const read = answerReader()
    expect(read(Buffer.from(text.slice(0, cut)))).toBeUndefined()
    expect(read(Buffer.from(text.slice(cut)))?.status).toBe(status)
  }
})

test('an order is right with 201 and a number that nobody else has', () => {
  const { verify } = requestsOf({ kind: 'orders', campaigns: ['casa/one'], areNumbersUnique: true })()
  const answer = (status: number, body: string) => ({ status, body: () => body })
  expect(verify(answer(201, '{"coupons":[417]}'))).toBeUndefined()
  expect(verify(answer(201, '{"coupons":[417]}'))).toBe('number given twice')
  expect(verify(answer(201, '{"coupons":[418,419]}'))).toBe('no number')
  expect(verify(answer(201, '{"coupons":[]}'))).toBe('no number')
  expect(verify(answer(409, '{"coupons":[420]}'))).toBe('status 409')
})

test('every order has an id of its own and says its length truly', () => {
  const next = requestsOf({ kind: 'orders', campaigns: ['casa/two', 'casa/three'], areNumbersUnique: true })
  const sent = Array.from({ length: 100 }, () => next().bytes)
  const bodies = sent.map((bytes) => bytes.slice(bytes.indexOf('\r\n\r\n') + 4))
  expect(new Set(bodies.map((body) => JSON.parse(body).id)).size).toBe(100)
  sent.forEach((bytes, index) => {
    expect(bytes).toContain(`Content-Length: ${bodies[index]!.length}\r\n`)
  })
})

test('a steady load makes up for what was late, and ends', () => {
  const schedule = steady(100, 1000, 1050)
  expect(schedule.next(999)).toBeUndefined()
  expect([1031, 1031, 1031, 1031, 1031].map((now) => schedule.next(now))).toEqual([
    1000,
    1010,
    1020,
    1030,
    undefined,
  ])
  expect(schedule.isOver(1060)).toBe(false)
  expect([schedule.next(1060), schedule.next(1060), schedule.isOver(1060)]).toEqual([1040, undefined, true])
})

test('an eager load asks at once until the end', () => {
  const schedule = eager(1050)
  expect([schedule.next(1049), schedule.isOver(1049)]).toEqual([1049, false])
  expect([schedule.next(1050), schedule.isOver(1050)]).toEqual([undefined, true])
})

test('refused and wrong answers do not count as speed', () => {
  const now = performance.now()
  const tally = startTally(now - 1000, now + 60_000)
  tally.count(201, undefined, now)
  tally.count(201, undefined, now - 2000)
  tally.count(201, 'number given twice', now)
  tally.count(503, 'status 503', now)
  tally.blame('no answer', 0)
  const { right, refused, wrong, perSecond } = tally.result()
  expect({ right, refused, wrong }).toEqual({ right: 2, refused: 1, wrong: { 'number given twice': 1 } })
  expect(perSecond).toBeCloseTo(1 / 61)
})

test('figures are compared round by round', () => {
  expect(spread([3, 1, 2])).toEqual({ median: 2, least: 1, most: 3 })
  expect(spread([4, 1, 2, 3]).median).toBe(2.5)
  expect(shares([10, 30], [20, 40])).toEqual({ median: 0.625, least: 0.5, most: 0.75 })
})
