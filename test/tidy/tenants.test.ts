import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, type Sql } from '../../src/db/connect.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { read, sources } from './sources.ts'

// What lets a big installation spread over a Citus cluster without another schema: docs/OPERATING.md, "Citus".

/** Tables of the whole installation, and why they need no tenant. */
const SHARED: Record<string, string> = {
  collective: 'the tenants themselves',
  person: 'one person may act for several collectives',
  member: 'read by the person, to know for which',
  administrator: 'of the installation',
  passkey: 'of a person',
  sign_in_request: 'of a person',
  mail: 'to a person, whatever collective it tells of',
  session: 'of a person',
  verification: 'of the sign-in library',
  sign_in_method: 'of a person',
  sign_in_rate: 'of the sign-in library',
  setup_link: 'before there is any tenant',
  schema_migration: 'only for the owner',
}

/** The only places that ask several tenants at once, and why that may be. */
const ACROSS_TENANTS: Record<string, string> = {
  'src/db/replica.ts': 'asks the server, no table',
  'src/jobs/expire-reservations.ts':
    'finds by an index the campaigns that have work due; the work is per tenant',
  'src/kept/versions.ts': 'the versions of what is looked at, and the sum of all for the home page',
  'src/payments/sandbox/send-callbacks.ts': 'plays another company, for tries only',
  'src/people/places.ts': 'finds by an index where one person is an ambassador, to lead them there',
  'src/people/rate-limit.ts': 'a shared table, no tenant',
}

let database: TestDatabase
let owner: Sql

beforeAll(async () => {
  database = await createTestDatabase()
  owner = connect(database.ownerUrl, { max: 1 })
})

afterAll(async () => {
  await owner.end()
  await database.drop()
})

test('each table belongs to a tenant, by the first column of its key, or is named as shared', async () => {
  const rows = await owner<{ name: string; first: string | null; type: string; is_uuid: boolean | null }[]>`
    select c.relname as name, a.attname as first,
      (select format_type(t.atttypid, -1) from pg_attribute t where t.attrelid = c.oid and t.attname = 'collective_id') as type,
      (select t.attnotnull from pg_attribute t where t.attrelid = c.oid and t.attname = 'collective_id') as is_uuid
    from pg_class c
    left join pg_index i on i.indrelid = c.oid and i.indisprimary
    left join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
    where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace order by 1`
  const tenant = rows.filter(({ name }) => !isShared(name))
  // One type everywhere: rows of a tenant come together only so.
  for (const row of tenant) {
    expect(row).toEqual({ name: row.name, first: 'collective_id', type: 'uuid', is_uuid: true })
  }
  expect(tenant.map(({ name }) => name)).toEqual(tablesOf('TenantTables').toSorted())
  const known = new Set(Object.keys(SHARED))
  expect(tablesOf('SharedTables').filter((name) => !known.has(name))).toEqual([])
})

test('each unique index of a tenant table begins with the tenant', async () => {
  expect(await indexesWithoutTenant()).toEqual([])
})

test('each foreign key of a tenant table carries the tenant, and none leads from a shared table to a tenant one', async () => {
  expect(await keysWithoutTenant()).toEqual([])
})

test('a wrong index and a wrong key would be found', async () => {
  await owner.unsafe(`
    create table stray (collective_id uuid, id uuid, campaign_id uuid, primary key (collective_id, id), unique (id));
    create table stray_child (collective_id uuid, id uuid, stray_id uuid references stray (id), primary key (collective_id, id))`)
  expect(await indexesWithoutTenant()).toEqual(['stray_id_key'])
  expect(await keysWithoutTenant()).toEqual(['stray_child_stray_id_fkey'])
  await owner`drop table stray_child, stray`
})

test('nothing of a tenant is counted by a sequence, and nothing excludes across rows', async () => {
  const counted = await owner<{ column: string }[]>`
    select c.relname || '.' || a.attname as column
    from pg_attribute a join pg_class c on c.oid = a.attrelid left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      and (a.attidentity <> '' or pg_get_expr(d.adbin, d.adrelid) like '%nextval%')`
  expect(counted.map(({ column }) => column)).toEqual(['collective.number'])
  const [odd] = await owner<{ count: number }[]>`
    select count(*)::int as count from pg_constraint where contype = 'x' and connamespace = 'public'::regnamespace`
  expect(odd?.count).toBe(0)
})

