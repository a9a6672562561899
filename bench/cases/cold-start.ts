import { join } from 'node:path'
import { runningEmbedded } from '../../src/db/embedded-attach.ts'
import { freePort } from '../../src/listen.ts'
import { capture } from '../capture.ts'
import { type BenchCase, inRounds } from '../case.ts'
import { furnish } from '../database.ts'
import { spread } from '../rounds.ts'
import { type AppOptions, startApp } from '../servers.ts'
import type { Row } from '../table.ts'

const GOAL = 1000
const HOST = '127.0.0.1'
const LOOK_AGAIN_MS = 5

/** From the start of the process to the first page of a campaign, with all migrations applied. */
export const coldStart: BenchCase = {
  name: 'cold-start',
  async run(bench) {
    const database = await bench.server.createDatabase('cold')
    const [campaign] = await database.addCampaigns(1, GOAL)
    const settings = { DATA_DIR: join(bench.server.folder, 'cold') }
    const embeddedPath = await makeInstallation(settings)
    const beside: number[] = []
    const whole: number[] = []
    await inRounds(bench, async () => {
      beside.push(await firstPageMs(database.ownerUrl, campaign.path))
      whole.push(await firstPageMs(undefined, embeddedPath, settings))
      return `${Math.round(beside.at(-1)!)} ms, ${Math.round(whole.at(-1)!)} ms with PostgreSQL`
    })
    return [row('PostgreSQL already there', beside), row('the embedded PostgreSQL started as well', whole)]
  },
}

function row(how: string, times: readonly number[]): Row {
  return {
    what: `cold start with a migrated database, ${how}`,
    measured: 'first campaign page after the start of the process',
    beside: '',
    figure: spread(times.map((ms) => ms / 1000)),
    unit: ' s',
    target: { atMost: 1.5 },
  }
}

/** An installation with its own embedded PostgreSQL and one campaign; gives the address of its page. */
async function makeInstallation(settings: Record<string, string>): Promise<string> {
  const app = await startApp(undefined, { settings })
  const ownerUrl = runningEmbedded(settings.DATA_DIR!)?.('twiza')
  if (ownerUrl === undefined) throw new Error('The embedded PostgreSQL does not run.')
  const database = await furnish(ownerUrl, async () => undefined)
  const [campaign] = await database.addCampaigns(1, GOAL)
  await database.drop()
  await app.stop()
  return campaign.path
}

async function firstPageMs(
  databaseUrl: string | undefined,
  path: string,
  settings: AppOptions['settings'] = {},
): Promise<number> {
  const port = await freePort(HOST)
  const startedAt = performance.now()
  const starting = startApp(databaseUrl, { settings: { ...settings, PORT: String(port) } })
  let isThere = false
  while (!isThere) {
    const page = await Promise.race([
      capture(port, { path: `/fr/${path}` }).catch(() => undefined),
      failed(starting),
    ])
    isThere = page?.status === 200
    if (!isThere) await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS))
  }
  const took = performance.now() - startedAt
  await (await starting).stop()
  return took
}

/** Only ever fails: an application that ends would be looked for until the end of time. */
function failed(starting: Promise<unknown>): Promise<never> {
  return new Promise((_, reject) => void starting.catch(reject))
}
