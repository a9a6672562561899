import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runningEmbedded } from '../../src/db/embedded-attach.ts'
import { processesOf } from '../../src/db/orphans.ts'
import { seededRandom } from '../support/random.ts'
import { runTwiza, type TwizaProcess, temporaryFolder } from '../support/twiza-process.ts'
import { checkHistory } from './history.ts'
import {
  furnishInstallation,
  type Installation,
  pay,
  READY,
  recoveries,
  untilOpen,
  wishes,
} from './installation.ts'
import { percentile, report } from './report.ts'
import { SEED, scale } from './scale.ts'
import { atOnce, CAMPAIGN, readFinal } from './storm.ts'
import { openStormClient, type StormClient } from './storm-client.ts'

const ORDERS = scale(600, 10_000)
const KILLS = scale(5, 100)
const CONTROL_ORDERS = 100
const AT_ONCE = 32
const SENT_AGAIN = 0.1
const PAID = 0.3
/** The figure of the full run, which has the machine to itself; the quick one shares it with other tests. */
const ORDERS_AGAIN_MS = scale(20_000, 5_000)
const PATIENCE_MS = 5_000
// Fifty callbacks a second.
const CALLBACKS_MS = 120_000

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let twiza: TwizaProcess
let installation: Installation
let client: StormClient
beforeEach(async () => {
  folder = await temporaryFolder()
  twiza = await runTwiza(['start'], { DATA_DIR: folder.path, PORT: '0', TWIZA_CARD_PROVIDER: 'sandbox' })
  const port = Number(new URL(await twiza.said(READY)).port)
  installation = await furnishInstallation(runningEmbedded(folder.path)?.('twiza') ?? '', 3 * ORDERS)
  client = openStormClient({ port, campaign: CAMPAIGN, patienceMs: PATIENCE_MS })
  await untilOpen(client)
})
afterEach(async () => {
  client?.close()
  await installation?.close()
  twiza?.signal('SIGTERM')
  await twiza?.ended
  await folder.remove()
})

/** The postmaster and every process of it at once, as by a loss of power. */
function killDatabase(): void {
  for (const pid of processesOf(join(folder.path, 'postgres'))) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch (error) {
      // It may just have ended by itself.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }
}

test(`PostgreSQL killed ${KILLS} times during ${ORDERS} orders: none lost, none twice (SEED=${SEED})`, async () => {
  const dice = seededRandom(SEED)
  const kills: number[] = []
  const paid: string[] = []
  let answered = 0
  await atOnce(wishes(ORDERS, dice), AT_ONCE, async (wanted) => {
    await client.sendUntilKnown(wanted)
    answered += 1
    if (kills.length < KILLS && answered > ((kills.length + 1) * ORDERS) / (KILLS + 1)) {
      kills.push(performance.now())
      killDatabase()
    }
    if (dice.next() < SENT_AGAIN) await client.sendUntilKnown(wanted)
    if (wanted.method === 'card' && dice.next() < PAID) {
      await pay(client, wanted.id)
      paid.push(wanted.id)
    }
  })
  expect(kills).toHaveLength(KILLS)
  const again = recoveries(client, kills)
  expect(percentile(0.99, again)).toBeLessThan(ORDERS_AGAIN_MS)

  // The clock of the installation goes on: it delivers what the sandbox has to say. What many kills interrupted
  // would be due again in minutes.
  await installation.ownerSql`update sandbox_callback set due_at = now() where sent_at is null`
  const settled = async () => {
    const rows = await installation.ownerSql`select id from "order" where status = 'paid'`
    return rows.length
  }
  await expect.poll(settled, { timeout: CALLBACKS_MS }).toBe(paid.length)
  const final = await readFinal(installation)
  expect(checkHistory(client, final)).toEqual([])
  expect(client.odd).toEqual([])
  expect(final.orders).toHaveLength(ORDERS)
  const [ledger] = await installation.ownerSql<{ sum: bigint }[]>`
    select coalesce(sum(debits_minor - credits_minor), 0)::bigint as sum from account`
  expect(ledger?.sum).toBe(0n)
  expect(await installation.violations()).toEqual([])
  const checked = await (await runTwiza(['check'], { DATA_DIR: folder.path })).ended
  expect(checked).toMatchObject({ exitCode: 0, output: expect.stringContaining('no violation') })
  report('T1', {
    kills: kills.length,
    wishes: ORDERS,
    rows: final.orders.length,
    paid: paid.length,
    'attempts without an answer': client.attempts.filter(({ answer }) => answer.kind === 'unknown').length,
    'orders again, p99 ms': percentile(0.99, again),
    'orders again, longest ms': Math.round(Math.max(...again)),
  })
}, 1_800_000)

test('with commits that do not wait for the disk, orders that were acknowledged are lost', async () => {
  const { ownerSql } = installation
  await ownerSql.unsafe('alter database twiza set synchronous_commit = off')
  await ownerSql.unsafe(`alter system set wal_writer_delay = '10s'`)
  await ownerSql`select pg_reload_conf()`
  await ownerSql`select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'twiza #%' and pid <> pg_backend_pid()`
  await atOnce(wishes(CONTROL_ORDERS, seededRandom(SEED)), AT_ONCE, (wanted) => client.sendUntilKnown(wanted))
  killDatabase()
  await twiza.said(/"database":"back"/)
  const rules = checkHistory(client, await readFinal(installation)).map(({ rule }) => rule)
  expect(new Set(rules)).toEqual(new Set(['acknowledged_is_stored']))
}, 60_000)
