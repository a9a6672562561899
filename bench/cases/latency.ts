import { type BenchCase, inRounds } from '../case.ts'
import { shares, spread } from '../rounds.ts'
import { startApp } from '../servers.ts'
import { rate, time } from '../table.ts'

const MILLION = 1_000_000
const CONNECTIONS = 256

/** How long an order takes when half as many come as could be taken. */
export const latency: BenchCase = {
  name: 'latency',
  async run(bench) {
    const { server, seconds } = bench
    const database = await server.createDatabase('latency')
    const [hot] = await database.addCampaigns(1, MILLION)
    const app = await startApp(database.ownerUrl, { inspected: bench.isProfiled })
    const wanted = { kind: 'orders', campaigns: [hot.path], areNumbersUnique: true } as const
    const load = { wanted, ports: [app.port], connections: CONNECTIONS, seconds }
    const half: number[] = []
    const p50: number[] = []
    const p99: number[] = []
    let placed = 0
    await inRounds(bench, async () => {
      const full = await bench.load(load)
      const perSecond = Math.round(full.perSecond / 2)
      const eased = await bench.watching(app, () => bench.load({ ...load, perSecond }))
      placed += full.right + eased.right
      half.push(perSecond)
      p50.push(eased.p50Ms)
      p99.push(eased.p99Ms)
      return `${perSecond} orders/s: p50 ${eased.p50Ms.toFixed(1)} ms, p99 ${eased.p99Ms.toFixed(1)} ms`
    })
    await database.expectOrders([hot], placed)
    await database.check()
    const what = 'latency of an order at half that load, from when it should have been sent'
    const measured = `p50 ${time(spread(p50))}, p99 ${time(spread(p99))}`
    const beside = `at ${rate(spread(half))}`
    return [
      { what: `${what}: p99`, measured, beside, figure: spread(p99), unit: ' ms', target: { atMost: 50 } },
      {
        what: `${what}: p99 in p50s`,
        measured,
        beside,
        figure: shares(p99, p50),
        unit: '',
        target: { atMost: 5 },
      },
    ]
  },
}
