import { existsSync } from 'node:fs'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { type AddressInfo, connect, createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createBareDatabase } from '../../test/support/database.ts'
import { runTwiza, temporaryFolder } from '../../test/support/twiza-process.ts'

// Each test starts databases, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

const SECRET = 'a secret for tests with more than 32 characters'
const READY = /Twiza is ready: (\S+)/

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let dataDir: string

beforeEach(async () => {
  folder = await temporaryFolder()
  dataDir = join(folder.path, 'data')
})

afterEach(() => folder.remove())

describe('a start that cannot succeed says one sentence and exits with 1', () => {
  test('when the port is taken, leaving no database behind', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    expect(await sentenceOf({ DATA_DIR: dataDir, PORT: String(port) })).toBe(
      `The port ${port} on 127.0.0.1 is taken: stop what uses it, or set PORT to another.`,
    )
    expect(existsSync(join(dataDir, 'postgres/PG_VERSION'))).toBe(true)
    expect(existsSync(join(dataDir, 'postgres/postmaster.pid'))).toBe(false)
    other.close()
  })

  test('when the data folder cannot be written', async () => {
    await writeFile(join(folder.path, 'file'), '')
    const below = join(folder.path, 'file', 'data')
    expect(await sentenceOf({ DATA_DIR: below })).toBe(
      `The data folder ${below} cannot be written (ENOTDIR).`,
    )
  })

  test('when the system has no such place for the data folder', async () => {
    expect(await sentenceOf({ DATA_DIR: '/proc/nope/data' })).toMatch(
      /^The data folder \/proc\/nope\/data cannot be written \(E[A-Z]+\)\.$/,
    )
  })

  test('when the data folder is in use by another process, which goes on', async () => {
    const first = await runTwiza(['start'], { DATA_DIR: dataDir, PORT: '0' })
    const url = await first.said(READY)
    expect(await sentenceOf({ DATA_DIR: dataDir, PORT: '0' })).toBe(
      `The data folder ${dataDir} is in use by another process (${first.pid}): stop it, or choose another folder with DATA_DIR.`,
    )
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
    first.signal('SIGTERM')
    expect((await first.ended).exitCode).toBe(0)
  })

  test('when nothing listens at DATABASE_URL, without telling the password', async () => {
    const sentence = await sentenceOf({
      DATABASE_URL: 'postgres://a:hush@127.0.0.1:1/twiza',
      TWIZA_SECRET: SECRET,
    })
    expect(sentence).toBe(
      'The database at 127.0.0.1:1/twiza cannot be reached: nothing listens there; check DATABASE_URL.',
    )
  })

  test('when the password of DATABASE_URL is wrong, or the database is not there', async () => {
    const { ownerUrl, drop } = await createBareDatabase()
    const wrong = ownerUrl.replace(/:[^:@]+@/, ':wrong@')
    expect(await sentenceOf({ DATABASE_URL: wrong, TWIZA_SECRET: SECRET })).toContain('password is wrong')
    const absent = ownerUrl.replace(/\w+$/, 'absent')
    expect(await sentenceOf({ DATABASE_URL: absent, TWIZA_SECRET: SECRET })).toContain('no such database')
    await drop()
  })

  test('when a setting is unknown', async () => {
    expect(await sentenceOf({ TWIZA_SECRETT: SECRET })).toBe(
      'There is no setting TWIZA_SECRETT; did you mean TWIZA_SECRET?',
    )
  })

  test('when the secret is missing or too short', async () => {
    const DATABASE_URL = 'postgres://a:b@127.0.0.1:1/twiza'
    expect(await sentenceOf({ DATABASE_URL })).toMatch(
      /^The setting TWIZA_SECRET is needed with DATABASE_URL/,
    )
    expect(await sentenceOf({ DATABASE_URL, TWIZA_SECRET: 'short' })).toMatch(
      /^The setting TWIZA_SECRET is too short/,
    )
  })
})

test('serves with its own PostgreSQL, keeps its secret to itself, and stops on SIGTERM', async () => {
  const twiza = await runTwiza(['start'], { DATA_DIR: dataDir, PORT: '0' })
  const reply = await fetch(`${await twiza.said(READY)}/healthz`)
  expect(reply.status).toBe(200)
  expect((await stat(join(dataDir, 'secret'))).mode & 0o777).toBe(0o600)
  const secret = await readFile(join(dataDir, 'secret'), 'utf8')
  twiza.signal('SIGTERM')
  expect(await twiza.ended).toMatchObject({ exitCode: 0, errors: '' })
  expect(existsSync(join(dataDir, 'postgres/postmaster.pid'))).toBe(false)

  const again = await runTwiza(['start'], { DATA_DIR: dataDir, PORT: '0' })
  await again.said(READY)
  expect(await readFile(join(dataDir, 'secret'), 'utf8')).toBe(secret)
  again.signal('SIGTERM')
  await again.ended
})

test('Ctrl-C, heard twice by the whole group, stops it in order', async () => {
  const twiza = await runTwiza(['start'], { DATA_DIR: dataDir, PORT: '0' })
  await twiza.said(READY)
  twiza.signalGroup('SIGINT')
  twiza.signalGroup('SIGINT')
  expect(await twiza.ended).toMatchObject({ exitCode: 0, errors: '' })
  expect(await readFile(join(dataDir, 'postgres.log'), 'utf8')).toContain('database system is shut down')
})

