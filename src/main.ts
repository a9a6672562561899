import type { Config } from './config.ts'
import { type StartedDatabase, startDatabase } from './db/start-database.ts'
import { StartFailure } from './domain/start-failure.ts'
import { freePort, listen } from './listen.ts'
import { makeSetupLink, setupUrl } from './organisers/setup-link.ts'
import { derivedKey, loadSecret } from './secret.ts'
import { type Composed, composeApp } from './services.ts'
import { checkTimeZoneData } from './time-zone-data.ts'

/** A Twiza that answers requests. */
export interface RunningTwiza {
  /** The public address, without a slash at its end. */
  readonly publicUrl: string
  readonly database: StartedDatabase
  /** The one-time link that sets an empty installation up. */
  readonly setupUrl: string | undefined
  /** Fulfilled, with a sentence, when Twiza cannot go on by itself. */
  readonly failed: Promise<string>
  /** Finishes requests in flight, closes the pool, stops the embedded database. `hurry` cuts the waiting. */
  stop(hurry?: AbortSignal): Promise<void>
}

export interface StartOptions {
  /** Shows the progress of a step that may take long. */
  readonly step?: <T>(label: string, work: () => Promise<T>) => Promise<T>
  /** Gives up the start, between two steps. */
  readonly giveUp?: AbortSignal
  /** Work on the migrated database before the first request, such as seeding. */
  readonly beforeServing?: (database: StartedDatabase) => Promise<void>
}

/**
 * The composition root: settings, then the database, then the application, then the port.
 * @throws StartFailure with nothing left running
 */
export async function startTwiza(config: Config, options: StartOptions = {}): Promise<RunningTwiza> {
  const step = options.step ?? ((_label, work) => work())
  checkTimeZoneData()
  const secret = await loadSecret(config)
  const database = await step('Starting the database', () => startConfiguredDatabase(config, secret))
  try {
    goOn(options.giveUp)
    await options.beforeServing?.(database)
    goOn(options.giveUp)
    const port = config.port || (await freePort(config.host))
    const publicUrl = config.publicUrl ?? `http://localhost:${port}`
    const served = await serve(composeApp({ config, secret, database, publicUrl }), config.host, port)
    const stop = async (hurry = new AbortController().signal) => {
      await served.stop(hurry)
      await database.close()
    }
    const failed = database.stoppedByItself.then(() => 'The embedded PostgreSQL stopped by itself.')
    return { publicUrl, database, setupUrl: served.setupUrl, failed, stop }
  } catch (error) {
    await database.close()
    throw error
  }
}

/** The database that the settings name, of this version's shape; for commands that work without serving. */
export async function startConfiguredDatabase(
  config: Config,
  secret: string,
  beside = false,
): Promise<StartedDatabase> {
  const { databaseUrl, databaseAppUrl, dataDir } = config
  const loginKey = derivedKey(secret, 'database login')
  return await startDatabase({ databaseUrl, databaseAppUrl, dataDir, loginKey, beside })
}

function goOn(giveUp: AbortSignal | undefined): void {
  if (giveUp?.aborted) throw new StartFailure('stopped', 'Twiza was stopped before it was ready.')
}

async function serve(
  composed: Composed,
  host: string,
  port: number,
): Promise<Pick<RunningTwiza, 'setupUrl'> & { stop(hurry: AbortSignal): Promise<void> }> {
  try {
    const setupUrl = await linkForEmpty(composed)
    const listening = await listen((request, bindings) => composed.app.fetch(request, bindings), host, port)
    const stop = async (hurry: AbortSignal) => {
      // Streams never end by themselves: they would keep the last connections open.
      await composed.close()
      await listening.stop(hurry)
    }
    return { setupUrl, stop }
  } catch (error) {
    await composed.close()
    throw error
  }
}

/** A new link at each start until the first collective is there: an old one may have been lost. */
async function linkForEmpty({ services }: Composed): Promise<string | undefined> {
  const { db, now, random, publicUrl } = services
  const collective = await db.shared.selectFrom('collective').select('id').limit(1).executeTakeFirst()
  return collective ? undefined : setupUrl(publicUrl, await makeSetupLink(db, now(), random))
}
