import { afterAll, beforeAll, expect, test } from 'vitest'
import { messageOf, placed, settle } from '../../test/support/giving.ts'
import { createWorld, type World } from '../../test/support/world.ts'
import { newId } from '../domain/id.ts'
import { allowWord } from '../organisers/allow-word.ts'
import { closeCampaign } from '../organisers/close-campaign.ts'
import { INSTALLATION, readVersions } from './versions.ts'

let world: World

beforeAll(async () => {
  world = await createWorld({ goal: 100 })
})

afterAll(() => world.drop())

const versions = async () => (await readVersions(world.db, [world.collective.id])).get(world.collective.id)!
const revision = async () => (await versions()).revision

async function isRevisedBy(change: () => PromiseLike<unknown>): Promise<boolean> {
  const before = await revision()
  await change()
  return (await revision()) > before
}

test.each<[string, (sql: World['ownerSql']) => PromiseLike<unknown>]>([
  ['the collective', (sql) => sql`update collective set name = '{"fr": "Autre"}'`],
  ['the association', (sql) => sql`update association set authority = 'another'`],
  ['the end of a campaign', (sql) => sql`update campaign set last_day = last_day + 1`],
  ['a dream', (sql) => sql`update dream set title = 'Another' where lang = 'fr'`],
  ['a dream less', (sql) => sql`delete from dream where lang = 'es'`],
  ['an ambassador', (sql) => sql`update ambassador set name = 'Amal' where slug = 'amina'`],
])('a change of %s moves the revision', async (_what, change) => {
  expect(await isRevisedBy(() => change(world.ownerSql))).toBe(true)
})

test('news, spending put right, and words let through move it too', async () => {
  const { db, collective, clock } = world
  const tenant = db.of(collective.id)
  const { id: campaign_id } = await world.campaign()
  const text = JSON.stringify({ fr: 'Une nouvelle' })
  const news = { id: newId(), campaign_id, title: text, body: text, published_at: clock.now() }
  expect(await isRevisedBy(() => tenant.insertInto('update', news).execute())).toBe(true)
  const order = await placed(world, { word: 'Bon courage' })
  await settle(world, order)
  const act = { now: clock.now(), actor: 'user:test' }
  expect(await isRevisedBy(() => allowWord(tenant, order.id, act))).toBe(true)
  const erase = () => world.appSql`update "order" set word = null where id = ${order.id}`
  expect(await isRevisedBy(erase)).toBe(true)
})

test('an order moves the position of its campaign and leaves the revision alone', async () => {
  const { id } = await world.campaign()
  const before = await versions()
  const order = await placed(world, { quantity: 3 })
  const promised = await versions()
  await settle(world, order, messageOf(world, order))
  const given = await versions()
  expect([promised.revision, given.revision]).toEqual([before.revision, before.revision])
  const [first, second, third] = [before, promised, given].map(({ positions }) => positions.get(id)!)
  expect(second).toBeGreaterThan(first!)
  expect(third).toBeGreaterThan(second!)
})

test('what is rolled back moves nothing', async () => {
  const before = await revision()
  const undone = world.ownerSql.begin(async (sql) => {
    await sql`update dream set title = 'Never'`
    throw new Error('undone')
  })
  await expect(undone).rejects.toThrow('undone')
  expect(await revision()).toBe(before)
})

test('the application cannot move it by itself', async () => {
  for (const statement of [
    'update collective_revision set revision = 1',
    'delete from collective_revision',
    `insert into collective_revision values (gen_random_uuid(), 1)`,
  ]) {
    await expect(world.appSql.unsafe(statement)).rejects.toMatchObject({ code: '42501' })
  }
})

test('a change of the collective and an order in the opposite order never wait for each other in a circle', async () => {
  const campaign = await world.campaign()
  const rounds = Array.from({ length: 20 }, async (_, round) => {
    await world.appSql.begin(async (sql) => {
      const dream = () =>
        sql`update dream set summary = ${`round ${round}`} where campaign_id = ${campaign.id}`
      const lock = () => sql`select 1 from campaign where id = ${campaign.id} for update`
      for (const step of round % 2 ? [lock, dream] : [lock]) await step()
      await sql`insert into event (collective_id, id, campaign_id, kind, at, actor)
        values (${world.collective.id}, ${newId()}, ${campaign.id}, 'test', ${world.clock.now()}, 'user:test')`
    })
  })
  await Promise.all([...rounds, ...Array.from({ length: 10 }, () => placed(world))])
})

test('the installation as a whole moves with each collective, and with a new one', async () => {
  const whole = async () => (await readVersions(world.db, [INSTALLATION])).get(INSTALLATION)!.revision
  const before = await whole()
  const act = { now: world.clock.now(), actor: 'user:test' }
  await closeCampaign(world.db.of(world.collective.id), world.collective, (await world.campaign()).id, act)
  const closed = await whole()
  expect(closed).toBeGreaterThan(before)
  await world.ownerSql`insert into collective (id, slug, name, city, time_zone, currency, langs, created_at)
    values (${newId()}, 'fes', '{}', '{}', 'Africa/Casablanca', 'MAD', '{fr}', ${world.clock.now()})`
  expect(await whole()).toBeGreaterThan(closed)
})

test('a collective that is not there has no version', async () => {
  expect((await readVersions(world.db, [newId()])).size).toBe(0)
})
