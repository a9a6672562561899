import { mkdir, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { connect } from '../../src/db/connect.ts'
import { startEmbedded } from '../../src/db/embedded.ts'
import { runningEmbedded } from '../../src/db/embedded-attach.ts'
import { postmasterOf, processesOf, stopOrphans } from '../../src/db/orphans.ts'
import { runTwiza, type TwizaProcess, temporaryFolder } from '../support/twiza-process.ts'

// Two starts and a recovery, each of which takes its time on a busy machine.
vi.setConfig({ testTimeout: 90_000 })

const READY = /Twiza is ready: (\S+)/
const STOP_LIMIT_MS = 8_000

let folder: Awaited<ReturnType<typeof temporaryFolder>>

beforeEach(async () => {
  folder = await temporaryFolder()
})

afterEach(() => folder.remove())

test('after kill -9 the next start recovers by itself, with what was committed', async () => {
  const settings = { DATA_DIR: folder.path, PORT: '0' }
  const killed = await runTwiza(['start'], settings)
  await killed.said(READY)
  await write(runningEmbedded(folder.path)?.('twiza'))
  killed.signal('SIGKILL')
  await killed.ended

  const next = await runTwiza(['start'], settings)
  await next.said(READY)
  expect(await read(runningEmbedded(folder.path)?.('twiza'))).toEqual([{ word: 'kept' }])
  next.signal('SIGTERM')
  expect((await next.ended).exitCode).toBe(0)
})

test('after kill -9 of Twiza and of PostgreSQL the next start recovers too', async () => {
  const settings = { DATA_DIR: folder.path, PORT: '0' }
  const killed = await runTwiza(['start'], settings)
  await killed.said(READY)
  await write(runningEmbedded(folder.path)?.('twiza'))
  process.kill(postmaster(), 'SIGKILL')
  killed.signal('SIGKILL')
  await killed.ended

  const next = await runTwiza(['start'], settings)
  await next.said(READY)
  expect(await read(runningEmbedded(folder.path)?.('twiza'))).toEqual([{ word: 'kept' }])
  next.signal('SIGTERM')
  await next.ended
})

test('when PostgreSQL dies under it, Twiza starts it again, says so once, and goes on', async () => {
  const twiza = await runTwiza(['start'], { DATA_DIR: folder.path, PORT: '0' })
  const ready = `${await twiza.said(READY)}/readyz`
  const address = runningEmbedded(folder.path)?.('twiza')
  await write(address)
  // A process that computes does not notice the death of its postmaster: beside it no new one starts.
  const computing = await startComputing(address)
  process.kill(postmaster(), 'SIGKILL')
  await twiza.said(/"database":"back"/)
  expect((await fetch(ready)).status).toBe(200)
  expect(runningEmbedded(folder.path)?.('twiza')).toBe(address)
  expect(await read(address)).toEqual([{ word: 'kept' }])
  await computing.ended
  twiza.signal('SIGTERM')
  const { exitCode, errors } = await twiza.ended
  expect(exitCode).toBe(0)
  expect(lines(errors, 'database')).toEqual([
    { level: 'error', database: 'away', why: 'SIGKILL' },
    { level: 'info', database: 'back', afterMs: expect.any(Number), tries: expect.any(Number) },
  ])
})

test('when one process of PostgreSQL dies, PostgreSQL mends itself', async () => {
  const twiza = await runTwiza(['start'], { DATA_DIR: folder.path, PORT: '0' })
  const ready = `${await twiza.said(READY)}/readyz`
  const before = postmaster()
  const computing = await startComputing(runningEmbedded(folder.path)?.('twiza'))
  process.kill(computing.pid, 'SIGKILL')
  await computing.ended
  await expect.poll(async () => (await fetch(ready)).status, { timeout: 10_000 }).toBe(200)
  expect(postmaster()).toBe(before)
  twiza.signal('SIGTERM')
  const { exitCode, errors } = await twiza.ended
  expect([exitCode, lines(errors, 'database')]).toEqual([0, []])
})

test('while another program has the port of PostgreSQL, requests are told to come later', async () => {
  const twiza = await runTwiza(['start'], { DATA_DIR: folder.path, PORT: '0' })
  const ready = `${await twiza.said(READY)}/readyz`
  const other = await takePortOfPostgres()
  const refused = await fetch(ready)
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5'])
  expect(await refused.json()).toMatchObject({ code: 'database_unavailable' })
  other.close()
  await twiza.said(/"database":"back"/)
  expect((await fetch(ready)).status).toBe(200)
  twiza.signal('SIGTERM')
  expect((await twiza.ended).exitCode).toBe(0)
})

test.each<[string, (twiza: TwizaProcess) => void]>([
  ['SIGTERM', (twiza) => twiza.signal('SIGTERM')],
  ['Ctrl-C', (twiza) => twiza.signalGroup('SIGINT')],
])('%s while PostgreSQL is away stops Twiza in order', async (_name, stop) => {
  const twiza = await runTwiza(['start'], { DATA_DIR: folder.path, PORT: '0' })
  await twiza.said(READY)
  const other = await takePortOfPostgres()
  await twiza.said(/"database":"away"/)
  const askedAt = performance.now()
  stop(twiza)
  expect(await twiza.ended).toMatchObject({ exitCode: 0 })
  expect(performance.now() - askedAt).toBeLessThan(STOP_LIMIT_MS)
  expect(processesOf(join(folder.path, 'postgres'))).toEqual([])
  other.close()
})

test('a PostgreSQL left behind in the data folder is stopped', async () => {
  const cluster = join(folder.path, 'postgres')
  const killed = await runTwiza(['start'], { DATA_DIR: folder.path, PORT: '0' })
  await killed.said(READY)
  // Stopped, it does not hear that its parent has died.
  const left = postmaster()
  process.kill(left, 'SIGSTOP')
  killed.signal('SIGKILL')
  await killed.ended
  process.kill(left, 'SIGCONT')
  await stopOrphans(cluster)
  expect([postmasterOf(cluster), processesOf(cluster)]).toEqual([undefined, []])
})

test('a process that only has the number of a dead PostgreSQL is left alone', async () => {
  const cluster = join(folder.path, 'postgres')
  await mkdir(cluster)
  await writeFile(join(cluster, 'postmaster.pid'), `${process.pid}\n${cluster}\n`)
  await stopOrphans(cluster)
  expect(postmasterOf(cluster)).toBeUndefined()
})

test('a broken attempt to make the database is made again', async () => {
  await mkdir(join(folder.path, 'postgres.new', 'base'), { recursive: true })
  await writeFile(join(folder.path, 'postgres.password'), 'of the broken attempt')
  const database = await startEmbedded(folder.path, { durable: false })
  await database.stop()
})

function postmaster(): number {
  return postmasterOf(join(folder.path, 'postgres')) ?? Number.NaN
}

/** A query that computes for ever, and the process of PostgreSQL that does it. */
async function startComputing(url = ''): Promise<{ pid: number; ended: Promise<void> }> {
  const owner = connect(url, { max: 1, statementTimeoutMs: 0 })
  const [row] = await owner<{ pid: number }[]>`select pg_backend_pid() as pid`
  const ended = owner`select count(*) from generate_series(1, 1e12::bigint)`.then(
    () => Promise.reject(new Error('it cannot have counted so far')),
    () => owner.end({ timeout: 1 }),
  )
  await expect.poll(async () => (await stateOf(url, row!.pid)) === 'active', { timeout: 10_000 }).toBe(true)
  return { pid: row!.pid, ended }
}

async function stateOf(url: string, pid: number): Promise<string | undefined> {
  const owner = connect(url, { max: 1 })
  const [row] = await owner<{ state: string }[]>`
    select state from pg_stat_activity where pid = ${pid} and query like 'select count%'`
  await owner.end()
  return row?.state
}

/** Kills PostgreSQL and listens on its port before it can be started again. */
async function takePortOfPostgres(): Promise<Server> {
  const port = Number(new URL(runningEmbedded(folder.path)?.('twiza') ?? '').port)
  process.kill(postmaster(), 'SIGKILL')
  while (true) {
    const other = createServer((socket) => socket.destroy())
    const isTaken = await new Promise<boolean>((resolve) => {
      other.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true))
    })
    if (isTaken) return other
  }
}

/** The lines of the log that tell of something. */
function lines(errors: string, about: string): Record<string, unknown>[] {
  const all = errors.split('\n').filter((line) => line.startsWith('{'))
  return all.map((line) => JSON.parse(line)).filter((line) => about in line)
}

async function write(url = ''): Promise<void> {
  const owner = connect(url, { max: 1 })
  await owner`create table diary (word text)`
  await owner`insert into diary values ('kept')`
  await owner.end()
}

async function read(url = ''): Promise<unknown> {
  const owner = connect(url, { max: 1 })
  const rows = await owner`select word from diary`
  await owner.end()
  return [...rows]
}
