import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { StartFailure } from '../domain/start-failure.ts'

const STOP_LIMIT_MS = 30_000
const KILL_LIMIT_MS = 3_000
const LOOK_AGAIN_MS = 25
const HAS_PROC = existsSync('/proc/self/cwd')

/**
 * Stops the PostgreSQL that a killed Twiza left behind in this folder, and clears what a dead one left: its mark,
 * and those of its processes that have not noticed yet, beside whose memory no new one starts.
 * Only for whoever holds the data folder: nobody else may be using this PostgreSQL.
 * @throws StartFailure `data_folder_in_use` when something does not stop
 */
export async function stopOrphans(folder: string): Promise<void> {
  const pid = postmasterOf(folder)
  if (pid !== undefined && isAlive(pid) && servesFolder(pid, folder)) {
    signal(pid, 'SIGINT')
    await gone([pid], STOP_LIMIT_MS)
  }
  // The number in it may belong to another program by now, which PostgreSQL would take for itself.
  rmSync(join(folder, 'postmaster.pid'), { force: true })
  const left = processesOf(folder)
  for (const orphan of left) signal(orphan, 'SIGKILL')
  await gone(left, KILL_LIMIT_MS)
}

/** The process number in `postmaster.pid`, dead or alive; undefined when the folder was left in order. */
export function postmasterOf(folder: string): number | undefined {
  const mark = join(folder, 'postmaster.pid')
  if (!existsSync(mark)) return undefined
  const pid = Number(readFileSync(mark, 'utf8').split('\n')[0])
  return Number.isSafeInteger(pid) && pid > 1 ? pid : undefined
}

/**
 * Every living process of PostgreSQL in this folder. Only where /proc tells (Linux); elsewhere none: there the
 * processes of a dead PostgreSQL end by themselves, as soon as they wait for their client.
 */
export function processesOf(folder: string): number[] {
  if (!existsSync(folder) || !HAS_PROC) return []
  const numbers = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
  return numbers.filter((pid) => isPostgres(pid) && servesFolder(pid, folder) && isAlive(pid))
}

function isPostgres(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'postgres'
  } catch {
    return false
  }
}

/** The working folder of its processes is its data folder, whatever the folder was called when it started. */
function servesFolder(pid: number, folder: string): boolean {
  if (HAS_PROC) return workingFolderOf(pid) === realpathSync(folder)
  const words = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? ''
  // The whole folder, not its last part, which is the same in every installation.
  return words.includes('postgres') && words.includes(folder)
}

/** Undefined for a process that has ended, or is somebody else's. */
function workingFolderOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return undefined
  }
}

async function gone(pids: readonly number[], limitMs: number): Promise<void> {
  const giveUpAt = performance.now() + limitMs
  for (const pid of pids) {
    while (isAlive(pid)) {
      if (performance.now() > giveUpAt) {
        throw new StartFailure(
          'data_folder_in_use',
          `A PostgreSQL left behind (process ${pid}) does not stop: stop it by hand.`,
        )
      }
      await pause(LOOK_AGAIN_MS)
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  return !isZombie(pid)
}

/** A dead process that its parent has not looked at yet still has a number. */
function isZombie(pid: number): boolean {
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
