// The generator of load: raw sockets, because it shares the cores with what it measures, and a client library costs
// more than the server. Started by load.ts; takes one load at a time and answers its result.
import { answerReader, type HttpAnswer } from './answer-reader.ts'
import type { Load, LoadResult } from './load.ts'
import { openLine } from './load-line.ts'
import { requestsOf } from './load-requests.ts'
import { eager, type Schedule, steady } from './load-schedule.ts'
import { startTally, type Tally } from './load-tally.ts'

const WARM_UP_MS = 1000
// An answer that takes longer than this after the end of the load is none.
const GIVE_UP_MS = 15_000
const TICK_MS = 1

process.on('message', async (load: Load) => {
  process.send?.(await run(load))
})

async function run(load: Load): Promise<LoadResult> {
  const lines = await Promise.all(
    Array.from({ length: load.connections }, (_, index) => openLine(load.ports[index % load.ports.length]!)),
  )
  const now = performance.now()
  const startAt = now + WARM_UP_MS
  const endAt = startAt + load.seconds * 1000
  const tally = startTally(startAt, endAt)
  const schedule = load.perSecond === undefined ? eager(endAt) : steady(load.perSecond, now, endAt)
  await drive(lines, requestsOf(load.wanted), schedule, tally, endAt + GIVE_UP_MS)
  for (const line of lines) line.close()
  return tally.result()
}

/** Sends what is due over the lines that are free, until every request is answered or the time is over. */
function drive(
  lines: readonly Line[],
  nextRequest: ReturnType<typeof requestsOf>,
  schedule: Schedule,
  tally: Tally,
  giveUpAt: number,
): Promise<void> {
  const answered = new Map<Line, (answer: HttpAnswer) => void>()
  const idle: Line[] = []

  const send = (line: Line, intendedAt: number) => {
    const { bytes, verify } = nextRequest()
    answered.set(line, (answer) => {
      answered.delete(line)
      tally.count(answer.status, verify(answer), intendedAt)
      goOn(line)
    })
    line.write(bytes)
  }
  const goOn = (line: Line) => {
    const intendedAt = schedule.next(performance.now())
    if (intendedAt === undefined) idle.push(line)
    else send(line, intendedAt)
  }

  for (const line of lines) {
    const read = answerReader()
    line.onData((chunk) => {
      const answer = read(chunk)
      if (answer) answered.get(line)?.(answer)
    })
    line.onCut(() => {
      answered.delete(line)
      if (idle.includes(line)) idle.splice(idle.indexOf(line), 1)
      tally.blame('connection cut')
    })
    goOn(line)
  }
  return new Promise((resolve) => {
    const tick = () => {
      const now = performance.now()
      while (idle.length > 0) {
        const intendedAt = schedule.next(now)
        if (intendedAt === undefined) break
        send(idle.shift()!, intendedAt)
      }
      if (now < giveUpAt && !(schedule.isOver(now) && answered.size === 0)) return setTimeout(tick, TICK_MS)
      tally.blame('no answer', answered.size)
      resolve()
    }
    tick()
  })
}

type Line = Awaited<ReturnType<typeof openLine>>
