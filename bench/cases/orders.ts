import { bareAnswer } from '../capture.ts'
import { type BenchCase, inRounds } from '../case.ts'
import type { BenchCampaign } from '../database.ts'
import type { Load } from '../load.ts'
import { ordersPath, placeOne } from '../order-request.ts'
import { orderScripts } from '../order-scripts.ts'
import { shares, spread } from '../rounds.ts'
import { startApp, startBare } from '../servers.ts'
import { type Row, rate } from '../table.ts'

const CONNECTIONS = 256
const MILLION = 1_000_000
const WISHES_A_BATCH = 64
// Measured separately and the best taken: the limit is what PostgreSQL can do, however it is asked.
const CLIENTS = [2, 8, 16]
const BATCH_CLIENTS = [1, 2, 4]

/** One hot campaign, beside three limits: the SQL order by order, the SQL in batches, the HTTP alone. */
export const orders: BenchCase = {
  name: 'orders',
  async run(bench) {
    const { server, seconds } = bench
    const pgbench = bench.pgbench()
    const database = await server.createDatabase('orders')
    const scripts = await orderScripts(database)
    const [hot] = await database.addCampaigns(1, MILLION)
    const app = await startApp(database.ownerUrl, { inspected: bench.isProfiled })
    const bare = await startBare({ [ordersPath(hot)]: bareAnswer(await placeOne(app.port, hot)) })
    const http = { over: [] as number[], bare: [] as number[] }
    const sql = { single: [] as number[], batched: [] as number[] }
    let placed = 1
    await inRounds(bench, async () => {
      const [rival] = await database.addCampaigns(1, MILLION)
      const ours = await bench.watching(app, () => bench.load(load(app.port, hot, seconds)))
      placed += ours.right
      http.over.push(ours.perSecond)
      const short = Math.max(1, seconds / 2)
      const singles = { script: scripts.placing([rival], 1), seconds: short }
      const single = await pgbench.best(database.appUrl, singles, CLIENTS)
      sql.single.push(single.perSecond)
      const batches = { script: scripts.placing([rival], WISHES_A_BATCH), seconds: short }
      const batched = await pgbench.best(database.appUrl, batches, BATCH_CLIENTS)
      sql.batched.push(batched.perSecond * WISHES_A_BATCH)
      http.bare.push((await bench.load(load(bare.port, hot, seconds, false))).perSecond)
      await database.expectOrders([rival], single.transactions + batched.transactions * WISHES_A_BATCH)
      return `${[http.over, sql.single, sql.batched, http.bare].map((all) => Math.round(all.at(-1)!)).join(', ')} orders/s`
    })
    await database.expectOrders([hot], placed)
    bench.say('  checking every order')
    await database.check()
    return rows(http, sql)
  },
}

function load(port: number, campaign: BenchCampaign, seconds: number, areNumbersUnique = true): Load {
  const wanted = { kind: 'orders', campaigns: [campaign.path], areNumbersUnique } as const
  return { wanted, ports: [port], connections: CONNECTIONS, seconds }
}

function rows(http: Record<'over' | 'bare', number[]>, sql: Record<'single' | 'batched', number[]>): Row[] {
  const measured = rate(spread(http.over))
  const what = `orders on one hot campaign over HTTP, ${CONNECTIONS} connections, 1 process`
  const row = (beside: string, other: number[], atLeast: number): Row => ({
    what,
    measured,
    beside: `${beside}: ${rate(spread(other))}`,
    figure: shares(http.over, other),
    unit: '',
    target: { atLeast },
  })
  return [
    row(`one SQL call an order by pgbench, best of ${CLIENTS.join(', ')} clients`, sql.single, 3),
    row(
      `SQL in batches of ${WISHES_A_BATCH} by pgbench, best of ${BATCH_CLIENTS.join(', ')} clients`,
      sql.batched,
      0.15,
    ),
    row('bare node:http, same JSON read, same bytes answered', http.bare, 0.4),
  ]
}
