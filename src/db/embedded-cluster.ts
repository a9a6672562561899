import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { StartFailure } from '../domain/start-failure.ts'
import type { Binaries, Launcher } from './embedded-binaries.ts'
import { postgresEnvironment } from './embedded-environment.ts'

export const OWNER = 'twiza_owner'

/** The files of an embedded PostgreSQL, ready to be served. */
export interface Cluster {
  readonly folder: string
  readonly password: string
}

/**
 * Makes the files of the database when they are not there. What was left by a broken attempt is made again:
 * the folder gets its name only when it is whole.
 */
export async function ensureCluster(
  dataDir: string,
  binaries: Binaries,
  launcher: Launcher,
  durable: boolean,
): Promise<Cluster> {
  const folder = join(dataDir, 'postgres')
  const passwordFile = join(dataDir, 'postgres.password')
  if (existsSync(folder)) return { folder, password: await readPassword(passwordFile) }

  const password = randomBytes(24).toString('base64url')
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600, flush: true })
  const draft = `${folder}.new`
  await rm(draft, { recursive: true, force: true })
  await mkdir(draft, { mode: 0o700 })
  await initialise(draft, password, binaries, launcher, durable)
  await rename(draft, folder)
  return { folder, password }
}

async function initialise(
  folder: string,
  password: string,
  binaries: Binaries,
  launcher: Launcher,
  durable: boolean,
): Promise<void> {
  const passwordFile = `${folder}.password`
  await rm(passwordFile, { force: true })
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (launcher.user !== undefined) {
    for (const path of [folder, passwordFile]) await chown(path, launcher.user.uid, launcher.user.gid)
  }
  const words = [
    ...launcher.prefix,
    binaries.initdb,
    `--pgdata=${folder}`,
    `--username=${OWNER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    '--no-instructions',
    ...(durable ? [] : ['--no-sync']),
  ]
  try {
    await run(words, launcher)
  } finally {
    await rm(passwordFile, { force: true })
  }
}

/** Runs to the end in a session of its own, so that Ctrl-C reaches only Twiza. */
async function run(words: readonly string[], launcher: Launcher): Promise<void> {
  const [command = '', ...rest] = words
  const child = spawn(command, rest, {
    ...launcher.user,
    detached: true,
    env: postgresEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let complaint = ''
  child.stderr.on('data', (chunk) => {
    complaint += chunk
  })
  const exitCode = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve))
  if (exitCode === 0) return
  const line = complaint.match(/error: (.*)|FATAL: +(.*)/)
  throw new StartFailure(
    'database_unreachable',
    `The files of the embedded PostgreSQL cannot be made: ${(line?.[1] ?? line?.[2] ?? complaint).trim()}.`,
  )
}

async function readPassword(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim()
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    throw new StartFailure(
      'database_refused',
      `The password of the embedded database cannot be read from ${file} (${code}).`,
    )
  }
}
