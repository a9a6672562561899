import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { ReservedSql } from 'postgres'
import { StartFailure } from '../domain/start-failure.ts'
import type { Sql } from './connect.ts'

/** The folder of the migrations, beside this module in the sources and in what is built. */
const MIGRATIONS_FOLDER = fileURLToPath(new URL('./migrations', import.meta.url))

// Any constant will do, as long as nothing else takes the same lock in this database.
const MIGRATION_LOCK = 7_203_411_901n

interface Migration {
  readonly number: number
  readonly name: string
  readonly checksum: string
  readonly text: string
}

type Applied = Pick<Migration, 'number' | 'name' | 'checksum'>

/**
 * Brings the database to the state of this version: applies, in order, the files `NNNN-name.sql` that it has
 * not seen, each in a transaction of its own. Two processes at once are fine: one waits for the other.
 * `owner` must not limit the time of a statement.
 * @returns the names of the files applied now
 * @throws StartFailure when an applied file has changed, the database is newer, or a file fails
 */
export async function migrate(owner: Sql, folder: string = MIGRATIONS_FOLDER): Promise<string[]> {
  const migrations = await readMigrations(folder)
  const connection = await owner.reserve()
  try {
    await connection`select pg_advisory_lock(${MIGRATION_LOCK})`
    const applied = await readApplied(connection)
    for (const one of applied) refuseMismatch(one, migrations)
    const waiting = migrations.filter(({ number }) => !applied.some((one) => one.number === number))
    for (const migration of waiting) await apply(connection, migration)
    return waiting.map(({ name }) => name)
  } finally {
    await connection`select pg_advisory_unlock(${MIGRATION_LOCK})`.catch(() => undefined)
    connection.release()
  }
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  return await Promise.all(
    names.map(async (name, index) => {
      const number = Number(/^(\d{4})-[a-z0-9-]+\.sql$/.exec(name)?.[1])
      if (number !== index + 1)
        throw new Error(`${name} breaks the row of migrations: expected number ${index + 1}`)
      // Line ends depend on how the files were checked out; the migration does not.
      const text = (await readFile(`${folder}/${name}`, 'utf8')).replaceAll('\r\n', '\n')
      return { number, name, text, checksum: createHash('sha256').update(text).digest('hex') }
    }),
  )
}

async function readApplied(connection: ReservedSql<{ bigint: bigint }>): Promise<Applied[]> {
  await connection`
    create table if not exists schema_migration (
      number integer primary key,
      name text not null unique,
      checksum text not null,
      applied_at timestamptz not null default now()
    )`
  return await connection<Applied[]>`select number, name, checksum from schema_migration order by number`
}

function refuseMismatch(applied: Applied, migrations: readonly Migration[]): void {
  const own = migrations[applied.number - 1]
  if (own === undefined) {
    throw new StartFailure(
      'database_newer',
      `The database is newer than this version of Twiza, which does not know ${applied.name}: start the newer version.`,
    )
  }
  if (own.name !== applied.name || own.checksum !== applied.checksum) {
    throw new StartFailure(
      'migration_changed',
      `The migration ${own.name} was changed after it had been applied (as ${applied.name}): put it back as it was.`,
    )
  }
}

async function apply(connection: ReservedSql<{ bigint: bigint }>, migration: Migration): Promise<void> {
  const { number, name, checksum, text } = migration
  try {
    await connection`begin`
    await connection.unsafe(text).simple()
    await connection`insert into schema_migration (number, name, checksum) values (${number}, ${name}, ${checksum})`
    await connection`commit`
  } catch (error) {
    await connection`rollback`.catch(() => undefined)
    const { message, position } = error as { message: string; position?: string }
    const line =
      position === undefined ? '' : ` at line ${text.slice(0, Number(position)).split('\n').length}`
    throw new StartFailure('migration_failed', `The migration ${name} failed${line}: ${message}.`)
  }
}
