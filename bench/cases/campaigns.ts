import { type BenchCase, inRounds } from '../case.ts'
import { orderScripts } from '../order-scripts.ts'
import { shares, spread } from '../rounds.ts'
import { startApp } from '../servers.ts'
import { rate } from '../table.ts'

const CAMPAIGNS = 50
const GOAL = 20_000
const CONNECTIONS = 256
const CLIENTS = [2, 8, 16]

/** Orders spread over many campaigns, where no single row is hot. */
export const campaigns: BenchCase = {
  name: 'campaigns',
  async run(bench) {
    const { server, seconds } = bench
    const pgbench = bench.pgbench()
    const database = await server.createDatabase('campaigns')
    const scripts = await orderScripts(database)
    const own = await database.addCampaigns(CAMPAIGNS, GOAL)
    const rivals = await database.addCampaigns(CAMPAIGNS, GOAL)
    const app = await startApp(database.ownerUrl, { inspected: bench.isProfiled })
    const wanted = { kind: 'orders', campaigns: own.map(({ path }) => path), areNumbersUnique: true } as const
    const load = { wanted, ports: [app.port], connections: CONNECTIONS, seconds }
    const http: number[] = []
    const sql: number[] = []
    const placed = { http: 0, sql: 0 }
    await inRounds(bench, async () => {
      const ours = await bench.watching(app, () => bench.load(load))
      const run = { script: scripts.placing(rivals, 1), seconds: seconds / 2 }
      const theirs = await pgbench.best(database.appUrl, run, CLIENTS)
      http.push(ours.perSecond)
      sql.push(theirs.perSecond)
      placed.http += ours.right
      placed.sql += theirs.transactions
      return `${Math.round(ours.perSecond)} beside ${Math.round(theirs.perSecond)} orders/s`
    })
    await database.expectOrders(own, placed.http)
    await database.expectOrders(rivals, placed.sql)
    await database.check()
    return [
      {
        what: `orders over ${CAMPAIGNS} campaigns over HTTP, ${CONNECTIONS} connections, 1 process`,
        measured: rate(spread(http)),
        beside: `one SQL call an order by pgbench, best of ${CLIENTS.join(', ')} clients: ${rate(spread(sql))}`,
        figure: shares(http, sql),
        unit: '',
        target: { atLeast: 1.5 },
      },
    ]
  },
}
