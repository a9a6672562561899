import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { connect } from '../../src/db/connect.ts'
import { type EmbeddedPostgres, startEmbedded } from '../../src/db/embedded.ts'
import { runningEmbedded } from '../../src/db/embedded-attach.ts'
import { postmasterOf, stopOrphan } from '../../src/db/orphan.ts'
import { runTwiza, temporaryFolder } from '../support/twiza-process.ts'

// Two starts and a recovery, each of which takes its time on a busy machine.
vi.setConfig({ testTimeout: 90_000 })

const READY = /Twiza is ready: (\S+)/

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
  const postmaster = postmasterOf(join(folder.path, 'postgres'))
  process.kill(postmaster ?? Number.NaN, 'SIGKILL')
  killed.signal('SIGKILL')
  await killed.ended

  const next = await runTwiza(['start'], settings)
  await next.said(READY)
  expect(await read(runningEmbedded(folder.path)?.('twiza'))).toEqual([{ word: 'kept' }])
  next.signal('SIGTERM')
  await next.ended
})

test('when PostgreSQL dies under it, Twiza says so and ends', async () => {
  const twiza = await runTwiza(['start'], { DATA_DIR: folder.path, PORT: '0' })
  await twiza.said(READY)
  process.kill(postmasterOf(join(folder.path, 'postgres')) ?? Number.NaN, 'SIGKILL')
  expect(await twiza.ended).toMatchObject({
    exitCode: 1,
    errors: 'The embedded PostgreSQL stopped by itself.\n',
  })
})

test('a PostgreSQL left behind in the data folder is stopped', async () => {
  const left: EmbeddedPostgres = await startEmbedded(folder.path, { durable: false })
  await stopOrphan(join(folder.path, 'postgres'))
  await left.stoppedByItself
  expect(postmasterOf(join(folder.path, 'postgres'))).toBeUndefined()
  await left.stop()
})

test('a process that only has the number of a dead PostgreSQL is left alone', async () => {
  const cluster = join(folder.path, 'postgres')
  await mkdir(cluster)
  await writeFile(join(cluster, 'postmaster.pid'), `${process.pid}\n${cluster}\n`)
  await stopOrphan(cluster)
  expect(postmasterOf(cluster)).toBeUndefined()
})

test('a broken attempt to make the database is made again', async () => {
  await mkdir(join(folder.path, 'postgres.new', 'base'), { recursive: true })
  await writeFile(join(folder.path, 'postgres.password'), 'of the broken attempt')
  const database = await startEmbedded(folder.path, { durable: false })
  await database.stop()
})

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
