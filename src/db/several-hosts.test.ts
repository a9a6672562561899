import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type StandbyPair, startStandbyPair } from '../../test/support/standby.ts'
import { temporaryFolder } from '../../test/support/twiza-process.ts'
import { connect } from './connect.ts'
import { startDatabase } from './start-database.ts'
import { isUnavailable } from './unavailable.ts'

// Two servers start, one of them as a copy of the other.
vi.setConfig({ testTimeout: 60_000 })

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let pair: StandbyPair

beforeAll(async () => {
  folder = await temporaryFolder()
  pair = await startStandbyPair(folder.path)
})

afterAll(async () => {
  await pair?.stop()
  await folder.remove()
})

/** One address with both servers, the standby first. */
function bothUrl(query = ''): string {
  const standby = new URL(pair.standby.ownerUrl('postgres'))
  return pair.primary.ownerUrl('postgres').replace('@', `@${standby.host},`) + query
}

test.each(['', '?target_session_attrs=read-write', '?target_session_attrs=primary'])(
  'of several hosts the primary is taken, whichever comes first: %o',
  async (query) => {
    const sql = connect(bothUrl(query), { max: 3 })
    const asked = await Promise.all(
      Array.from({ length: 6 }, () => sql`select pg_is_in_recovery() as standby`),
    )
    expect(asked.map(([row]) => row?.standby)).toEqual(Array(6).fill(false))
    await sql.end()
  },
)

test('a wrong password is told as such', async () => {
  const sql = connect(bothUrl().replace(/:[^:@]+@/, ':wrong@'), { max: 1 })
  await expect(sql`select 1`).rejects.toMatchObject({ code: '28P01' })
  await sql.end()
})

test('when the primary dies and the standby is promoted, the same pool works again', async () => {
  const database = await startDatabase({
    databaseUrl: bothUrl(),
    databaseAppUrl: undefined,
    dataDir: folder.path,
    loginKey: Buffer.alloc(32, 7),
  })
  const ask = () => database.sql`insert into setup_link values ('kept', now()) on conflict do nothing`
  await ask()
  const standby = connect(pair.standby.ownerUrl('postgres'), { max: 1 })
  await expect
    .poll(async () => [...(await standby`select token_hash from setup_link`)], {
      interval: 20,
      timeout: 10_000,
    })
    .toEqual([{ token_hash: 'kept' }])
  await pair.primary.stop(1_000)
  const refused = await ask().then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(isUnavailable(refused)).toBe(true)
  // Each question is answered, not only the first: nobody waits until there is a primary again.
  const all = await Promise.allSettled(Array.from({ length: 30 }, ask))
  expect(all.every((one) => one.status === 'rejected' && isUnavailable(one.reason))).toBe(true)
  await standby`select pg_promote()`
  await standby.end()
  const tryAgain = () =>
    ask().then(
      () => 'written',
      () => 'not yet',
    )
  await expect.poll(tryAgain, { interval: 50, timeout: 20_000 }).toBe('written')
  await database.close(2_000)
})
