import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { createTestDatabase } from '../../test/support/database.ts'
import { placed } from '../../test/support/giving.ts'
import { createWorld, type World } from '../../test/support/world.ts'
import { connect } from '../db/connect.ts'
import { type Database, openDatabase } from '../db/database.ts'
import { type KeptOptions, openKept } from './kept.ts'
import { readingFrom } from './source.ts'
import { readVersions } from './versions.ts'

let world: World

beforeAll(async () => {
  world = await createWorld({ goal: 500 })
})

afterAll(() => world.drop())

test('a thing is made once for each version, however many ask at once', async () => {
  const { ask, made } = await open()
  await Promise.all(Array.from({ length: 20 }, () => ask()))
  expect(made()).toBe(1)
  await placed(world)
  await Promise.all(Array.from({ length: 20 }, () => ask()))
  await ask()
  expect(made()).toBe(2)
})

test('while the proof is young nobody is asked; once it is too old the truth is told', async () => {
  const { ask, made, time, kept, name } = await open({ maxAgeMs: 900 })
  const first = await ask()
  await placed(world)
  time.ms += 899
  expect(await ask()).toBe(first)
  time.ms += 1
  expect(await ask()).toBe(first! + 1n)
  expect(made()).toBe(2)
  expect(kept.values.at(name)).toBe(first! + 1n)
})

test('what may be used at once is used until its proof is too old, and not a moment longer', async () => {
  const { ask, time, kept, name } = await open({ maxAgeMs: 900 })
  const first = await ask()
  time.ms += 899
  expect(kept.values.at(name)).toBe(first)
  time.ms += 1
  expect(kept.values.at(name)).toBeUndefined()
})

test('who comes while the old version is renewed gets the old one, and then the new one without waiting', async () => {
  const { ask, time, kept, name } = await open({ maxAgeMs: 900 })
  const first = await ask()
  await placed(world)
  time.ms += 500
  // Somebody proves the newer version for something else of the campaign.
  await kept.watch.prove(await subject(), time.ms)
  expect(kept.values.at(name)).toBe(first)
  await expect.poll(() => kept.values.at(name)).toBe(first! + 1n)
})

test('a question that fails proves nothing, and the next one that is answered does', async () => {
  const sql = connect(world.database.appUrl, { max: 1 })
  onTestFinished(() => sql.end())
  const { ask, time } = await open({ maxAgeMs: 900, db: openDatabase(sql) })
  await ask()
  time.ms += 900
  await world.ownerSql.unsafe('revoke select on collective_revision from twiza_app')
  await expect(ask()).rejects.toMatchObject({ code: '42501' })
  await world.ownerSql.unsafe('grant select on collective_revision to twiza_app')
  expect(typeof (await ask())).toBe('bigint')
})

test('a change is seen by whoever watches, without being asked for', async () => {
  const { kept } = await open({ pauseMs: 2, monotonic: () => performance.now() })
  let changes = 0
  const unfollow = kept.watch.follow(await subject(), () => (changes += 1))
  await expect.poll(() => changes).toBe(1)
  await placed(world)
  await expect.poll(() => changes).toBe(2)
  unfollow()
})

test('what nobody uses any more is not asked for', async () => {
  let questions = 0
  const { ask, time, db } = await open({ pauseMs: 1, idleMs: 100, db: counting(() => (questions += 1)) })
  await ask()
  await expect.poll(() => questions).toBeGreaterThan(5)
  time.ms += 100
  await expect.poll(() => quietFor(() => questions, db)).toBe(true)
})

test('the memory is bounded, and what is used stays longest', async () => {
  const { kept } = await open({ maxBytes: 10_000, maxAgeMs: 900 })
  const where = await subject()
  const get = (name: string) => kept.values.get(name, where, async () => ({ value: name, bytes: 1500 }))
  await get('used')
  for (let other = 0; other < 50; other += 1) {
    await get(`other ${other}`)
    expect(kept.values.at('used')).toBe('used')
    expect(kept.values.bytes).toBeLessThanOrEqual(10_000)
  }
  expect(kept.values.at('other 0')).toBeUndefined()
})

