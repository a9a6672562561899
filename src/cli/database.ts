import { readConfig } from '../config.ts'
import { connect } from '../db/connect.ts'
import { type DistributionStep, planDistribution } from '../db/distribution.ts'
import { openInstallation } from '../main.ts'
import type { Command } from './command.ts'
import { step } from './progress.ts'

const USAGE = 'npm run twiza -- database distribute [--dry-run]'

/** Spreads the tables of an installation over a Citus cluster. What is done already is not done again. */
export const databaseCommand: Command = {
  summary: 'spread the tables over a Citus cluster (database distribute [--dry-run])',
  async run([what, option, ...further], environment) {
    const isDryRun = option === '--dry-run'
    if (what !== 'distribute' || (option !== undefined && !isDryRun) || further.length > 0) {
      console.error(`What is to be done with the database? ${USAGE}`)
      return 1
    }
    const config = readConfig(environment)
    const { database } = await step('Looking at the database', () => openInstallation(config))
    const owner = connect(database.ownerUrl, {
      max: 1,
      statementTimeoutMs: 0,
      applicationName: 'twiza owner',
    })
    try {
      await distribute(await planDistribution(owner), isDryRun ? undefined : (text) => owner.unsafe(text))
      return 0
    } finally {
      await owner.end()
      await database.close()
    }
  },
}

/** Says each statement, and executes it unless this is a dry run: one by one, as Citus wants it. */
async function distribute(
  steps: readonly DistributionStep[],
  execute: ((statement: string) => Promise<unknown>) | undefined,
): Promise<void> {
  const waiting = steps.filter(({ isDone }) => !isDone)
  for (const { statement } of waiting) {
    console.log(`${statement};`)
    await execute?.(statement)
  }
  const done = steps.length - waiting.length
  const verb = execute ? 'carried out now' : 'to be carried out; this was a dry run, and nothing was changed'
  console.log(`${done} of ${steps.length} statements were carried out earlier, ${waiting.length} ${verb}.`)
}
