import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { type BenchCase, inRounds } from '../case.ts'
import { memoryOf } from '../inspector.ts'
import { placeOne } from '../order-request.ts'
import { spread } from '../rounds.ts'
import { startApp } from '../servers.ts'
import { time } from '../table.ts'
import type { ViewersOrder, ViewersReport } from '../viewers-process.ts'

const VIEWERS = 10_000
const QUICK_VIEWERS = 1000
const SPARE_FILES = 500
const GOAL = 1000
const KILOBYTE = 1024
const OPEN_LIMIT_MS = 60_000
const SHOWN_LIMIT_MS = 30_000
const NANOSECONDS_A_MS = 1e6

/** Everybody watches one house when one order comes. */
export const viewers: BenchCase = {
  name: 'viewers',
  async run(bench) {
    const count = bench.isQuick ? QUICK_VIEWERS : VIEWERS
    enoughFiles(count + SPARE_FILES)
    const database = await bench.server.createDatabase('viewers')
    const [campaign] = await database.addCampaigns(1, GOAL)
    const lastMs: number[] = []
    const kilobytes: number[] = []
    await inRounds(bench, async () => {
      // A fresh process each time: memory once taken is seldom given back.
      const app = await startApp(database.ownerUrl, { inspected: true })
      const crowd = startCrowd()
      await placeOne(app.port, campaign)
      const before = await memoryOf(app.inspectorUrl!)
      const path = `/api/v1/campaigns/${campaign.path}/events`
      await crowd.ask({ open: { port: app.port, path, count } }, OPEN_LIMIT_MS)
      const grown = (await memoryOf(app.inspectorUrl!)) - before
      const shown = crowd.ask('watch', SHOWN_LIMIT_MS)
      const sentAt = process.hrtime.bigint()
      await placeOne(app.port, campaign)
      const { lastAt, cut } = (await shown) as Extract<ViewersReport, { lastAt: string }>
      if (cut > 0) throw new Error(`${cut} viewers were cut off.`)
      lastMs.push(Number(BigInt(lastAt) - sentAt) / NANOSECONDS_A_MS)
      kilobytes.push(grown / count / KILOBYTE)
      crowd.stop()
      await app.stop()
      return `last viewer after ${Math.round(lastMs.at(-1)!)} ms, ${kilobytes.at(-1)!.toFixed(1)} KB a viewer`
    })
    const what = `${count} live viewers of one process, one order`
    return [
      {
        what: `${what}: the last viewer has it`,
        measured: time(spread(lastMs)),
        beside: 'after the order was sent',
        figure: spread(lastMs.map((ms) => ms / 1000)),
        unit: ' s',
        target: { atMost: 1 },
      },
      {
        what: `${what}: memory a viewer`,
        measured: 'growth of the resident memory, garbage collected before and after',
        beside: '',
        figure: spread(kilobytes),
        unit: ' KB',
        target: { atMost: 20 },
      },
    ]
  },
}

function startCrowd() {
  const child = fork(fileURLToPath(new URL('../viewers-process.ts', import.meta.url)))
  process.once('exit', () => child.kill('SIGKILL'))
  const ended = once(child, 'exit').then(() => {
    throw new Error('The process of the viewers ended.')
  })
  ended.catch(() => undefined)
  return {
    async ask(order: ViewersOrder, limitMs: number): Promise<ViewersReport> {
      child.send(order)
      const signal = AbortSignal.timeout(limitMs)
      const [report] = await Promise.race([once(child, 'message', { signal }), ended])
      return report as ViewersReport
    },
    stop: () => void child.kill(),
  }
}

/** Each viewer is an open file of the server and one of the viewers' process. @throws Error that says what to do */
function enoughFiles(needed: number): void {
  const report = process.report.getReport() as {
    userLimits?: { open_files?: { hard: number | 'unlimited' } }
  }
  const hard = report.userLimits?.open_files?.hard ?? 'unlimited'
  if (hard === 'unlimited' || Number(hard) >= needed) return
  throw new Error(
    `${needed} open files are needed, the machine allows ${hard}: raise it (ulimit -Hn ${needed}).`,
  )
}
