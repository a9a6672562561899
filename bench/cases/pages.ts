import { LANGS } from '../../src/domain/lang.ts'
import { bareAnswer, type Captured, capture } from '../capture.ts'
import { type Bench, type BenchCase, inRounds } from '../case.ts'
import type { PageRequest } from '../load.ts'
import { shares, spread } from '../rounds.ts'
import { startApp, startBare } from '../servers.ts'
import { type Row, rate } from '../table.ts'

const GOAL = 1000
const GIVEN = { perSecond: 200, seconds: 1 }
const CONNECTIONS = 64

/** The page of a campaign in every language, compressed as a browser asks for it. */
export const pages: BenchCase = {
  name: 'pages',
  run: (bench) =>
    compare(bench, {
      what: `campaign page, ${LANGS.length} languages mixed, brotli, ${CONNECTIONS} connections`,
      beside: 'bare node:http, same bytes',
      status: 200,
      headersOf: () => ({}),
    }),
}

/** The same for who has the page already. */
export const unchangedPages: BenchCase = {
  name: 'unchanged-pages',
  run: (bench) =>
    compare(bench, {
      what: `the same with If-None-Match, ${CONNECTIONS} connections`,
      beside: 'bare node:http, same headers',
      status: 304,
      headersOf: ({ headers }) => ({ 'If-None-Match': headers.etag as string }),
    }),
}

interface Comparison extends Pick<Row, 'what' | 'beside'> {
  readonly status: number
  headersOf(page: Captured): Record<string, string>
}

async function compare(bench: Bench, { what, beside, status, headersOf }: Comparison): Promise<Row[]> {
  const { server, seconds } = bench
  const database = await server.createDatabase('pages')
  const [campaign] = await database.addCampaigns(1, GOAL)
  const app = await startApp(database.ownerUrl, { inspected: bench.isProfiled })
  // A house of which a part is promised: an empty one is lighter than any real page.
  const wanted = { kind: 'orders', campaigns: [campaign.path], areNumbersUnique: true } as const
  await bench.load({ wanted, ports: [app.port], connections: CONNECTIONS, ...GIVEN })
  await pageIsSteady(app.port, `/fr/${campaign.path}`)
  const captured = await Promise.all(
    LANGS.map(async (lang) => {
      const path = `/${lang}/${campaign.path}`
      const page = await capture(app.port, { path, headers: ENCODING })
      if (page.headers.etag === undefined) throw new Error('The page has no ETag: it is not kept.')
      const again = { ...ENCODING, 'If-None-Match': page.headers.etag as string }
      return { path, page, notModified: await capture(app.port, { path, headers: again }) }
    }),
  )
  const bare = await startBare(
    Object.fromEntries(captured.map(({ path, page, notModified }) => [path, bareAnswer(page, notModified)])),
  )
  const asked: PageRequest[] = captured.map(({ path, page }) => ({
    path,
    headers: { ...ENCODING, ...headersOf(page) },
  }))
  const load = { wanted: { kind: 'pages', pages: asked, status }, connections: CONNECTIONS, seconds } as const
  const ours: number[] = []
  const theirs: number[] = []
  await inRounds(bench, async () => {
    const own = await bench.watching(app, () => bench.load({ ...load, ports: [app.port] }))
    const other = await bench.load({ ...load, ports: [bare.port] })
    ours.push(own.perSecond)
    theirs.push(other.perSecond)
    return `${Math.round(own.perSecond)} beside ${Math.round(other.perSecond)} pages/s`
  })
  return [
    {
      what,
      measured: rate(spread(ours)),
      beside: `${beside}: ${rate(spread(theirs))}`,
      figure: shares(ours, theirs),
      unit: '',
      target: { atLeast: 0.8 },
      note: `the page has ${captured.map(({ page }) => page.body.length).join(', ')} bytes (${LANGS.join(', ')})`,
    },
  ]
}

const ENCODING = { 'Accept-Encoding': 'br' }
const LOOKS = 100
const LOOK_AGAIN_MS = 100

/** Waits until the page that was kept shows the last order: two looks further apart than a copy may be old. */
async function pageIsSteady(port: number, path: string): Promise<void> {
  let before = ''
  let same = 0
  for (let look = 0; look < LOOKS && same < 12; look += 1) {
    const { headers, body } = await capture(port, { path, headers: ENCODING })
    const now = String(headers.etag ?? body.length)
    same = now === before ? same + 1 : 0
    before = now
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS))
  }
}
