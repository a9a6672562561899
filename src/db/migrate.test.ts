import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createBareDatabase } from '../../test/support/database.ts'
import { connect, type Sql } from './connect.ts'
import { migrate } from './migrate.ts'

let database: Awaited<ReturnType<typeof createBareDatabase>>
let owner: Sql
let folder: string

beforeEach(async () => {
  database = await createBareDatabase()
  owner = connect(database.ownerUrl, { statementTimeoutMs: 0 })
  folder = await mkdtemp(join(tmpdir(), 'migrations-'))
  await write(
    '0001-houses.sql',
    'create table house (id integer primary key);\ninsert into house values (1);',
  )
})

afterEach(async () => {
  await owner.end()
  await database.drop()
  await rm(folder, { recursive: true })
})

test('applies each file once, in order', async () => {
  await write('0002-doors.sql', 'create table door (house integer references house);')
  expect(await migrate(owner, folder)).toEqual(['0001-houses.sql', '0002-doors.sql'])
  expect(await migrate(owner, folder)).toEqual([])
  expect(await owner`select * from house`).toHaveLength(1)
})

test('applies only what came since', async () => {
  await migrate(owner, folder)
  await write('0002-doors.sql', 'create table door (house integer references house);')
  expect(await migrate(owner, folder)).toEqual(['0002-doors.sql'])
})

test('processes that migrate together apply each file once', async () => {
  const other = connect(database.ownerUrl, { statementTimeoutMs: 0 })
  const applied = await Promise.all([owner, other, owner, other].map((sql) => migrate(sql, folder)))
  await other.end()
  expect(applied.flat()).toEqual(['0001-houses.sql'])
})

test('refuses by its name a file that was changed after it had been applied', async () => {
  await migrate(owner, folder)
  await write('0001-houses.sql', 'create table house (id bigint primary key);')
  await expect(migrate(owner, folder)).rejects.toThrow(
    '0001-houses.sql was changed after it had been applied',
  )
})

test('takes other line ends for the same file', async () => {
  await migrate(owner, folder)
  await write(
    '0001-houses.sql',
    'create table house (id integer primary key);\r\ninsert into house values (1);',
  )
  expect(await migrate(owner, folder)).toEqual([])
})

test('refuses a database that a newer version has migrated', async () => {
  await write('0002-doors.sql', 'create table door (house integer);')
  await migrate(owner, folder)
  await rm(join(folder, '0002-doors.sql'))
  await expect(migrate(owner, folder)).rejects.toThrow(
    'newer than this version of Twiza, which does not know 0002',
  )
})

test('a file that fails leaves nothing of itself and says its line', async () => {
  await write('0002-doors.sql', 'create table door (house integer);\n\nselect wrong;')
  await expect(migrate(owner, folder)).rejects.toThrow('0002-doors.sql failed at line 3')
  expect(await owner`select to_regclass('door') as door`).toEqual([{ door: null }])
  await write('0002-doors.sql', 'create table door (house integer);')
  expect(await migrate(owner, folder)).toEqual(['0002-doors.sql'])
})

test('refuses a gap in the numbers', async () => {
  await write('0003-windows.sql', 'select 1;')
  await expect(migrate(owner, folder)).rejects.toThrow('expected number 2')
})

async function write(name: string, text: string): Promise<void> {
  await writeFile(join(folder, name), text)
}
