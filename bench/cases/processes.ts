import { type BenchCase, inRounds } from '../case.ts'
import { shares, spread } from '../rounds.ts'
import { startApp } from '../servers.ts'
import { rate } from '../table.ts'

const MILLION = 1_000_000
const CONNECTIONS = 256

/** Two application processes on one database, one hot campaign: nothing that matters lives in a process. */
export const processes: BenchCase = {
  name: 'processes',
  async run(bench) {
    const { server, seconds } = bench
    const database = await server.createDatabase('processes')
    const [hot] = await database.addCampaigns(1, MILLION)
    const apps = [await startApp(database.ownerUrl), await startApp(database.ownerUrl)]
    const ports = apps.map(({ port }) => port)
    const wanted = { kind: 'orders', campaigns: [hot.path], areNumbersUnique: true } as const
    const load = { wanted, connections: CONNECTIONS, seconds }
    const one: number[] = []
    const two: number[] = []
    let placed = 0
    await inRounds(bench, async () => {
      const alone = await bench.load({ ...load, ports: ports.slice(0, 1) })
      const together = await bench.load({ ...load, ports })
      one.push(alone.perSecond)
      two.push(together.perSecond)
      placed += alone.right + together.right
      return `${Math.round(together.perSecond)} beside ${Math.round(alone.perSecond)} orders/s`
    })
    await database.expectOrders([hot], placed)
    await database.check()
    return [
      {
        what: 'orders on one hot campaign, 2 processes on one database, no wrong result',
        measured: rate(spread(two)),
        beside: `1 process: ${rate(spread(one))}`,
        figure: shares(two, one),
        unit: '',
        target: { atLeast: 1 },
      },
    ]
  },
}
