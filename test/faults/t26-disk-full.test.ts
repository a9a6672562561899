import { readdirSync, rmSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runningEmbedded } from '../../src/db/embedded-attach.ts'
import { postmasterOf } from '../../src/db/orphans.ts'
import { seededRandom } from '../support/random.ts'
import { type SmallDisk, smallDisk } from '../support/small-disk.ts'
import { runTwiza, type TwizaProcess } from '../support/twiza-process.ts'
import { checkHistory } from './history.ts'
import {
  furnishInstallation,
  type Installation,
  READY,
  recoveries,
  untilOpen,
  wishes,
} from './installation.ts'
import { percentile, report } from './report.ts'
import { SEED, scale } from './scale.ts'
import { CAMPAIGN, readFinal } from './storm.ts'
import { openStormClient, type StormClient, type Wanted } from './storm-client.ts'

const FILLS = scale(2, 20)
const CLIENTS = 8
/** Orders between two times that the disk is full, and refusals while it is. */
const BETWEEN = 30
const REFUSALS = 20
const DISK_MB = 450
const GOAL = 20_000
/** The figures of the full run, which has the machine to itself; the quick one shares it with other tests. */
const TOLD_WITHIN_MS = scale(5_000, 1_000)
const RECOVERS_WITHIN_MS = scale(30_000, 10_000)
const PATIENCE_MS = 5_000

let disk: SmallDisk
let twiza: TwizaProcess
let installation: Installation
let client: StormClient
beforeEach(async () => {
  disk = await smallDisk(DISK_MB)
  const settings = { DATA_DIR: `${disk.path}/data`, PORT: '0', TWIZA_CARD_PROVIDER: 'sandbox' }
  twiza = await runTwiza(['start'], settings, disk.prefix)
  const port = Number(new URL(await twiza.said(READY)).port)
  const address = runningEmbedded(`${disk.outside}/data`)?.('twiza') ?? ''
  installation = await furnishInstallation(address, GOAL)
  client = openStormClient({ port, campaign: CAMPAIGN, patienceMs: PATIENCE_MS })
  await untilOpen(client)
})
afterEach(async () => {
  client?.close()
  await installation?.close()
  twiza?.signal('SIGTERM')
  await twiza?.ended
  await disk?.remove()
})

test(
  `the disk is full ${FILLS} times during orders: each is told, none lost, none twice (SEED=${SEED})`,
  async () => {
    const postmaster = postmasterOf(`${disk.outside}/data/postgres`)
    const { wished, full, freed } = await fillDuringOrders(seededRandom(SEED))
    // PostgreSQL refused what it had no space for, and went on.
    expect(postmasterOf(`${disk.outside}/data/postgres`)).toBe(postmaster)
    const again = recoveries(client, freed)
    expect(Math.max(...again)).toBeLessThan(RECOVERS_WITHIN_MS)
    const whileFull = client.attempts.filter(({ sentAt, answer }) => {
      return answer.kind === 'unknown' && full.some(({ from, to }) => sentAt > from && sentAt < to)
    })
    const toldAfter = whileFull.map(({ sentAt, endedAt }) => endedAt - sentAt)
    expect(percentile(0.99, toldAfter)).toBeLessThan(TOLD_WITHIN_MS)

    const final = await readFinal(installation)
    expect(checkHistory(client, final)).toEqual([])
    expect(client.odd).toEqual([])
    expect(final.orders).toHaveLength(wished)
    expect(await installation.violations()).toEqual([])
    const checked = await (await runTwiza(['check'], { DATA_DIR: `${disk.path}/data` }, disk.prefix)).ended
    expect(checked).toMatchObject({ exitCode: 0, output: expect.stringContaining('no violation') })
    report('T26', {
      'times full': full.length,
      wishes: wished,
      rows: final.orders.length,
      'refused while full': whileFull.length,
      'told after, p99 ms': percentile(0.99, toldAfter),
      'orders again, longest ms': Math.round(Math.max(...again)),
    })
  },
  scale(120_000, 900_000),
)

test('without its ring of log files a full disk ends PostgreSQL; with space it is back by itself', async () => {
  const { ownerSql } = installation
  const [log] = await ownerSql<
    { file: string }[]
  >`select pg_walfile_name(pg_current_wal_insert_lsn()) as file`
  const folder = `${disk.outside}/data/postgres/pg_wal`
  for (const name of readdirSync(folder)) {
    if (/^[0-9A-F]{24}$/.test(name) && name > log!.file) rmSync(`${folder}/${name}`)
  }
  disk.fill()
  const wanted = wishes(1, seededRandom(SEED))[0]!
  await ownerSql`select pg_switch_wal()`.catch(() => undefined)
  const ordered = client.sendUntilKnown(wanted)
  await twiza.said(/"database":"away"/)
  disk.free()
  const freedAt = performance.now()
  expect(await ordered).toMatchObject({ kind: 'stored' })
  expect(performance.now() - freedAt).toBeLessThan(RECOVERS_WITHIN_MS)
  expect(checkHistory(client, await readFinal(installation))).toEqual([])
}, 120_000)

/** Clients order without end, each wish until it is answered, while the disk is filled and freed. */
async function fillDuringOrders(dice: ReturnType<typeof seededRandom>) {
  const full: { from: number; to: number }[] = []
  const freed: number[] = []
  let wished = 0
  let isOver = false
  const contribute = async () => {
    while (!isOver) {
      wished += 1
      const [wanted] = wishes(1, dice)
      await client.sendUntilKnown({ ...wanted!, wish: `wish ${wished}` })
    }
  }
  const since = (from: number, kind: 'stored' | 'unknown') => () =>
    client.attempts.filter(({ sentAt, answer }) => sentAt > from && answer.kind === kind).length
  const more = (count: number, kind: 'stored' | 'unknown') =>
    expect.poll(since(performance.now(), kind), { timeout: 60_000 }).toBeGreaterThanOrEqual(count)
  const all = Promise.all(Array.from({ length: CLIENTS }, contribute))
  const filling = (async () => {
    for (let time = 0; time < FILLS; time += 1) {
      await more(BETWEEN, 'stored')
      const from = performance.now()
      disk.fill()
      await more(REFUSALS, 'unknown')
      wished += 1
      const refused = { ...wishes(1, dice)[0]!, wish: `wish ${wished}` }
      await expectClearRefusal(refused)
      // What is only read goes on.
      const seen = client.looks.length
      await expect.poll(() => client.look().then(() => client.looks.length)).toBeGreaterThan(seen)
      const to = performance.now()
      disk.free()
      full.push({ from, to })
      freed.push(performance.now())
      await client.sendUntilKnown(refused)
    }
    await more(BETWEEN, 'stored')
  })().finally(() => {
    isOver = true
  })
  await Promise.all([all, filling])
  return { wished, full, freed }
}

/** While the disk is full, some orders still find room: only a refusal has to be clear. */
async function expectClearRefusal({ id, quantity, method, wish }: Wanted): Promise<void> {
  const order = { id, quantity, method, name: wish, consent: true }
  const refusal = async () => (await client.post(`${CAMPAIGN}/orders`, order)).text
  await expect.poll(refusal, { timeout: 30_000 }).toMatch(/"code":"(?:database_unavailable|overloaded)"/)
}
