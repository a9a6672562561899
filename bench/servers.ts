import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { BareAnswer } from './bare-process.ts'
import { SECRET } from './database.ts'

/** A server in a process of its own. */
export interface RunningServer {
  readonly port: number
  /** Where its inspector listens, when it was asked for. */
  readonly inspectorUrl: string | undefined
  stop(): Promise<void>
}

export interface AppOptions {
  /** With the inspector, for profiles and for collecting garbage; it costs nothing while nobody asks. */
  readonly inspected?: boolean
  readonly settings?: Readonly<Record<string, string>>
  readonly words?: readonly string[]
}

const BUILT = fileURLToPath(new URL('../dist/twiza.js', import.meta.url))
const BARE = fileURLToPath(new URL('./bare-process.ts', import.meta.url))
const STOP_LIMIT_MS = 10_000
// Longer than any run: no reservation may end in the middle of a measurement.
const CARD_MINUTES = '1440'

const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** The built `twiza start`, as an operator would start it; without a database's address on its embedded one. */
export async function startApp(
  databaseUrl: string | undefined,
  options: AppOptions = {},
): Promise<RunningServer> {
  const flags = options.inspected ? ['--inspect=127.0.0.1:0'] : []
  const child = spawn(process.execPath, [...flags, BUILT, 'start', ...(options.words ?? [])], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
      TWIZA_SECRET: SECRET,
      TWIZA_CARD_PROVIDER: 'sandbox',
      TWIZA_CARD_MINUTES: CARD_MINUTES,
      PORT: '0',
      ...options.settings,
    },
  })
  running.add(child)
  const inspectorUrl = options.inspected ? said(child, /ws:\/\/\S+/) : undefined
  const [port] = (await said(child, /Twiza is ready: \S+?:(\d+)/)).match(/\d+$/) ?? []
  return { port: Number(port), inspectorUrl: await inspectorUrl, stop: () => stop(child) }
}

/** A bare `node:http` server that gives the same answers, and does nothing else. */
export async function startBare(answers: Readonly<Record<string, BareAnswer>>): Promise<RunningServer> {
  const child = fork(BARE)
  running.add(child)
  child.send(answers)
  const [port] = (await once(child, 'message')) as [number]
  return { port, inspectorUrl: undefined, stop: () => stop(child) }
}

/** Stops every server that a case has left running, also one that failed. */
export async function stopServers(): Promise<void> {
  await Promise.all([...running].map(stop))
}

async function stop(child: ChildProcess): Promise<void> {
  running.delete(child)
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS)
  await ended
  clearTimeout(timer)
}

/** The first match in what it writes. Goes on reading, so that a full pipe never holds the server up. */
function said(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    let isFound = false
    const look = (chunk: Buffer) => {
      if (isFound) return
      text += chunk
      const match = pattern.exec(text)
      if (!match) return
      isFound = true
      resolve(match[0])
    }
    child.stdout?.on('data', look)
    child.stderr?.on('data', look)
    child.once('exit', () => reject(new Error(`The server ended before it was ready: ${text.slice(-2000)}`)))
  })
}