test('each function that the application calls is told the tenant first', async () => {
  const functions = await owner<{ name: string; first: string | null; type: string | null }[]>`
    select proname as name, proargnames[1] as first, format_type(proargtypes[0], -1) as type
    from pg_proc where pronamespace = 'public'::regnamespace and prorettype <> 'trigger'::regtype`
  expect(functions.length).toBeGreaterThan(4)
  expect(functions.filter(({ first, type }) => first !== 'p_collective' || type !== 'uuid')).toEqual([])
})

test('a shared table has no trigger of ours but the one that a row of association makes up for', async () => {
  const triggers = await owner<{ name: string; table: string }[]>`
    select t.tgname as name, c.relname as table from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where not t.tgisinternal and c.relnamespace = 'public'::regnamespace`
  const shared = triggers.filter(({ table }) => isShared(table))
  expect(shared).toEqual([{ name: 'collective_is_revised', table: 'collective' }])
  expect(triggers).toContainEqual({ name: 'collective_is_revised', table: 'association' })
  expect(code.filter(({ text }) => /updateTable\('collective'\)/.test(text))).toEqual([])
})

const code = sources(['src'], ['.ts', '.tsx']).filter(({ path }) => !/\.test\.tsx?$/.test(path))

test('SQL is asked across tenants only where it is named', () => {
  const across = code.filter(({ text }) => /\.execute\(\s*(?:\w+\.)*shared,?\s*\)/.test(text))
  expect(across.map(({ path }) => path)).toEqual(Object.keys(ACROSS_TENANTS))
})

test('each SQL text on a tenant table names the tenant', () => {
  const tables = tablesOf('TenantTables').map((name) => (/^(order|update)$/.test(name) ? `"${name}"` : name))
  const onTenant = new RegExp(
    `\\b(?:from|join|into|update)\\s+(?:only\\s+)?(?:${tables.join('|')})(?![\\w"])`,
    'i',
  )
  const texts = code
    .filter(({ path }) => path.startsWith('src/') && !path.startsWith('src/browser/'))
    .flatMap(({ path, text }) =>
      [...text.matchAll(/\bsql(?:<[^`]*>)?`([^`]*)`/g)].map(([, body = '']) => ({ path, body })),
    )
  const onTheirs = texts.filter(({ body }) => onTenant.test(body))
  expect(onTheirs.length).toBeGreaterThan(10)
  const without = onTheirs.filter(({ body }) => !/collective/.test(body))
  expect(without).toEqual([])
})

/** The names in one of the two lists of tables. */
function tablesOf(list: 'TenantTables' | 'SharedTables'): string[] {
  const texts = ['tables', 'tables-people', 'tables-custody'].map((file) => read(`src/db/${file}.ts`))
  return texts.flatMap((text) => {
    const body = new RegExp(`interface \\w*${list} [^{]*\\{([^}]*)\\}`).exec(text)?.[1] ?? ''
    return [...body.matchAll(/^ {2}(\w+):/gm)].map(([, name = '']) => name)
  })
}

async function indexesWithoutTenant(): Promise<string[]> {
  const indexes = await owner<{ name: string; table: string; first: string }[]>`
    select i.indexrelid::regclass::text as name, c.relname as table, a.attname as first
    from pg_index i join pg_class c on c.oid = i.indrelid
      join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
    where i.indisunique and c.relnamespace = 'public'::regnamespace`
  return indexes
    .filter(({ table, first }) => !isShared(table) && first !== 'collective_id')
    .map(({ name }) => name)
}

async function keysWithoutTenant(): Promise<string[]> {
  const keys = await owner<{ name: string; from: string; to: string; pairs: string[]; actions: string }[]>`
    select k.conname as name, f.relname as from, t.relname as to, k.confdeltype::text || k.confupdtype::text as actions,
      array(select a.attname || ' ' || b.attname from unnest(k.conkey, k.confkey) as u (x, y)
        join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.x
        join pg_attribute b on b.attrelid = k.confrelid and b.attnum = u.y) as pairs
    from pg_constraint k join pg_class f on f.oid = k.conrelid join pg_class t on t.oid = k.confrelid
    where k.contype = 'f' and k.connamespace = 'public'::regnamespace`
  const wrong = keys.filter(({ from, to, pairs, actions }) => {
    if (isShared(from)) return !isShared(to)
    if (to === 'collective' && pairs.join() !== 'collective_id id') return true
    if (isShared(to)) return actions !== 'aa'
    return !pairs.includes('collective_id collective_id') || actions !== 'aa'
  })
  return wrong.map(({ name }) => name)
}

function isShared(table: string): boolean {
  return Object.hasOwn(SHARED, table)
}