test('what ends with an instant ends with it, and is not there before its beginning', async () => {
  let at = new Date('2026-11-10T10:00:00Z')
  const { kept } = await open({ now: () => at, maxAgeMs: 900 })
  const until = new Date('2026-11-10T23:00:00Z')
  const where = await subject()
  let made = 0
  const get = () =>
    kept.values.get('a day', where, async () => {
      made += 1
      return { value: made, bytes: 1, until }
    })
  expect(await get()).toBe(1)
  at = new Date(until.getTime() - 1)
  expect(await get()).toBe(1)
  at = until
  expect(kept.values.at('a day')).toBeUndefined()
  expect(await get()).toBe(2)
  at = new Date('2026-11-10T09:00:00Z')
  expect(await get()).toBe(3)
})

test('a copy that has come far enough is read; one that lags or is away is not', async () => {
  const other = await createTestDatabase()
  const [there, owner] = [connect(other.appUrl, { max: 1 }), connect(other.ownerUrl, { max: 1 })]
  onTestFinished(async () => {
    await Promise.all([there.end(), owner.end()])
    await other.drop()
  })
  const replica = openDatabase(there)
  const source = readingFrom(world.db, { db: replica, read: (ids) => readVersions(replica, ids) })
  const { kept, time } = await open()
  const where = await subject()
  const isCopyRead = async () => {
    const { version } = await kept.watch.prove(where, time.ms)
    return (await source(where, version)) === replica
  }
  expect(await isCopyRead(), 'before it knows the collective').toBe(false)
  await copyVersions(owner)
  expect(await isCopyRead(), 'as far as the primary').toBe(true)
  await placed(world)
  expect(await isCopyRead(), 'one order behind').toBe(false)
  await copyVersions(owner)
  await world.ownerSql`update dream set summary = summary || '.'`
  expect(await isCopyRead(), 'one revision behind').toBe(false)
  await copyVersions(owner)
  expect(await isCopyRead(), 'as far again').toBe(true)
  await there.end()
  expect(await isCopyRead(), 'away').toBe(false)
})

async function subject() {
  return { collectiveId: world.collective.id, campaign: (await world.campaign()).id }
}

/** The keeper on a clock of its own, and one thing to ask for: the position of the campaign. */
async function open(options: Partial<KeptOptions> = {}) {
  const time = { ms: 0 }
  const db = options.db ?? world.db
  const kept = openKept({
    db,
    now: world.clock.now,
    monotonic: () => time.ms,
    maxAgeMs: 0,
    pauseMs: 60_000,
    ...options,
  })
  onTestFinished(() => kept.close())
  const where = await subject()
  let made = 0
  const ask = () => {
    // Time goes on between two questions, or a proof would be of the same moment.
    if (!options.maxAgeMs) time.ms += 1
    return kept.values.get('position', where, async (from) => {
      made += 1
      const { position } = await from
        .of(where.collectiveId)
        .selectFrom('campaign')
        .select('campaign.position')
        .where('campaign.id', '=', where.campaign)
        .executeTakeFirstOrThrow()
      return { value: position, bytes: 8 }
    })
  }
  return { kept, ask, time, db, name: 'position', made: () => made }
}

/** The same database, telling of each question for versions. */
function counting(onQuestion: () => void): Database {
  return new Proxy(world.db, {
    get(db, key) {
      if (key === 'shared') onQuestion()
      return Reflect.get(db, key)
    },
  })
}

/** Whether no question came while the database answered some others. */
async function quietFor(questions: () => number, db: Database): Promise<boolean> {
  const before = questions()
  for (let query = 0; query < 20; query += 1)
    await db.of(world.collective.id).selectFrom('dream').select('lang').execute()
  return questions() === before
}

/** What a copy would have received by now, as far as versions are concerned. */
async function copyVersions(owner: World['ownerSql']): Promise<void> {
  const { ownerSql } = world
  await owner.begin(async (sql) => {
    await sql`set local session_replication_role = replica`
    for (const table of ['collective', 'association', 'campaign', 'collective_revision']) {
      const [rows] = await ownerSql<
        { all: string }[]
      >`select json_agg(t)::text as all from ${ownerSql(table)} t`
      await sql`delete from ${sql(table)}`
      const columns = Object.keys(JSON.parse(rows!.all)[0])
      const listed = sql(columns)
      await sql`insert into ${sql(table)} (${listed}) overriding system value
        select ${listed} from json_populate_recordset(null::${sql(table)}, ${rows!.all}::json)`
    }
  })
}
