import { readConfig } from '../config.ts'
import { startTwiza } from '../main.ts'
import type { Command } from './command.ts'
import { step } from './progress.ts'
import { listenToSignals } from './signals.ts'
import { startUnlessStopped } from './start-unless-stopped.ts'

/** Serves until SIGINT or SIGTERM. */
export const startCommand: Command = {
  summary: 'serve the installation that the settings describe',
  async run(_words, environment) {
    const signals = listenToSignals()
    const starting = startTwiza(readConfig(environment), { step, giveUp: signals.stop })
    const twiza = await startUnlessStopped(signals, starting)
    if (twiza === undefined) return 0
    console.log(`Twiza is ready: ${twiza.publicUrl}`)
    if (twiza.setupUrl) console.log(`Set it up once, here: ${twiza.setupUrl}`)
    const failure = await Promise.race([signals.asked, twiza.failed])
    if (failure !== undefined) console.error(failure)
    else console.log('Twiza finishes and stops.')
    await twiza.stop(signals.hurry)
    return failure === undefined ? 0 : 1
  },
}
