import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { askedOfCitus, plantCitusStub } from '../../test/support/citus-stub.ts'
import { runTwiza } from '../../test/support/twiza-process.ts'
import { createWorld, type World } from '../../test/support/world.ts'
import { connect, type Sql } from '../db/connect.ts'

// The command runs several times as a process of its own.
vi.setConfig({ testTimeout: 60_000 })

let world: World
let owner: Sql

beforeEach(async () => {
  world = await createWorld({ goal: 5 })
  owner = connect(world.database.ownerUrl, { max: 1 })
})

afterEach(async () => {
  await owner.end()
  await world.drop()
})

test('without the extension it says so and changes nothing', async () => {
  expect(await distribute()).toEqual({
    exitCode: 1,
    output: '',
    errors: 'This PostgreSQL has no extension citus: see "Citus" in docs/OPERATING.md.\n',
  })
})

test('an old Citus is refused', async () => {
  await plantCitusStub(owner)
  await owner`update pg_extension set extversion = '11.3-1' where extname = 'citus'`
  expect((await distribute()).errors).toBe('Citus 11.3-1 is too old: 12 or newer is needed.\n')
})

test('a dry run says each statement and changes nothing; then each is carried out once', async () => {
  await plantCitusStub(owner)
  const dry = await distribute('--dry-run')
  expect(dry).toMatchObject({ exitCode: 0, errors: '' })
  expect(dry.output).toContain('nothing was changed.')
  expect(await askedOfCitus(owner)).toEqual([])

  const carriedOut = await distribute()
  expect(carriedOut).toMatchObject({ exitCode: 0, errors: '' })
  const statements = (output: string) => output.split('\n').filter((line) => line.endsWith(';'))
  expect(statements(carriedOut.output)).toEqual(statements(dry.output))
  const asked = await askedOfCitus(owner)
  expect(asked.filter((one) => one.startsWith('reference')).toSorted()).toEqual(
    [
      'administrator',
      'collective',
      'mail',
      'member',
      'passkey',
      'person',
      'session',
      'setup_link',
      'sign_in_method',
      'sign_in_rate',
      'sign_in_request',
      'verification',
    ].map((name) => `reference ${name}`),
  )
  expect(asked).toContain('distributed "order" by collective_id')
  expect(asked).toContain('function place_orders(uuid,uuid,jsonb,timestamp with time zone,date)')
  const resting = await owner<{ name: string }[]>`
    select tgrelid::regclass || '.' || tgname as name from pg_trigger where tgenabled = 'D' order by 1`
  // A trigger on a shared table would fire on every machine; the rows of association do what it does.
  expect(resting.map(({ name }) => name)).toEqual(['collective.collective_is_revised'])

  const again = await distribute()
  expect(again).toMatchObject({ exitCode: 0, errors: '' })
  expect(await askedOfCitus(owner)).toEqual(asked)
})

test('a run that was broken off goes on where it was', async () => {
  await plantCitusStub(owner)
  await owner.unsafe(`
    create function citus_stub.break_off() returns trigger language plpgsql as
      $$ begin if new.logicalrelid = '"order"'::regclass then raise exception 'the power is gone'; end if; return new; end $$;
    create trigger break_off before insert on citus_stub.pg_dist_partition for each row execute function citus_stub.break_off()`)
  expect((await distribute()).exitCode).toBe(1)
  await owner`drop trigger break_off on citus_stub.pg_dist_partition`
  expect(await distribute()).toMatchObject({ exitCode: 0, errors: '' })
  const asked = await askedOfCitus(owner)
  expect(new Set(asked).size).toBe(asked.length)
  expect(asked).toContain('distributed "order" by collective_id')
})

test('anything else than distribute is explained', async () => {
  for (const words of [[], ['distribut'], ['distribute', '--dry'], ['distribute', '--dry-run', 'x']]) {
    expect(await (await runTwiza(['database', ...words], {})).ended).toMatchObject({
      exitCode: 1,
      errors: 'What is to be done with the database? npm run twiza -- database distribute [--dry-run]\n',
    })
  }
})

async function distribute(...options: string[]) {
  const settings = {
    DATABASE_URL: world.database.ownerUrl,
    DATABASE_APP_URL: world.database.appUrl,
    TWIZA_SECRET: 'a secret for tests with more than 32 characters',
  }
  return await (await runTwiza(['database', 'distribute', ...options], settings)).ended
}
