import { createHash, randomUUID } from 'node:crypto'
import { connect, type Sql } from '../../src/db/connect.ts'
import { ensureAppLogin } from '../../src/db/roles.ts'
import { sharedServer } from './shared.ts'

/** A database of one test file, with all migrations and no rows. */
export interface TestDatabase {
  /** For what the operator may do. */
  readonly ownerUrl: string
  /** For what the application may do. */
  readonly appUrl: string
  /** Ends every connection to it and removes it. */
  drop(): Promise<void>
}

/** Makes an empty database of the newest shape; whoever asks drops it. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { adminUrl, template } = await sharedServer()
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await as(adminUrl, (admin) =>
    admin.unsafe(`create database ${name} template ${template} strategy file_copy`),
  )
  const ownerUrl = adminUrl.replace(/\/\w+$/, `/${name}`)
  const key = createHash('sha256').update(name).digest()
  const appUrl = await as(ownerUrl, (owner) => ensureAppLogin(owner, ownerUrl, key))
  const drop = () =>
    as(adminUrl, async (admin) => {
      await admin.unsafe(`drop database if exists ${name} with (force)`)
      await admin.unsafe(`drop role if exists ${name}_login`)
    })
  return { ownerUrl, appUrl, drop }
}

/** Makes a database without any table, for tests of what comes before the first migration. */
export async function createBareDatabase(): Promise<Pick<TestDatabase, 'ownerUrl' | 'drop'>> {
  const { adminUrl } = await sharedServer()
  const name = `bare_${randomUUID().replaceAll('-', '')}`
  await as(adminUrl, (admin) => admin.unsafe(`create database ${name}`))
  const drop = () =>
    as(adminUrl, async (admin) => {
      await admin.unsafe(`drop database if exists ${name} with (force)`)
      await admin.unsafe(`drop role if exists ${name}_login`)
    })
  return { ownerUrl: adminUrl.replace(/\/\w+$/, `/${name}`), drop }
}

async function as<T>(url: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  const sql = connect(url, { max: 1 })
  try {
    return await work(sql)
  } finally {
    await sql.end()
  }
}
