import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createBareDatabase } from '../support/database.ts'
import { apiWish, type OrderClient, openOrderClient } from '../support/order-client.ts'
import { runTwiza, type TwizaProcess, temporaryFolder } from '../support/twiza-process.ts'
import { createWorld } from '../support/world.ts'

// Several processes start in each test, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 90_000 })

const SECRET = 'a secret for tests with more than 32 characters'
const READY = /Twiza is ready: (\S+)/
const ORDERS = '/api/v1/campaigns/casa/dar-salma/orders'
const CLIENTS = 48

let folder: Awaited<ReturnType<typeof temporaryFolder>>

beforeEach(async () => {
  folder = await temporaryFolder()
})

afterEach(() => folder.remove())

test('two processes serve one campaign in a storm; one is killed in it, and nothing is lost or given twice', async () => {
  const goal = 300
  const world = await createWorld({ now: new Date(), goal })
  const settings = {
    DATABASE_URL: world.database.ownerUrl,
    DATABASE_APP_URL: world.database.appUrl,
    TWIZA_SECRET: SECRET,
    PORT: '0',
  }
  const twiza = await runTwiza(['start', '--processes', '2'], settings)
  const url = `${(await twiza.said(READY)).replace('localhost', '127.0.0.1')}${ORDERS}`
  const clients = Array.from({ length: CLIENTS }, () => openOrderClient(url))
  const first = workersOf(twiza)
  // The owner's way into the database stays with the first process, and the secret is told, not inherited.
  for (const pid of first) {
    const environment = readFileSync(`/proc/${pid}/environ`, 'utf8')
    expect(environment).not.toContain(world.database.ownerUrl)
    expect(environment).not.toContain(SECRET)
  }
  let victim = Number.NaN

  const given = new Map<string, readonly number[]>()
  const twiceAtOnce = async (pair: readonly OrderClient[]) => {
    while (given.size < goal) {
      const wish = apiWish()
      const answers = await Promise.all(pair.map((client) => client.order(wish)))
      if (answers.every(({ status }) => status === 409)) return
      expect(answers.map(({ status }) => status).toSorted()).toEqual(
        answers.some(({ status }) => status === 201) ? [200, 201] : [200, 200],
      )
      expect(answers[0]?.coupons).toEqual(answers[1]?.coupons)
      given.set(wish.id, answers[0]?.coupons ?? [])
      if (given.size !== Math.floor(goal / 3)) continue
      victim = busiestOf(first)
      process.kill(victim, 'SIGKILL')
    }
  }
  // The system spreads the connections: some pairs ask one process, most ask two.
  const pairs = Array.from({ length: CLIENTS / 2 }, (_, index) => clients.slice(index * 2, index * 2 + 2))
  await Promise.all(pairs.map(twiceAtOnce))

  expect(clients.filter(({ cuts }) => cuts > 0).length).toBeGreaterThan(0)
  for (const client of clients) client.close()
  const numbers = [...given.values()].flat().toSorted((a, b) => a - b)
  expect(numbers).toEqual(Array.from({ length: goal }, (_, index) => index + 1))
  const [stored] = await world.ownerSql<{ orders: number }[]>`select count(*)::int as orders from "order"`
  expect(stored?.orders).toBe(goal)
  // The one that was killed has a successor; the other never ended.
  await expect.poll(() => workersOf(twiza).length, { interval: 10, timeout: 20_000 }).toBe(2)
  expect(workersOf(twiza)).toContain(first.find((pid) => pid !== victim))
  expect(workersOf(twiza)).not.toContain(victim)
  const checked = await (await runTwiza(['check'], settings)).ended
  expect(checked).toMatchObject({ exitCode: 0, output: expect.stringContaining('no violation') })

  const workers = workersOf(twiza)
  twiza.signal('SIGTERM')
  const { exitCode, errors } = await twiza.ended
  expect(exitCode).toBe(0)
  expect(JSON.parse(errors)).toEqual({ level: 'error', worker: victim, ended: 'SIGKILL', againInMs: 100 })
  expect(workers.filter(isAlive)).toEqual([])
  await world.drop()
})

test('with its own PostgreSQL; Ctrl-C, heard twice by the whole group, stops all of it in order', async () => {
  const twiza = await runTwiza(['start', '--processes=2'], { DATA_DIR: folder.path, PORT: '0' })
  const url = await twiza.said(READY)
  // Made once, by the first process.
  await twiza.said(/Set it up once, here: (\S+)/)
  expect((await fetch(`${url}/readyz`)).status).toBe(200)
  const workers = workersOf(twiza)
  expect(workers).toHaveLength(2)
  twiza.signalGroup('SIGINT')
  twiza.signalGroup('SIGINT')
  expect(await twiza.ended).toMatchObject({ exitCode: 0, errors: '' })
  expect(workers.filter(isAlive)).toEqual([])
  expect(existsSync(join(folder.path, 'postgres/postmaster.pid'))).toBe(false)
})

test('after kill -9 of the first process nobody serves any more, and the next start works', async () => {
  const settings = { DATA_DIR: folder.path, PORT: '0' }
  const killed = await runTwiza(['start', '--processes', '2'], settings)
  await killed.said(READY)
  const workers = workersOf(killed)
  killed.signal('SIGKILL')
  await expect.poll(() => workers.filter(isAlive), { interval: 10, timeout: 10_000 }).toEqual([])
  const next = await runTwiza(['start', '--processes', '2'], settings)
  await next.said(READY)
  next.signal('SIGTERM')
  expect((await next.ended).exitCode).toBe(0)
})

test('a start that cannot succeed says one sentence, with no process left', async () => {
  const { ownerUrl, drop } = await createBareDatabase()
  const settings = { DATABASE_URL: ownerUrl, TWIZA_SECRET: SECRET, PORT: '0' }
  const first = await runTwiza(['start'], settings)
  const { port } = new URL(await first.said(READY))
  const taken = await runTwiza(['start', '--processes', '2'], { ...settings, PORT: port })
  expect(await taken.ended).toEqual({
    exitCode: 1,
    output: '',
    errors: `The port ${port} on 127.0.0.1 is taken: stop what uses it, or set PORT to another.\n`,
  })
  const many = await runTwiza(['start', '--processes', '64'], settings)
  expect(await many.ended).toMatchObject({
    exitCode: 1,
    errors:
      '64 processes need 456 connections or more, and PostgreSQL gives 97: start fewer, or raise its max_connections.\n',
  })
  const wrong = await runTwiza(['start', '--processes', 'two'], settings)
  expect(await wrong.ended).toMatchObject({
    exitCode: 1,
    errors: '--processes needs a whole number from 1 to 64.\n',
  })
  first.signal('SIGTERM')
  await first.ended
  await drop()
})

/** The system spreads the connections as it likes: the process that has most of them. */
function busiestOf(workers: readonly number[]): number {
  const sockets = (pid: number) => readdirSync(`/proc/${pid}/fd`).length
  return workers.toSorted((one, other) => sockets(other) - sockets(one))[0] ?? Number.NaN
}

/** The processes that serve: the children of the first one that are Node. */
function workersOf(twiza: TwizaProcess): number[] {
  const children = readFileSync(`/proc/${twiza.pid}/task/${twiza.pid}/children`, 'utf8')
  const pids = children.split(' ').filter(Boolean).map(Number)
  return pids.filter(
    (pid) => isAlive(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('twiza.js'),
  )
}

function isAlive(pid: number): boolean {
  return existsSync(`/proc/${pid}/exe`) && !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
}
