import { LANGS } from '../../src/domain/lang.ts'
import { type Bench, type BenchCase, inRounds } from '../case.ts'
import type { BenchCampaign } from '../database.ts'
import { grow } from '../grow.ts'
import { startGenerator } from '../load.ts'
import { shares, spread } from '../rounds.ts'
import { type RunningServer, startApp } from '../servers.ts'
import { rate, time } from '../table.ts'

const FULL = { orders: 10_000_000, goal: 1_000_000 }
const QUICK = { orders: 200_000, goal: 100_000 }
const ORDERS_PER_SECOND = 200
// Enough that the page is made anew as often as it may be.
const CHANGES_PER_SECOND = 20
const CONNECTIONS = 64
const SMALL_GOAL = 50_000

/** An installation of many years beside an empty one, on the same server. */
export const growth: BenchCase = {
  name: 'growth',
  async run(bench) {
    const size = bench.isQuick ? QUICK : FULL
    const half = size.goal / 2
    const empty = await bench.server.createDatabase('empty')
    const grown = await bench.server.createDatabase('grown')
    const [small] = await empty.addCampaigns(1, SMALL_GOAL)
    const [large] = await grown.addCampaigns(1, size.goal)
    const startedAt = performance.now()
    const orders = await grow(grown, large, { orders: size.orders, half, say: bench.say })
    const filledAfterS = Math.round((performance.now() - startedAt) / 1000)
    bench.say(`  ${orders} orders after ${filledAfterS} s, ${await grown.gigabytes()} GB`)
    const givers = startGenerator()
    const before = await side(bench, givers, await startApp(empty.ownerUrl), small)
    const after = await side(
      bench,
      givers,
      await startApp(grown.ownerUrl, { inspected: bench.isProfiled }),
      large,
    )
    await inRounds(bench, async () => {
      await before.round()
      await after.round()
      const order = after.orderMs.at(-1)! / before.orderMs.at(-1)!
      const page = before.pages.at(-1)! / after.pages.at(-1)!
      return `orders ${order.toFixed(2)} times, pages ${page.toFixed(2)} times as long`
    })
    await givers.stop()
    await empty.expectOrders([small], before.placed())
    await grown.expectOrders([large], half + after.placed())
    await empty.check()
    await grown.check()
    const what = `campaign of ${size.goal} coupons, half given, ${orders} orders in the installation`
    const beside = 'empty installation'
    return [
      {
        what: `${what}: time of an order (p50 at ${ORDERS_PER_SECOND} a second)`,
        measured: time(spread(after.orderMs)),
        beside: `${beside}: ${time(spread(before.orderMs))}`,
        figure: shares(after.orderMs, before.orderMs),
        unit: '',
        target: { atMost: 1.3 },
        note: `the ${orders} orders take ${await grown.gigabytes()} GB and were written in ${filledAfterS} s`,
      },
      {
        what: `${what}: time of a page, while ${CHANGES_PER_SECOND} orders a second change it`,
        measured: rate(spread(after.pages)),
        beside: `${beside}: ${rate(spread(before.pages))}`,
        // The time of one is the inverse of how many there are in a second.
        figure: shares(before.pages, after.pages),
        unit: '',
        target: { atMost: 1.1 },
      },
    ]
  },
}

type Givers = ReturnType<typeof startGenerator>

/** One of the two installations under the same load. */
async function side(bench: Bench, givers: Givers, app: RunningServer, { path }: BenchCampaign) {
  const { seconds } = bench
  const ports = [app.port]
  const wanted = { kind: 'orders', campaigns: [path], areNumbersUnique: true } as const
  const give = { wanted, ports, connections: CONNECTIONS, seconds }
  const headers = { 'Accept-Encoding': 'br' }
  const asked = LANGS.map((lang) => ({ path: `/${lang}/${path}`, headers }))
  const look = { ...give, wanted: { kind: 'pages', pages: asked, status: 200 } } as const
  const orderMs: number[] = []
  const pages: number[] = []
  let placed = 0
  return {
    orderMs,
    pages,
    placed: () => placed,
    async round() {
      const given = await bench.load({ ...give, perSecond: ORDERS_PER_SECOND })
      const [looked, changed] = await bench.watching(app, () =>
        Promise.all([bench.load(look), bench.load({ ...give, perSecond: CHANGES_PER_SECOND }, givers)]),
      )
      placed += given.right + changed.right
      orderMs.push(given.p50Ms)
      pages.push(looked.perSecond)
    },
  }
}
