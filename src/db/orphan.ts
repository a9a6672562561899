import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { StartFailure } from '../domain/start-failure.ts'

const STOP_LIMIT_MS = 30_000
const LOOK_AGAIN_MS = 25

/**
 * Stops the PostgreSQL that a killed Twiza left behind in this folder, and clears the mark of a dead one.
 * Only for whoever holds the data folder: nobody else may be using this PostgreSQL.
 */
export async function stopOrphan(folder: string): Promise<void> {
  const mark = join(folder, 'postmaster.pid')
  const pid = postmasterOf(folder)
  if (pid === undefined) return
  if (!isAlive(pid) || !servesFolder(pid, folder)) {
    // Its number may belong to another program by now, which PostgreSQL would take for itself.
    rmSync(mark, { force: true })
    return
  }
  signal(pid, 'SIGINT')
  const giveUpAt = Date.now() + STOP_LIMIT_MS
  while (isAlive(pid)) {
    if (Date.now() > giveUpAt) {
      throw new StartFailure(
        'data_folder_in_use',
        `A PostgreSQL left behind (process ${pid}) does not stop: stop it by hand.`,
      )
    }
    await pause(LOOK_AGAIN_MS)
  }
}

/** The process number in `postmaster.pid`, dead or alive; undefined when the folder was left in order. */
export function postmasterOf(folder: string): number | undefined {
  const mark = join(folder, 'postmaster.pid')
  if (!existsSync(mark)) return undefined
  const pid = Number(readFileSync(mark, 'utf8').split('\n')[0])
  return Number.isSafeInteger(pid) && pid > 1 ? pid : undefined
}

/** A postmaster's working folder is its data folder, whatever the folder was called when it started. */
function servesFolder(pid: number, folder: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(folder)
  } catch {
    const words = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? ''
    return words.includes('postgres') && words.includes(basename(folder))
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
