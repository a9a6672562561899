import { sql as sqlText } from 'kysely'
import postgres from 'postgres'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { startTcpProxy, type TcpProxy } from '../../test/support/tcp-proxy.ts'
import { connect, type Sql } from './connect.ts'
import { openDatabase } from './database.ts'
import { withLeases } from './leases.ts'
import { isUnavailable } from './unavailable.ts'

const MAX = 2
const KYSELYS = { prepare: true }

let database: TestDatabase
let proxy: TcpProxy
let owner: Sql
let sql: Sql
let address: string
beforeAll(async () => {
  database = await createTestDatabase()
  owner = connect(database.ownerUrl, { max: 1 })
})
afterAll(async () => {
  await owner?.end()
  await database?.drop()
})
beforeEach(async () => {
  const url = new URL(database.appUrl)
  proxy = await startTcpProxy({ host: url.hostname, port: Number(url.port) })
  url.host = `127.0.0.1:${proxy.port}`
  address = url.href
  sql = connect(address, { max: MAX })
})
afterEach(async () => {
  await sql.end({ timeout: 1 })
  await proxy.close()
  // Whoever sleeps behind a network that never came back would be counted by the next test.
  await owner`select pg_terminate_backend(pid, 5000) from pg_stat_activity
    where datname = current_database() and query like 'select pg_sleep%'`
})

/** One query as the application asks it: on a connection of its own for so long. */
async function ask(text: string, from: Sql = sql): Promise<unknown> {
  const lease = await from.reserve()
  try {
    const [row] = await lease.unsafe(text, [], KYSELYS)
    return row?.answer
  } finally {
    lease.release()
  }
}

/** How many connections of the application sleep on the server. */
async function sleeping(): Promise<number> {
  const [row] = await owner<{ count: number }[]>`
    select count(*)::integer from pg_stat_activity
    where datname = current_database() and state = 'active' and query like 'select pg_sleep%'`
  return row?.count ?? 0
}

test('whoever waits for a connection while all of them break is answered on a new one', async () => {
  const inFlight = Array.from({ length: MAX }, () => ask('select pg_sleep(60)'))
  const told = Promise.allSettled(inFlight)
  const waiting = Array.from({ length: 10 }, (_, number) => ask(`select ${number} as answer`))
  await expect.poll(() => proxy.open).toBe(MAX)
  proxy.cutAll()
  expect((await told).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(await Promise.all(waiting)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
})

test('nobody is told that an answer is lost while the server still works on it', async () => {
  const told = Promise.allSettled([ask('select pg_sleep(60)')])
  await expect.poll(sleeping).toBe(1)
  proxy.cutAll()
  expect(await told).toMatchObject([{ status: 'rejected' }])
  expect(await sleeping()).toBe(0)
})

test('a server that is away keeps nobody waiting', async () => {
  const told = Promise.allSettled([ask('select pg_sleep(60)')])
  await expect.poll(sleeping).toBe(1)
  await proxy.close()
  expect(await told).toMatchObject([{ status: 'rejected' }])
})

test('a network that never comes back is waited for so long and no longer', async () => {
  const told = Promise.allSettled([ask('select pg_sleep(60)')])
  await expect.poll(sleeping).toBe(1)
  proxy.passages = { toServer: () => 'swallow' }
  proxy.cutAll()
  expect(await told).toMatchObject([{ status: 'rejected' }])
})

test('connections that break again and again under load leave no place of the pool lost', async () => {
  let pieces = 0
  proxy.passages = { toClient: () => (++pieces % 7 === 0 ? 'cut' : 'pass') }
  await Promise.allSettled(Array.from({ length: 100 }, () => ask('select 1 as answer')))
  proxy.passages = {}
  const answers = await Promise.all(Array.from({ length: 20 }, () => ask('select 1 as answer')))
  expect(answers).toEqual(Array(20).fill(1))
})

test('a transaction whose connection broke goes no further, least of all on another connection', async () => {
  const lease = await sql.reserve()
  await lease.unsafe('begin', [], KYSELYS)
  await lease.unsafe('select 1', [], KYSELYS)
  proxy.cutAll()
  const next = async () => lease.unsafe('select 2', [], KYSELYS)
  await expect(next()).rejects.toMatchObject({ code: expect.stringMatching(/^(?:CONNECTION_CLOSED|E)/) })
  await expect(next()).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' })
  await lease.unsafe('rollback', [], KYSELYS)
  lease.release()
  expect(await ask('select 3 as answer')).toBe(3)
})

test('whoever is in a transaction is told that the connection broke, and nothing else', async () => {
  const { shared } = openDatabase(sql)
  const inside = shared.transaction().execute(async (transaction) => {
    await sqlText`select 1`.execute(transaction)
    proxy.cutAll()
    await sqlText`select 2`.execute(transaction)
  })
  const error: unknown = await inside.catch((thrown: unknown) => thrown)
  expect(isUnavailable(error), String(error)).toBe(true)
})

test('a server that falls silent is given up, and the next query goes to a new connection', async () => {
  const open = (onclose: () => void) => postgres(address, { max: 1, fetch_types: false, onclose })
  const impatient = withLeases(postgres(address) as unknown as Sql, {
    max: 1,
    open: (onclose) => ({ sql: open(onclose) as unknown as Sql, endBackend: async () => undefined }),
    answerTimeoutMs: 1000,
  })
  expect(await ask('select 1 as answer', impatient)).toBe(1)
  proxy.passages = { toClient: () => 'swallow' }
  await expect(ask('select 2 as answer', impatient)).rejects.toMatchObject({ code: 'ETIMEDOUT' })
  proxy.passages = {}
  expect(await ask('select 3 as answer', impatient)).toBe(3)
  await impatient.end({ timeout: 1 })
})

test('arrays go to the database and come back as they were', async () => {
  const lease = await sql.reserve()
  const words = ['ar', 'a b', 'c"d', 'e\\f', '{g}', 'h,i']
  const numbers = [1, 417]
  const rows = await lease.unsafe(
    'select $1::text[] as words, $2::integer[] as numbers',
    [words, numbers],
    KYSELYS,
  )
  lease.release()
  expect([...rows]).toEqual([{ words, numbers }])
})
