import { randomBytes } from 'node:crypto'
import type { Config } from './config.ts'
import type { Sql } from './db/connect.ts'
import { holdsDatabase } from './db/data-folder.ts'
import { type Database, openDatabase } from './db/database.ts'
import { complaintOfReplica, replicaUrl } from './db/replica.ts'
import { shareConnections } from './db/share-connections.ts'
import { type DatabaseOptions, type StartedDatabase, startDatabase } from './db/start-database.ts'
import { StartFailure } from './domain/start-failure.ts'
import { freePort } from './listen.ts'
import { log } from './log.ts'
import { makeSetupLink, setupUrl } from './organisers/setup-link.ts'
import { derivedKey, loadSecret } from './secret.ts'
import { type Served, type Serving, serve } from './serve.ts'
import { checkTimeZoneData } from './time-zone-data.ts'
import { serveInWorkers } from './workers.ts'

/** A Twiza that answers requests. */
export interface RunningTwiza {
  /** The public address, without a slash at its end. */
  readonly publicUrl: string
  readonly database: StartedDatabase
  /** The one-time link that sets an empty installation up. */
  readonly setupUrl: string | undefined
  /**
   * Finishes requests in flight, closes the pool, stops the embedded database, in 8 s at most. `hurry` cuts the
   * waiting for requests.
   */
  stop(hurry?: AbortSignal): Promise<void>
}

export interface StartOptions {
  /** Shows the progress of a step that may take long. */
  readonly step?: <T>(label: string, work: () => Promise<T>) => Promise<T>
  /** Gives up the start, also in the middle of a step. */
  readonly giveUp?: AbortSignal
  /** How many processes serve; one serves in this very process. */
  readonly processes?: number
  /** Work on the migrated database before the first request, such as seeding. */
  readonly beforeServing?: (database: StartedDatabase) => Promise<void>
}

// Supervisors kill after ten seconds: all of it has to be over by then.
const STOP_LIMIT_MS = 8_000
const REQUESTS_LIMIT_MS = 5_000

/**
 * The composition root: settings, then the database, then the application, then the port.
 * @throws StartFailure with nothing left running
 */
export async function startTwiza(config: Config, options: StartOptions = {}): Promise<RunningTwiza> {
  const step = options.step ?? ((_label, work) => work())
  checkTimeZoneData()
  const giveUp = options.giveUp ?? new AbortController().signal
  const secret = await unlessGivenUp(giveUp, loadSecret(config))
  const database = await step('Starting the database', () => startDatabaseUnless(giveUp, config, secret))
  try {
    await unlessGivenUp(giveUp, Promise.resolve(options.beforeServing?.(database)))
    const port = config.port || (await freePort(config.host))
    const publicUrl = config.publicUrl ?? `http://localhost:${port}`
    const setupUrl = await linkForEmpty(openDatabase(database.sql), publicUrl)
    const { appUrl } = database
    const readUrl = await replicaOf(config, appUrl)
    const { host, cardProvider, cardMinutes, transferDays, smtpUrl, mailFrom } = config
    const served = { host, cardProvider, cardMinutes, transferDays, smtpUrl, mailFrom }
    const serving = { config: served, secret, appUrl, readUrl, publicUrl, port }
    const server = await unlessGivenUp(giveUp, serveBy(options.processes ?? 1, serving, database.sql))
    const stop = async (hurry = new AbortController().signal) => {
      const endAt = performance.now() + STOP_LIMIT_MS
      await server.stop(AbortSignal.any([hurry, AbortSignal.timeout(REQUESTS_LIMIT_MS)]))
      await database.close(endAt - performance.now())
    }
    return { publicUrl, database, setupUrl, stop }
  } catch (error) {
    await database.close(STOP_LIMIT_MS)
    throw error
  }
}

/** The database that the settings name, brought to this version's shape. */
export async function startConfiguredDatabase(
  config: Config,
  secret: string,
  how: Pick<DatabaseOptions, 'beside' | 'existing'> = {},
): Promise<StartedDatabase> {
  const { databaseUrl, databaseAppUrl, dataDir } = config
  const loginKey = derivedKey(secret, 'database login')
  return await startDatabase({ databaseUrl, databaseAppUrl, dataDir, loginKey, log, ...how })
}

/**
 * The secret and the database of an installation that is there, for commands that only work on one; also beside
 * a running Twiza.
 * @throws StartFailure `no_installation`, with nothing made
 */
export async function openInstallation(
  config: Config,
): Promise<{ readonly secret: string; readonly database: StartedDatabase }> {
  if (config.databaseUrl === undefined && !holdsDatabase(config.dataDir)) {
    const sentence = `There is no installation in the folder ${config.dataDir}: check DATA_DIR.`
    throw new StartFailure('no_installation', sentence)
  }
  const secret = await loadSecret(config)
  const database = await startConfiguredDatabase(config, secret, { beside: true, existing: true })
  return { secret, database }
}

/** The database; when the start is given up meanwhile, an embedded one is stopped again as soon as it can be. */
async function startDatabaseUnless(
  giveUp: AbortSignal,
  config: Config,
  secret: string,
): Promise<StartedDatabase> {
  const starting = startConfiguredDatabase(config, secret)
  try {
    return await unlessGivenUp(giveUp, starting)
  } catch (error) {
    const undone = starting.then((database) => database.close(STOP_LIMIT_MS)).catch(() => undefined)
    const isEmbedded = config.databaseUrl === undefined
    if (isEmbedded) await Promise.race([undone, aborted(AbortSignal.timeout(STOP_LIMIT_MS))])
    throw error
  }
}

async function unlessGivenUp<T>(giveUp: AbortSignal, work: Promise<T>): Promise<T> {
  const stopped = aborted(giveUp).then(() => {
    throw new StartFailure('stopped', 'Twiza was stopped before it was ready.')
  })
  return await Promise.race([stopped, work])
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}

/** A standby that is of no use now may be later: no reason not to start. */
async function replicaOf(config: Config, appUrl: string): Promise<string | undefined> {
  if (config.databaseReadUrl === undefined) return undefined
  const url = replicaUrl(config.databaseReadUrl, appUrl)
  const complaint = await complaintOfReplica(url)
  if (complaint) log(JSON.stringify({ level: 'warning', work: 'read from the standby', message: complaint }))
  return url
}

async function serveBy(processes: number, serving: Serving, sql: Sql): Promise<Served> {
  if (processes === 1) return await serve(serving, sql)
  return await serveInWorkers(serving, processes, await shareConnections(sql, processes))
}

/** A new link at each start until the first collective is there: an old one may have been lost. */
async function linkForEmpty(db: Database, publicUrl: string): Promise<string | undefined> {
  const collective = await db.shared.selectFrom('collective').select('id').limit(1).executeTakeFirst()
  return collective ? undefined : setupUrl(publicUrl, await makeSetupLink(db, new Date(), randomBytes))
}
