import { readConfig } from '../config.ts'
import { startConfiguredDatabase } from '../main.ts'
import { loadSecret } from '../secret.ts'
import type { Command } from './command.ts'
import { step } from './progress.ts'

/** Brings the database to this version's shape and ends; `start` does the same by itself. */
export const migrateCommand: Command = {
  summary: "bring the database to this version's shape, then end",
  async run(_words, environment) {
    const config = readConfig(environment)
    const secret = await loadSecret(config)
    const database = await step('Migrating the database', () =>
      startConfiguredDatabase(config, secret, { beside: true }),
    )
    await database.close()
    for (const name of database.applied) console.log(`Applied ${name}`)
    console.log(`The database is up to date (${database.applied.length} applied now).`)
    return 0
  },
}