test('a signal during the start ends it with nothing left running', async () => {
  const twiza = await runTwiza(['start'], { DATA_DIR: dataDir, PORT: '0' })
  await expect.poll(() => existsSync(join(dataDir, 'lock.pid')), { interval: 5, timeout: 10_000 }).toBe(true)
  twiza.signal('SIGTERM')
  expect(await twiza.ended).toMatchObject({
    exitCode: 0,
    output: expect.stringContaining('stopped before'),
    errors: '',
  })
  expect(existsSync(join(dataDir, 'postgres/postmaster.pid'))).toBe(false)
})

test('a signal ends a start that hangs', async () => {
  const asked = Promise.withResolvers<void>()
  // Takes connections and never says a word.
  const silent = createServer((socket) => {
    socket.on('error', () => undefined)
    asked.resolve()
  })
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const { port } = silent.address() as AddressInfo
  const settings = { DATABASE_URL: `postgres://a:b@127.0.0.1:${port}/twiza`, TWIZA_SECRET: SECRET }
  const twiza = await runTwiza(['start'], settings)
  await asked.promise
  twiza.signal('SIGTERM')
  const { exitCode, output } = await twiza.ended
  expect([exitCode, output]).toEqual([0, expect.stringContaining('stopped before')])
  silent.close()
})

test('SIGTERM ends it within the ten seconds of supervisors, whatever requests are unfinished', async () => {
  const twiza = await runTwiza(['start'], { DATA_DIR: dataDir, PORT: '0' })
  const { port } = new URL(await twiza.said(READY))
  const upload = connect(Number(port), '127.0.0.1').on('error', () => undefined)
  upload.write('POST /api/v1/campaigns/a/b/orders HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n')
  upload.write('Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n')
  // Its "go on" says that the request is in flight.
  await new Promise<void>((resolve) => upload.once('data', () => resolve()))
  const askedAt = performance.now()
  twiza.signal('SIGTERM')
  expect(await twiza.ended).toMatchObject({ exitCode: 0, errors: '' })
  expect(performance.now() - askedAt).toBeLessThan(9_500)
  expect(existsSync(join(dataDir, 'postgres/postmaster.pid'))).toBe(false)
})

test.each([
  ['check', []],
  ['sign-in', ['salma@casa.example']],
])('%s refuses where there is no installation, and makes nothing', async (command, words) => {
  const embedded = await (await runTwiza([command, ...words], { DATA_DIR: dataDir })).ended
  expect(embedded).toMatchObject({
    exitCode: 1,
    errors: `There is no installation in the folder ${dataDir}: check DATA_DIR.\n`,
  })
  expect(existsSync(dataDir)).toBe(false)

  const { ownerUrl, drop } = await createBareDatabase()
  const settings = { DATABASE_URL: ownerUrl, TWIZA_SECRET: SECRET }
  const own = await (await runTwiza([command, ...words], settings)).ended
  expect(own.errors).toMatch(/^There is no installation in the database \S+: check DATABASE_URL\.\n$/)
  expect(own.exitCode).toBe(1)
  // Still empty: it refuses again.
  expect((await (await runTwiza([command, ...words], settings)).ended).errors).toBe(own.errors)
  await drop()
})

test("serves with one's own PostgreSQL, several processes on one database", async () => {
  const { ownerUrl, drop } = await createBareDatabase()
  const settings = { DATABASE_URL: ownerUrl, TWIZA_SECRET: SECRET, PORT: '0' }
  const processes = await Promise.all([1, 2].map(() => runTwiza(['start'], settings)))
  for (const twiza of processes) expect((await fetch(`${await twiza.said(READY)}/healthz`)).status).toBe(200)
  for (const twiza of processes) twiza.signal('SIGTERM')
  for (const twiza of processes) expect((await twiza.ended).exitCode).toBe(0)
  await drop()
})

test('migrate works alone and beside a running Twiza', async () => {
  const alone = await (await runTwiza(['migrate'], { DATA_DIR: dataDir })).ended
  expect(alone).toMatchObject({ exitCode: 0, output: expect.stringContaining('Applied 0001-') })
  const twiza = await runTwiza(['start'], { DATA_DIR: dataDir, PORT: '0' })
  await twiza.said(READY)
  const beside = await (await runTwiza(['migrate'], { DATA_DIR: dataDir })).ended
  expect(beside).toMatchObject({ exitCode: 0, output: expect.stringContaining('0 applied now') })
  twiza.signal('SIGTERM')
  await twiza.ended
})

test('a command that is not there gets the list of those that are', async () => {
  const { exitCode, errors } = await (await runTwiza(['strat'], {})).ended
  expect(exitCode).toBe(1)
  expect(errors).toMatch(/^There is no command strat; did you mean start\?/)
  expect(errors).toContain('  migrate ')
})

/** What a start with these settings writes to its errors: exactly one line. */
async function sentenceOf(settings: Record<string, string>): Promise<string> {
  const { exitCode, errors } = await (await runTwiza(['start'], settings)).ended
  expect(exitCode).toBe(1)
  expect(errors.trimEnd().split('\n')).toHaveLength(1)
  expect(errors).toMatch(/^[A-Z].*[.?]\n$/)
  return errors.trimEnd()
}

test.each([
  [['--help'], /start +serve/],
  [['start', '--help'], /--processes N/],
  [['start', '-h'], /--processes N/],
  [['check', '--help'], /npm run twiza -- check {3}\S/],
])('%j is answered without doing anything', async (words, said) => {
  const { exitCode, output, errors } = await (await runTwiza(words, { DATA_DIR: dataDir })).ended
  expect([exitCode, errors]).toEqual([0, ''])
  expect(output).toMatch(said)
})
