import { LANGS } from '../../src/domain/lang.ts'
import { type BenchCase, inRounds } from '../case.ts'
import { startGenerator } from '../load.ts'
import { shares, spread } from '../rounds.ts'
import { startApp } from '../servers.ts'
import { rate } from '../table.ts'

const MILLION = 1_000_000
const CONNECTIONS = 128
const ORDERS_PER_SECOND = 500

/** The page of the very campaign that everybody gives to: it changes with every order. */
export const pageInStorm: BenchCase = {
  name: 'page-in-storm',
  async run(bench) {
    const { server, seconds } = bench
    const database = await server.createDatabase('storm')
    const [hot] = await database.addCampaigns(1, MILLION)
    const app = await startApp(database.ownerUrl, { inspected: bench.isProfiled })
    const givers = startGenerator()
    const ports = [app.port]
    const asked = LANGS.map((lang) => ({
      path: `/${lang}/${hot.path}`,
      headers: { 'Accept-Encoding': 'br' },
    }))
    const look = {
      wanted: { kind: 'pages', pages: asked, status: 200 },
      ports,
      connections: CONNECTIONS,
      seconds,
    } as const
    const give = {
      wanted: { kind: 'orders', campaigns: [hot.path], areNumbersUnique: true },
      ports,
      connections: CONNECTIONS,
      seconds,
      perSecond: ORDERS_PER_SECOND,
    } as const
    const rest: number[] = []
    const storm: number[] = []
    const given: number[] = []
    let placed = 0
    await inRounds(bench, async () => {
      rest.push((await bench.load(look)).perSecond)
      const [looked, gave] = await bench.watching(app, () =>
        Promise.all([bench.load(look), bench.load(give, givers)]),
      )
      storm.push(looked.perSecond)
      given.push(gave.perSecond)
      placed += gave.right
      return `${Math.round(looked.perSecond)} beside ${Math.round(rest.at(-1)!)} pages/s, ${Math.round(gave.perSecond)} orders/s`
    })
    await givers.stop()
    await database.expectOrders([hot], placed)
    await database.check()
    return [
      {
        what: `the page while ${ORDERS_PER_SECOND} orders a second arrive for its campaign`,
        measured: `${rate(spread(storm))}, with ${rate(spread(given))} orders`,
        beside: `the page at rest: ${rate(spread(rest))}`,
        figure: shares(storm, rest),
        unit: '',
        target: { atLeast: 0.7 },
      },
    ]
  },
}
