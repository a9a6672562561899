import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { StartFailure } from '../domain/start-failure.ts'

/** The data folder, held by this process alone until `release`. */
export interface HeldFolder {
  readonly path: string
  release(): void
}

/**
 * Takes the data folder for this process, making it when absent. The lock is one of the operating system,
 * held through an empty SQLite file: it vanishes with the process, also after kill -9 or a loss of power.
 * @throws StartFailure `data_folder_in_use` or `data_folder_not_writable`
 */
export function holdDataFolder(path: string): HeldFolder {
  const holder = join(path, 'lock.pid')
  try {
    makeFolder(path)
    const lock = new DatabaseSync(join(path, 'lock'), { timeout: 0 })
    lock.exec('pragma journal_mode = memory; begin exclusive')
    writeFileSync(holder, `${process.pid}\n`)
    return { path, release: () => lock.close() }
  } catch (error) {
    if (isBusy(error)) throw inUse(path, holder)
    const why = (error as NodeJS.ErrnoException).code ?? (error as Error).message
    throw new StartFailure(
      'data_folder_not_writable',
      `The data folder ${path} cannot be written (${why}): choose another one with DATA_DIR.`,
    )
  }
}

/**
 * Makes a folder and those above it that are absent. Step by step, because the recursive `mkdir` of Node never
 * returns where the system answers ENOENT below a folder that is there, as in /proc.
 * @throws the system's error
 */
export function makeFolder(path: string): void {
  if (existsSync(path)) return
  const above = dirname(path)
  if (above !== path) makeFolder(above)
  try {
    mkdirSync(path)
  } catch (error) {
    const isThere = (error as NodeJS.ErrnoException).code === 'EEXIST' && statSync(path).isDirectory()
    if (!isThere) throw error
  }
}

/** Whether an embedded database was ever made in this data folder. */
export function holdsDatabase(path: string): boolean {
  return existsSync(join(path, 'postgres', 'PG_VERSION'))
}

const SQLITE_BUSY = 5

function isBusy(error: unknown): boolean {
  return (error as { errcode?: number }).errcode === SQLITE_BUSY
}

function inUse(path: string, holder: string): StartFailure {
  return new StartFailure(
    'data_folder_in_use',
    `The data folder ${path} is in use by another process${processIn(holder)}: stop it, or choose another folder with DATA_DIR.`,
  )
}

function processIn(holder: string): string {
  try {
    return ` (${readFileSync(holder, 'utf8').trim()})`
  } catch {
    return ''
  }
}
