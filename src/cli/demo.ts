import { relative } from 'node:path'
import { AMBASSADORS } from '../../seeds/content/ambassadors.ts'
import { COLLECTIVE, ORGANISER } from '../../seeds/content/collective.ts'
import { type Config, readConfig } from '../config.ts'
import { type Database, openDatabase } from '../db/database.ts'
import { formatDay, localDay } from '../domain/days.ts'
import { openInstallation } from '../main.ts'
import { signInWith } from '../people/auth.ts'
import { createSignInLink } from '../people/sign-in-link.ts'
import { derivedKey, loadSecret } from '../secret.ts'
import type { Command } from './command.ts'
import { demoAddresses } from './demo-addresses.ts'
import { DEMO_HELP, type DemoOptions, readDemoOptions } from './demo-options.ts'
import { type RunningDemo, startDemo } from './demo-start.ts'
import { replay } from './replay.ts'
import { listenToSignals, type StopSignals } from './signals.ts'
import { startUnlessStopped } from './start-unless-stopped.ts'

const DEMO_FOLDER = '.demo'
const LOOK_LIMIT_MS = 2_000

/** Serves an invented collective from a data folder of its own; never touches a database that is named. */
export const demoCommand: Command = {
  summary: 'serve an invented collective to look at and to try out',
  help: DEMO_HELP,
  async run(words, environment) {
    const read = readDemoOptions(words)
    if (!read.ok) {
      console.error(read.sentence)
      return 1
    }
    const { options } = read
    const signals = listenToSignals()
    const config = demoConfig(options, environment)
    const running = `http://localhost:${config.port}`
    if (options.replay && !options.reset && (await servesDemo(running))) {
      return replayBeside(config, running, options, signals)
    }
    return serve(config, options, signals)
  },
}

function demoConfig(options: DemoOptions, environment: Record<string, string | undefined>): Config {
  const { DATA_DIR, HOST, PORT, PUBLIC_URL } = environment
  return readConfig({
    DATA_DIR: DATA_DIR || DEMO_FOLDER,
    HOST,
    PUBLIC_URL,
    PORT: options.port === undefined ? PORT : String(options.port),
    TWIZA_CARD_PROVIDER: 'sandbox',
  })
}

async function serve(config: Config, options: DemoOptions, signals: StopSignals): Promise<number> {
  const starting = startDemo(config, { reset: options.reset, giveUp: signals.stop, now: new Date() })
  const demo = await startUnlessStopped(signals, starting)
  if (demo === undefined) return 0
  const { twiza } = demo
  try {
    const db = openDatabase(twiza.database.sql)
    console.log(await welcome(config, db, demo))
    if (options.replay) await replay(replayOptions(db, twiza.publicUrl, options, signals))
    if (!signals.stop.aborted) console.log('Ctrl-C stops the demo.')
    await signals.asked
    console.log('The demo finishes and stops.')
    return 0
  } finally {
    await twiza.stop(signals.hurry)
  }
}

async function welcome(config: Config, db: Database, { twiza, seededOn }: RunningDemo): Promise<string> {
  const { publicUrl } = twiza
  const key = derivedKey(await loadSecret(config), 'sign-in')
  const signIn = signInWith({ db, key, publicUrl })
  const signInUrl = (await createSignInLink({ signIn, publicUrl }, ORGANISER.email, 'fr')) ?? publicUrl
  const settings = `DATA_DIR=${relative('.', config.dataDir)} PORT=${new URL(publicUrl).port || 80}`
  const again = { signIn: `${settings} npm run twiza -- sign-in` }
  const lines = [
    'The demo is ready. Its people, its account and its payments are invented.',
    '',
    demoAddresses(publicUrl, signInUrl, again),
    '',
  ]
  if (seededOn !== localDay(new Date(), COLLECTIVE.timeZone)) {
    const made = formatDay(seededOn, 'en', { year: true })
    lines.push(
      `It was made on ${made}, and its campaigns have moved on since; npm run demo -- --reset makes a new one.`,
    )
  }
  return lines.join('\n')
}

async function replayBeside(
  config: Config,
  publicUrl: string,
  options: DemoOptions,
  signals: StopSignals,
): Promise<number> {
  const { database } = await openInstallation(config)
  try {
    const outcome = await replay(replayOptions(openDatabase(database.sql), publicUrl, options, signals))
    return outcome === 'violated' ? 1 : 0
  } finally {
    await database.close()
  }
}

function replayOptions(db: Database, publicUrl: string, options: DemoOptions, signals: StopSignals) {
  const now = new Date()
  return {
    db,
    publicUrl,
    collective: COLLECTIVE.slug,
    ambassadors: AMBASSADORS.filter(({ came }) => came === 'first'),
    seconds: options.replaySeconds,
    signal: signals.stop,
    now,
    seed: now.getTime(),
    output: process.stdout,
  }
}

/** Whether a demonstration answers at this address. */
async function servesDemo(origin: string): Promise<boolean> {
  try {
    const response = await fetch(`${origin}/api/v1/campaigns`, { signal: AbortSignal.timeout(LOOK_LIMIT_MS) })
    return response.ok && (await response.text()).includes(`"${COLLECTIVE.slug}"`)
  } catch {
    return false
  }
}
