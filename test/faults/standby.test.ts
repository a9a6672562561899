import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { connect, type Sql } from '../../src/db/connect.ts'
import { openDatabase } from '../../src/db/database.ts'
import { apiWish, openOrderClient } from '../support/order-client.ts'
import { type StandbyPair, startStandbyPair } from '../support/standby.ts'
import { runTwiza, type TwizaProcess, temporaryFolder } from '../support/twiza-process.ts'
import { addCampaign, addCollective } from '../support/world-seed.ts'

// Two servers and a Twiza start.
vi.setConfig({ testTimeout: 90_000 })

const SECRET = 'a secret for tests with more than 32 characters'
const READY = /Twiza is ready: (\S+)/
const GOAL = 100
// A page is never older than this, plus the time of asking.
const FRESH_MS = 1_000

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let pair: StandbyPair
let primary: Sql
let standby: Sql
let twiza: TwizaProcess
let origin: string

beforeEach(async () => {
  folder = await temporaryFolder()
  pair = await startStandbyPair(folder.path)
  primary = connect(pair.primary.ownerUrl('postgres'), { max: 2 })
  standby = connect(pair.standby.ownerUrl('postgres'), { max: 2 })
  twiza = await runTwiza(['start'], {
    DATABASE_URL: pair.primary.ownerUrl('postgres'),
    DATABASE_READ_URL: pair.standby.ownerUrl('postgres'),
    TWIZA_SECRET: SECRET,
    PORT: '0',
  })
  origin = (await twiza.said(READY)).replace('localhost', '127.0.0.1')
  const db = openDatabase(primary)
  const { associationId } = await addCollective(db, new Date())
  const [collective] = await primary<{ id: string }[]>`select id from collective`
  await addCampaign(db.of(collective?.id ?? ''), associationId, new Date(), { slug: 'dar-salma', goal: GOAL })
  await caughtUp()
})

afterEach(async () => {
  twiza.signal('SIGTERM')
  await twiza.ended
  await Promise.all([primary.end({ timeout: 1 }), standby.end({ timeout: 1 })])
  await pair.stop()
  await folder.remove()
})

test('pages come from the standby, as fresh as from the primary; orders need it for nothing', async () => {
  let ordered = 0
  const orderAndLook = async () => {
    await order()
    ordered += 1
    await expect.poll(promised, { interval: 20, timeout: FRESH_MS }).toBe(ordered)
  }
  const readThere = async () => {
    await orderAndLook()
    return await pagesAreReadFrom(standby)
  }
  await expect.poll(readThere, { interval: 100, timeout: 20_000 }).toBe(true)

  // While it lags behind, pages come from the primary.
  await caughtUp()
  await standby`select pg_wal_replay_pause()`
  const orderedBefore = ordered
  for (let count = 0; count < 3; count += 1) await orderAndLook()
  const [behind] = await standby<{ reserved: number }[]>`select reserved from campaign`
  expect(behind?.reserved).toBe(orderedBefore)
  await standby`select pg_wal_replay_resume()`

  await pair.standby.stop(1_000)
  for (let count = 0; count < 3; count += 1) await orderAndLook()
})

test('a standby that was promoted is read no more, whatever it says of its version', async () => {
  const readThere = async () => {
    await order()
    await page()
    return await pagesAreReadFrom(standby)
  }
  await expect.poll(readThere, { interval: 100, timeout: 20_000 }).toBe(true)
  await standby`select pg_promote()`
  // From here on there are two worlds, and the wrong one changes more often.
  for (let count = 0; count < 5; count += 1) await standby`update dream set title = 'Another world'`
  await primary`update dream set title = 'The true world'`
  await expect.poll(page, { interval: 20, timeout: FRESH_MS }).toContain('The true world')
  expect(await page()).not.toContain('Another world')
})

/** Orders one coupon and answers its number. */
async function order(): Promise<readonly number[]> {
  const client = openOrderClient(`${origin}/api/v1/campaigns/casa/dar-salma/orders`)
  const { status, coupons } = await client.order(apiWish())
  client.close()
  expect(status).toBe(201)
  return coupons
}

/** How many coupons are promised, as the campaign's page says. */
async function promised(): Promise<number> {
  return Number(/data-count="promised">(\d+)</.exec(await page())?.[1])
}

async function page(): Promise<string> {
  return await (await fetch(`${origin}/fr/casa/dar-salma`)).text()
}

/** Whether a connection for reading asked this server last for something else than its version. */
async function pagesAreReadFrom(server: Sql): Promise<boolean> {
  const queries = await server<{ query: string }[]>`
    select query from pg_stat_activity where application_name like 'twiza reads #%'`
  return queries.some(({ query }) => /campaign/.test(query) && !/collective_revision/.test(query))
}

async function caughtUp(): Promise<void> {
  const [now] = await primary<{ lsn: string }[]>`select pg_current_wal_lsn()::text as lsn`
  const hasCome = async () => {
    const [row] = await standby<
      { come: boolean }[]
    >`select pg_last_wal_replay_lsn() >= ${now?.lsn ?? ''}::pg_lsn as come`
    return row?.come
  }
  await expect.poll(hasCome, { interval: 10, timeout: 10_000 }).toBe(true)
}
