import cluster from 'node:cluster'
import { readConfig } from '../config.ts'
import { startTwiza } from '../main.ts'
import { work } from '../worker.ts'
import type { Command } from './command.ts'
import { step } from './progress.ts'
import { listenToSignals } from './signals.ts'
import { readStartOptions, START_HELP } from './start-options.ts'
import { startUnlessStopped } from './start-unless-stopped.ts'

/** Serves until SIGINT or SIGTERM. With `--processes N` each worker runs this command, too. */
export const startCommand: Command = {
  summary: 'serve the installation that the settings describe',
  help: START_HELP,
  async run(words, environment) {
    if (cluster.isWorker) return await work()
    const options = readStartOptions(words)
    if (!options.ok) {
      console.error(options.sentence)
      return 1
    }
    const signals = listenToSignals()
    const config = readConfig(environment)
    const starting = startTwiza(config, {
      step,
      giveUp: signals.stop,
      processes: options.processes,
    })
    const twiza = await startUnlessStopped(signals, starting)
    if (twiza === undefined) return 0
    console.log(`Twiza is ready: ${twiza.publicUrl}`)
    if (twiza.setupUrl) console.log(`Set it up once, here: ${twiza.setupUrl}`)
    if (!config.smtpUrl) console.log('No mail goes out: TWIZA_SMTP_URL is not set.')
    await signals.asked
    console.log('Twiza finishes and stops.')
    await twiza.stop(signals.hurry)
    return 0
  },
}
