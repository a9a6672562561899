import { randomBytes } from 'node:crypto'
import { COLLECTIVE } from '../../seeds/content/collective.ts'
import { seedWorld } from '../../seeds/seed-world.ts'
import type { Config } from '../config.ts'
import { connect } from '../db/connect.ts'
import { openDatabase } from '../db/database.ts'
import type { StartedDatabase } from '../db/start-database.ts'
import { type LocalDay, localDay } from '../domain/days.ts'
import { StartFailure } from '../domain/start-failure.ts'
import { type RunningTwiza, startTwiza } from '../main.ts'
import { markSeeded, openDemoFolder } from './demo-folder.ts'
import { step } from './progress.ts'

export interface RunningDemo {
  readonly twiza: RunningTwiza
  /** The day on which the demonstration was made. */
  readonly seededOn: LocalDay
}

/**
 * Starts a Twiza with the demonstration in its data folder, made now unless it is there.
 * @throws StartFailure with nothing left running
 */
export async function startDemo(
  config: Config,
  options: { readonly reset: boolean; readonly giveUp: AbortSignal; readonly now: Date },
): Promise<RunningDemo> {
  const { giveUp, now } = options
  const folder = await openDemoFolder(config.dataDir, { reset: options.reset })
  const seededOn = folder.seededOn ?? localDay(now, COLLECTIVE.timeZone)
  const beforeServing = async (database: StartedDatabase) => {
    if (folder.seededOn) return
    await step('Inventing a collective, three campaigns and their orders', () => seedDemo(database, now))
    markSeeded(config.dataDir, seededOn)
  }
  const twiza = await startTwiza(config, { step, giveUp, beforeServing }).catch((error: unknown) => {
    throw forDemo(error, config.port)
  })
  return { twiza, seededOn }
}

async function seedDemo(database: StartedDatabase, now: Date): Promise<void> {
  const url = new URL(database.appUrl)
  // Nobody waits for these orders: they may reach the disk together, at the latest with the next statement.
  url.searchParams.set('synchronous_commit', 'off')
  const sql = connect(url.href, { max: 2, applicationName: 'twiza seeds' })
  const random = (count: number) => randomBytes(count)
  await seedWorld({ db: openDatabase(sql), random }, { now }).finally(() => sql.end())
  const owner = connect(database.ownerUrl, { max: 1, statementTimeoutMs: 0, applicationName: 'twiza owner' })
  // A year of orders in seconds: the planner would not know of them for another minute.
  await owner`analyze`.finally(() => owner.end())
}

/** The same failures, with the way out that a demonstration has. */
function forDemo(error: unknown, port: number): unknown {
  if (!(error instanceof StartFailure)) return error
  if (error.code === 'port_taken') {
    const other = `npm run demo -- --port ${port + 1}`
    return new StartFailure(
      error.code,
      `The port ${port} is taken: stop what uses it, or choose another with ${other}.`,
    )
  }
  if (error.code === 'migration_changed' || error.code === 'database_newer') {
    const sentence =
      'This demo was made by another version of Twiza: npm run demo -- --reset makes a new one.'
    return new StartFailure(error.code, sentence)
  }
  return error
}
