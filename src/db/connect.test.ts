import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { connect, type Sql } from './connect.ts'

let database: TestDatabase
let sql: Sql

beforeAll(async () => {
  database = await createTestDatabase()
  sql = connect(database.appUrl, { statementTimeoutMs: 200 })
})

afterAll(async () => {
  await sql.end()
  await database.drop()
})

test('a bigint stays exact beyond what a number can hold', async () => {
  const [row] = await sql`select ${9_007_199_254_740_993n}::bigint as value, array[1, 2]::bigint[] as list`
  expect(row).toEqual({ value: 9_007_199_254_740_993n, list: [1n, 2n] })
})

test('a day is its text, whatever the zone of the machine', async () => {
  const [row] = await sql`select ${'2026-03-29'}::date as day, array['2026-03-30']::date[] as days`
  expect(row).toEqual({ day: '2026-03-29', days: ['2026-03-30'] })
})

test('an instant is a Date', async () => {
  const instant = new Date('2026-09-20T01:30:00.123Z')
  const [row] = await sql`select ${instant}::timestamptz as instant`
  expect(row).toEqual({ instant })
})

test('a statement that takes too long is cut off', async () => {
  await expect(sql`select pg_sleep(5)`).rejects.toThrow('statement timeout')
})

test('the application owns nothing and cannot change the schema', async () => {
  await expect(sql`create table mine (id integer)`).rejects.toThrow('permission denied')
  await expect(sql`drop table campaign`).rejects.toThrow('must be owner')
})
