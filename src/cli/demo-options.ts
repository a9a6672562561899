import { nearestName } from '../domain/nearest-name.ts'

/** What was asked of the demonstration. */
export interface DemoOptions {
  /** 0 takes any free port; undefined leaves it to the environment. */
  readonly port: number | undefined
  readonly reset: boolean
  readonly replay: boolean
  /** How long the ten days of the replay take. */
  readonly replaySeconds: number
}

export type DemoOptionsRead =
  | { readonly ok: true; readonly options: DemoOptions }
  | { readonly ok: false; readonly sentence: string }

const DEFAULT_REPLAY_SECONDS = 60
const SWITCHES = ['reset', 'replay'] as const
const NUMBERS = { port: { least: 0, most: 65_535 }, 'replay-seconds': { least: 1, most: 3600 } } as const
const NAMES = [...SWITCHES, ...Object.keys(NUMBERS)]

/** What the demonstration says of itself on `--help`. */
export const DEMO_HELP = `npm run demo               an invented collective to look at and to try out
npm run demo -- --replay   sells out a fresh campaign before your eyes: ten days in a minute

  --port N             listen on this port (3000)
  --reset              forget what was done and start afresh, before anything else
  --replay-seconds N   let the ten days take so many seconds (60)
  --help               this text`

/** Reads the words after `npm run demo --`. `--port N` and `--port=N` are the same. */
export function readDemoOptions(words: readonly string[]): DemoOptionsRead {
  const switches = new Set<string>()
  const numbers = new Map<string, number>()
  const rest = words.flatMap((word) => (isNumber(/^--([a-z-]+)=/.exec(word)?.[1]) ? splitOnce(word) : [word]))
  while (rest.length > 0) {
    const word = rest.shift()!
    const name = word.replace(/^--/, '')
    if (isSwitch(word, name)) switches.add(name)
    else if (word === `--${name}` && isNumber(name)) {
      const { least, most } = NUMBERS[name]
      const value = rest.shift() ?? ''
      const isWhole = /^\d{1,6}$/.test(value) && Number(value) >= least && Number(value) <= most
      if (!isWhole) return { ok: false, sentence: `--${name} needs a whole number from ${least} to ${most}.` }
      numbers.set(name, Number(value))
    } else {
      const meant = nearestName(name, NAMES)
      return { ok: false, sentence: `The demo has no option ${word}; did you mean --${meant}?` }
    }
  }
  const options = {
    port: numbers.get('port'),
    reset: switches.has('reset'),
    replay: switches.has('replay'),
    replaySeconds: numbers.get('replay-seconds') ?? DEFAULT_REPLAY_SECONDS,
  }
  return { ok: true, options }
}

function isSwitch(word: string, name: string): boolean {
  return word === `--${name}` && SWITCHES.some((known) => known === name)
}

function isNumber(name: string | undefined): name is keyof typeof NUMBERS {
  return name !== undefined && Object.hasOwn(NUMBERS, name)
}

function splitOnce(word: string): [string, string] {
  const at = word.indexOf('=')
  return [word.slice(0, at), word.slice(at + 1)]
}
