import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createBareDatabase } from '../../test/support/database.ts'
import { connect, type Sql } from './connect.ts'
import { APP_ROLE, checkAppLogin, ensureAppLogin, ensureAppRole } from './roles.ts'

let database: Awaited<ReturnType<typeof createBareDatabase>>
let owner: Sql

beforeAll(async () => {
  database = await createBareDatabase()
  owner = connect(database.ownerUrl)
})

afterAll(async () => {
  await owner.end()
  await database.drop()
})

test('processes that start together make the roles together', async () => {
  await Promise.all(Array.from({ length: 8 }, () => ensureAppRole(owner)))
  const key = randomBytes(32)
  const urls = await Promise.all(
    Array.from({ length: 8 }, () => ensureAppLogin(owner, database.ownerUrl, key)),
  )
  expect(new Set(urls).size).toBe(1)
})

test('the login of the application is a member of the group and nothing more', async () => {
  const app = connect(await ensureAppLogin(owner, database.ownerUrl, randomBytes(32)))
  await checkAppLogin(app)
  const [login] = await app`
    select rolsuper or rolcreaterole or rolcreatedb or rolbypassrls as powerful,
           pg_has_role(current_user, ${APP_ROLE}, 'member') as member
    from pg_roles where rolname = current_user`
  await app.end()
  expect(login).toEqual({ powerful: false, member: true })
})

test('another secret gives another password, and the old one ends', async () => {
  const oldUrl = await ensureAppLogin(owner, database.ownerUrl, randomBytes(32))
  await ensureAppLogin(owner, database.ownerUrl, randomBytes(32))
  const app = connect(oldUrl)
  await expect(app`select 1`).rejects.toThrow('password authentication failed')
  await app.end()
})

test('the database keeps no password that could be read', async () => {
  const [row] =
    await owner`select rolpassword as kept from pg_authid where rolname = current_database() || '_login'`
  expect(row?.kept).toMatch(/^SCRAM-SHA-256\$4096:/)
})

test('a ready-made login that is a superuser is refused', async () => {
  await expect(checkAppLogin(owner)).rejects.toThrow('is a superuser')
})

test('a ready-made login outside the group is refused with what to do', async () => {
  const url = await ensureAppLogin(owner, database.ownerUrl, randomBytes(32))
  await owner.unsafe(`revoke ${APP_ROLE} from "${new URL(url).username}"`)
  const app = connect(url)
  await expect(checkAppLogin(app)).rejects.toThrow('grant twiza_app to')
  await app.end()
})

test('a login that may not make roles is told what it needs', async () => {
  const url = await ensureAppLogin(owner, database.ownerUrl, randomBytes(32))
  const app = connect(url)
  await expect(ensureAppLogin(app, url, randomBytes(32))).rejects.toThrow('give it CREATEROLE')
  await app.end()
})
