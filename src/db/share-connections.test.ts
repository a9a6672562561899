import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { connect, type Sql } from './connect.ts'
import { shareConnections } from './share-connections.ts'

let database: TestDatabase
let owner: Sql
let app: Sql

beforeAll(async () => {
  database = await createTestDatabase()
  owner = connect(database.ownerUrl, { max: 1 })
  app = connect(database.appUrl, { max: 1 })
})

afterAll(async () => {
  await Promise.all([app.end(), owner.end()])
  await database.drop()
})

// The server of the tests gives 97 of its 100: 8 stay free, and each process has 4 of its own besides.
test.each([
  [2, 10],
  [6, 10],
  [8, 7],
  [12, 3],
])('%i processes open %i connections each', async (processes, each) => {
  expect(await shareConnections(app, processes)).toBe(each)
})

test('more processes than there are connections for are refused', async () => {
  await expect(shareConnections(app, 13)).rejects.toThrow(
    '13 processes need 99 connections or more, and PostgreSQL gives 97: start fewer, or raise its max_connections.',
  )
})

test('the limit of the login or of the database counts when it is lower', async () => {
  const name = new URL(database.appUrl).pathname.slice(1)
  await owner.unsafe(`alter database ${name} connection limit 40`)
  expect(await shareConnections(app, 4)).toBe(4)
  await owner.unsafe(`alter role ${name}_login connection limit 30`)
  await expect(shareConnections(app, 4)).rejects.toThrow('PostgreSQL gives 30')
})
