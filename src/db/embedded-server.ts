import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { StartFailure } from '../domain/start-failure.ts'
import { answers } from './answers.ts'
import type { Binaries, Launcher } from './embedded-binaries.ts'
import { type Cluster, OWNER } from './embedded-cluster.ts'
import { postgresEnvironment } from './embedded-environment.ts'
import { LOG_RING } from './embedded-log-ring.ts'

/** What is run, and how. */
export interface Program {
  readonly cluster: Cluster
  readonly binaries: Binaries
  readonly launcher: Launcher
  /** False only for tests: nothing is forced to the disk. */
  readonly durable: boolean
}

/** One run of PostgreSQL, from its launch to its end. */
export interface Server {
  readonly port: number
  ownerUrl(databaseName: string): string
  /** Fulfilled when it has ended, with how: `SIGKILL`, `exit code 1`. */
  readonly ended: Promise<string>
  /**
   * Waits until it takes queries, also through a long recovery; false when it ended instead.
   * @throws StartFailure `database_refused` when it does not know its owner; it is stopped then
   */
  becomesReady(): Promise<boolean>
  /** Why it failed, in its own words. */
  complaint(): string
  /** PostgreSQL's fast shutdown, after the limit its immediate one; nothing when it has ended. */
  shutDown(limitMs?: number): Promise<void>
}

// Recovery after a loss of power replays the log, which may take minutes on a slow disk.
const READY_LIMIT_MS = 600_000
const STOP_LIMIT_MS = 20_000
const LOOK_AGAIN_MS = 20
// Beyond this its file of messages is put aside: a server that cannot start must not fill the disk with complaints.
const MESSAGES_LIMIT_BYTES = 1024 * 1024

/** Runs PostgreSQL on 127.0.0.1 and this port. */
export function launch(program: Program, port: number): Server {
  const { cluster, binaries, launcher } = program
  const messages = messagesOf(cluster.folder)
  const flags = Object.entries(settingsOf(program, port)).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ])
  const [command = '', ...rest] = [...launcher.prefix, binaries.postgres, '-D', cluster.folder, ...flags]
  // A session of its own: Ctrl-C in the terminal must reach Twiza only, which then finishes its requests.
  const child = spawn(command, rest, {
    ...launcher.user,
    detached: true,
    env: postgresEnvironment(),
    stdio: ['ignore', messages.output, messages.output],
  })
  closeSync(messages.output)
  endWithProcess(child)
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`))
    child.once('error', (error) => resolve(error.message))
  })
  const login = `${OWNER}:${encodeURIComponent(cluster.password)}`
  const ownerUrl = (name: string) => `postgres://${login}@127.0.0.1:${port}/${name}`
  const shutDown = (limitMs = STOP_LIMIT_MS) => end(child, limitMs)
  return {
    port,
    ownerUrl,
    ended,
    becomesReady: () => becomesReady({ ended, ownerUrl, shutDown }),
    complaint: () => `${messages.lastFailure(port)} (see ${messages.file})`,
    shutDown,
  }
}

function settingsOf({ durable }: Program, port: number): Record<string, string | number> {
  return {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // A logged statement or detail could hold a contributor's name.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_min_messages: 'warning',
    ...(durable ? LOG_RING : HASTY),
  }
}

const HASTY = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_wal_size: '2GB' }

async function becomesReady(server: Pick<Server, 'ended' | 'ownerUrl' | 'shutDown'>): Promise<boolean> {
  let hasEnded = false
  server.ended.then(() => {
    hasEnded = true
  })
  const giveUpAt = performance.now() + READY_LIMIT_MS
  try {
    while (!hasEnded && performance.now() < giveUpAt) {
      if (await answers(server.ownerUrl('postgres'))) return true
      await pause(LOOK_AGAIN_MS)
    }
  } catch (error) {
    await server.shutDown()
    throw new StartFailure(
      'database_refused',
      `The embedded PostgreSQL refuses its owner: ${(error as Error).message}.`,
    )
  }
  await server.shutDown()
  return false
}

async function end(child: ChildProcess, limitMs: number): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const exited = new Promise<true>((resolve) => child.once('exit', () => resolve(true)))
  child.kill('SIGINT')
  const inTime = await Promise.race([exited, pause(limitMs, false, { ref: false })])
  if (!inTime) child.kill('SIGQUIT')
  await exited
}

/** In a session of its own it would outlive a Twiza that ends at once. */
function endWithProcess(child: ChildProcess): void {
  const quit = () => void child.kill('SIGQUIT')
  process.once('exit', quit)
  child.once('exit', () => process.off('exit', quit))
}

/** The file into which a run writes its messages, after those of earlier runs. */
function messagesOf(folder: string) {
  const file = join(folder, '..', 'postgres.log')
  const size = () => statSync(file, { throwIfNoEntry: false })?.size ?? 0
  if (size() > MESSAGES_LIMIT_BYTES) renameSync(file, `${file}.previous`)
  const from = size()
  const lastFailure = (port: number) => {
    // Whoever moves the file away must not end the supervisor with it.
    const text = existsSync(file) ? readFileSync(file).subarray(from).toString('utf8') : ''
    if (text.includes('Address already in use')) return `the port ${port} is taken by another program`
    const failures = text.split('\n').filter((line) => /FATAL|PANIC/.test(line) && !NOT_A_REASON.test(line))
    return failures.at(-1)?.replace(/^.*?(FATAL|PANIC): +/, '') ?? 'it gave no reason'
  }
  return { file, output: openSync(file, 'a', 0o600), lastFailure }
}

// What it tells clients that come while it starts or ends.
const NOT_A_REASON = /the database system is|terminating (connection|background)/
