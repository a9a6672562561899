// The crowd of T27, on raw sockets: it shares the cores with the server, and a client library costs more than the
// refusals that are measured. Started by t27-load.ts.
import { connect, type Socket } from 'node:net'
import { newId } from '../../src/domain/id.ts'
import type { CrowdSeen, CrowdWanted, Latencies } from './t27-load.ts'

// Who has no answer so long after the end has none.
const GIVE_UP_MS = 8_000
const WATCH_EVERY_MS = 100

interface Answer {
  readonly status: number
  readonly head: string
}

interface Asked {
  readonly sentAt: number
  readonly orderId: string | undefined
}

process.once('message', async (wanted: CrowdWanted) => {
  process.send?.(await run(wanted))
})

async function run(wanted: CrowdWanted): Promise<CrowdSeen> {
  const endAt = performance.now() + wanted.seconds * 1000
  const seen = { accepted: [] as number[], refused: [] as number[], placed: [] as string[] }
  const count = { asked: 0, notSent: 0, withoutRetryAfter: 0 }
  const other: Record<string, number> = {}
  const blame = (what: string) => {
    other[what] = (other[what] ?? 0) + 1
  }
  const take = ({ sentAt, orderId }: Asked, { status, head }: Answer) => {
    const ms = performance.now() - sentAt
    if (status === 503) {
      seen.refused.push(ms)
      if (!/\r\nretry-after: \d+\r\n/i.test(`${head}\r\n`)) count.withoutRetryAfter += 1
    } else if (status === 200 || status === 201) {
      seen.accepted.push(ms)
      if (orderId && status === 201) seen.placed.push(orderId)
    } else blame(`status ${status}`)
  }
  const watched = watch(wanted, endAt, blame)
  await (wanted.perSecond === undefined ? inTurn : asTheyCome)(wanted, endAt, { take, blame, count })
  const { placed } = seen
  return {
    ...count,
    accepted: latencies(seen.accepted),
    refused: latencies(seen.refused),
    other,
    placed,
    watched: await watched,
  }
}

interface Book {
  take(asked: Asked, answer: Answer): void
  blame(what: string): void
  readonly count: { asked: number; notSent: number }
}

/** Each connection asks again as soon as it has its answer: as much as these can get. */
async function inTurn(wanted: CrowdWanted, endAt: number, book: Book): Promise<void> {
  const ask = asker(wanted)
  const one = async () => {
    const line = openLine(wanted.port)
    while (performance.now() < endAt) {
      const { text, asked } = ask()
      book.count.asked += 1
      const answer = await line.say(text)
      if (!answer) return book.blame('cut')
      book.take(asked, answer)
    }
    line.close()
  }
  await Promise.all(Array.from({ length: wanted.connections }, one))
}

/** Requests come at their times, by a connection that is free or a new one. */
async function asTheyCome(wanted: CrowdWanted, endAt: number, book: Book): Promise<void> {
  const ask = asker(wanted)
  const lines = new Set<Line>()
  const free: Line[] = []
  let inFlight = 0
  const send = async (line: Line) => {
    const { text, asked } = ask()
    book.count.asked += 1
    inFlight += 1
    const answer = await line.say(text)
    inFlight -= 1
    if (answer) {
      book.take(asked, answer)
      free.push(line)
    } else {
      book.blame('cut')
      lines.delete(line)
    }
  }
  const freeLine = () => {
    const line = free.pop()
    if (line || lines.size >= wanted.connections) return line
    const opened = openLine(wanted.port)
    lines.add(opened)
    return opened
  }
  const betweenMs = 1000 / (wanted.perSecond ?? 1)
  let dueAt = performance.now()
  await new Promise<void>((resolve) => {
    const tick = setInterval(() => {
      const now = performance.now()
      for (; dueAt <= now && dueAt < endAt; dueAt += betweenMs) {
        const line = freeLine()
        if (line) void send(line)
        else book.count.notSent += 1
      }
      const isOver = now >= endAt && inFlight === 0
      if (!isOver && now < endAt + GIVE_UP_MS) return
      if (!isOver) book.blame(`${inFlight} without an answer`)
      clearInterval(tick)
      resolve()
    }, 1)
  })
  for (const line of lines) line.close()
}

/** Somebody who looks at a few pages, one after the other, while all this goes on. */
async function watch(wanted: CrowdWanted, endAt: number, blame: (what: string) => void) {
  const lines = wanted.watched.map((path) => ({ path, line: openLine(wanted.port), times: [] as number[] }))
  while (performance.now() < endAt) {
    for (const { path, line, times } of lines) {
      const sentAt = performance.now()
      const answer = await line.say(get(path, `Cookie: ${wanted.cookie}\r\n`))
      times.push(performance.now() - sentAt)
      if (answer?.status !== 200) blame(`${path}: ${answer?.status ?? 'cut'}`)
    }
    await new Promise((resolve) => setTimeout(resolve, WATCH_EVERY_MS))
  }
  for (const { line } of lines) line.close()
  return Object.fromEntries(lines.map(({ path, times }) => [path, latencies(times)]))
}

function asker({ ordersPath, pages }: CrowdWanted): () => { text: string; asked: Asked } {
  let turn = 0
  return () => {
    turn += 1
    const sentAt = performance.now()
    if (turn % 4 > 0)
      return { text: get(pages[turn % pages.length] ?? '/'), asked: { sentAt, orderId: undefined } }
    const orderId = newId()
    const body = `{"id":"${orderId}","quantity":1,"method":"card","name":"Nadia","email":"nadia@example.org","consent":true}`
    const head = `POST ${ordersPath} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n`
    return { text: `${head}Content-Length: ${body.length}\r\n\r\n${body}`, asked: { sentAt, orderId } }
  }
}

function get(path: string, headers = ''): string {
  return `GET ${path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nAccept-Encoding: gzip\r\n${headers}\r\n`
}

interface Line {
  /** One request at a time; no answer when the connection is cut. */
  say(text: string): Promise<Answer | undefined>
  close(): void
}

function openLine(port: number): Line {
  const socket: Socket = connect(port, '127.0.0.1').setNoDelay(true)
  let settle: ((answer: Answer | undefined) => void) | undefined
  let heard = ''
  socket.setEncoding('latin1')
  socket.on('error', () => undefined)
  socket.on('close', () => settle?.(undefined))
  socket.on('data', (piece: string) => {
    heard += piece
    const headEnd = heard.indexOf('\r\n\r\n')
    if (headEnd < 0) return
    const head = heard.slice(0, headEnd)
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1])
    if (heard.length < headEnd + 4 + length) return
    heard = ''
    settle?.({ status: Number(head.slice(9, 12)), head })
  })
  return {
    say(text) {
      if (socket.closed) return Promise.resolve(undefined)
      socket.write(text)
      return new Promise((resolve) => {
        settle = resolve
      })
    },
    close: () => void socket.destroy(),
  }
}

function latencies(times: number[]): Latencies {
  times.sort((one, other) => one - other)
  const at = (share: number) =>
    Math.round(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0)
  return { count: times.length, p50Ms: at(0.5), p99Ms: at(0.99), mostMs: at(1) }
}
