import { StartFailure } from '../domain/start-failure.ts'
import { connect, type Sql } from './connect.ts'
import { type EmbeddedPostgres, startEmbedded } from './embedded.ts'
import { runningEmbedded } from './embedded-attach.ts'
import { migrate } from './migrate.ts'
import { checkAppLogin, ensureAppLogin, ensureAppRole } from './roles.ts'
import { checkVersion, explainConnection } from './server-checks.ts'

/** A database of this version's shape, and the pool of the application's login in it. */
export interface StartedDatabase {
  readonly sql: Sql
  readonly ownerUrl: string
  readonly appUrl: string
  /** The migrations applied at this start. */
  readonly applied: readonly string[]
  /** Ends the pool, then stops the embedded PostgreSQL; both within the limit. */
  close(limitMs?: number): Promise<void>
}

export interface DatabaseOptions {
  /** Undefined: the embedded PostgreSQL in `dataDir`. */
  readonly databaseUrl: string | undefined
  readonly databaseAppUrl: string | undefined
  readonly dataDir: string
  /** 32 bytes, from which the password of the application's login is made. */
  readonly loginKey: Buffer
  /** Takes one line for the operator when the embedded PostgreSQL goes away or is back. */
  readonly log?: ((line: string) => void) | undefined
  /** Work beside a running Twiza in the same data folder instead of refusing. */
  readonly beside?: boolean
  /** Refuse a database without Twiza's tables instead of making them. */
  readonly existing?: boolean
}

/** The name of Twiza's database inside the embedded PostgreSQL. */
const EMBEDDED_DATABASE = 'twiza'
const CLOSE_TIMEOUT_S = 5
const CLOSE_LIMIT_MS = 20_000
// Of the time there is, the pool gets a quarter: what it leaves open the server ends.
const POOL_SHARE = 4

/**
 * Reaches the server (starting the embedded one when no address is given), makes the roles, migrates, and
 * opens the pool of the application.
 * @throws StartFailure with nothing left running
 */
export async function startDatabase(options: DatabaseOptions): Promise<StartedDatabase> {
  const server = await reachServer(options)
  try {
    const owner = connect(server.ownerUrl, { max: 1, statementTimeoutMs: 0, applicationName: 'twiza owner' })
    const prepared = await prepare(owner, server.ownerUrl, options).finally(() =>
      owner.end({ timeout: CLOSE_TIMEOUT_S }),
    )
    const sql = connect(prepared.appUrl)
    const close = async (limitMs = CLOSE_LIMIT_MS) => {
      const poolMs = limitMs / POOL_SHARE
      await sql.end({ timeout: poolMs / 1000 })
      await server.embedded?.stop(limitMs - poolMs)
    }
    return { sql, ownerUrl: server.ownerUrl, ...prepared, close }
  } catch (error) {
    await server.embedded?.stop()
    throw error
  }
}

async function prepare(
  owner: Sql,
  ownerUrl: string,
  options: DatabaseOptions,
): Promise<Pick<StartedDatabase, 'appUrl' | 'applied'>> {
  await checkVersion(owner, 'DATABASE_URL')
  if (options.existing) await refuseEmpty(owner)
  await ensureAppRole(owner)
  const applied = await migrate(owner)
  if (options.databaseAppUrl === undefined) {
    return { applied, appUrl: await ensureAppLogin(owner, ownerUrl, options.loginKey) }
  }
  const app = connect(options.databaseAppUrl, { max: 1 })
  try {
    await checkVersion(app, 'DATABASE_APP_URL')
    await checkAppLogin(app)
  } finally {
    await app.end({ timeout: CLOSE_TIMEOUT_S })
  }
  return { applied, appUrl: options.databaseAppUrl }
}

async function refuseEmpty(owner: Sql): Promise<void> {
  const [found] = await owner`select from pg_tables where tablename = 'schema_migration'`
  if (found) return
  const sentence = `There is no installation in the database ${owner.options.database}: check DATABASE_URL.`
  throw new StartFailure('no_installation', sentence)
}

interface ReachedServer {
  readonly ownerUrl: string
  readonly embedded: EmbeddedPostgres | undefined
}

async function reachServer(options: DatabaseOptions): Promise<ReachedServer> {
  if (options.databaseUrl !== undefined) return { ownerUrl: options.databaseUrl, embedded: undefined }
  const { ownerUrl, embedded } = await startOrJoin(options)
  try {
    await ensureDatabase(ownerUrl('postgres'))
  } catch (error) {
    await embedded?.stop()
    throw error
  }
  return { ownerUrl: ownerUrl(EMBEDDED_DATABASE), embedded }
}

async function startOrJoin(options: DatabaseOptions) {
  try {
    const embedded = await startEmbedded(options.dataDir, { log: options.log })
    return { ownerUrl: embedded.ownerUrl, embedded }
  } catch (error) {
    const inUse = error instanceof StartFailure && error.code === 'data_folder_in_use'
    const ownerUrl = inUse && options.beside ? runningEmbedded(options.dataDir) : undefined
    if (ownerUrl === undefined) throw error
    return { ownerUrl, embedded: undefined }
  }
}

async function ensureDatabase(adminUrl: string): Promise<void> {
  const admin = connect(adminUrl, { max: 1 })
  try {
    const [existing] = await admin`select from pg_database where datname = ${EMBEDDED_DATABASE}`
    if (existing === undefined) await admin.unsafe(`create database ${EMBEDDED_DATABASE}`)
  } catch (error) {
    throw explainConnection(error, 'DATA_DIR')
  } finally {
    await admin.end({ timeout: CLOSE_TIMEOUT_S })
  }
}
