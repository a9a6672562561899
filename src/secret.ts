import { hkdfSync, randomBytes } from 'node:crypto'
import { link, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from './config.ts'
import { SECRET_MIN_CHARACTERS } from './config.ts'
import { makeFolder } from './db/data-folder.ts'
import { StartFailure } from './domain/start-failure.ts'

const KEY_BYTES = 32

/**
 * A key of 32 bytes for one purpose; another purpose gives an unrelated key (HKDF-SHA-256, RFC 5869).
 * `purpose` is a short constant name, such as `database login`.
 */
export function derivedKey(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `twiza ${purpose}`, KEY_BYTES))
}

/**
 * The secret of the settings, else of the file `secret` in the data folder, made with mode 0600 when absent.
 * @throws StartFailure when the folder cannot be written or the file is too short.
 */
export async function loadSecret(config: Pick<Config, 'secret' | 'dataDir'>): Promise<string> {
  if (config.secret !== undefined) return config.secret
  const file = join(config.dataDir, 'secret')
  const secret = (await readIfThere(file)) ?? (await makeSecret(file, config.dataDir))
  if (secret.length < SECRET_MIN_CHARACTERS) {
    throw new StartFailure(
      'secret_too_short',
      `The secret in ${file} is too short: it needs at least ${SECRET_MIN_CHARACTERS} characters.`,
    )
  }
  return secret
}

async function makeSecret(file: string, dataDir: string): Promise<string> {
  // Not the number of the process: in containers that share a folder it is often the same.
  const draft = `${file}.${randomBytes(8).toString('hex')}.new`
  try {
    makeFolder(dataDir)
    await writeFile(draft, `${randomBytes(KEY_BYTES).toString('base64url')}\n`, { mode: 0o600, flush: true })
    // A link appears whole or not at all, and never replaces the secret another process made meanwhile.
    await link(draft, file).catch((error) => {
      if (error.code !== 'EEXIST') throw error
    })
    await rm(draft)
    return (await readFile(file, 'utf8')).trim()
  } catch (error) {
    throw notWritable(dataDir, error)
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).trim()
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw new StartFailure('data_folder_not_writable', `The file ${file} cannot be read (${code}).`)
  }
}

function notWritable(dataDir: string, error: unknown): StartFailure {
  const code = (error as NodeJS.ErrnoException).code ?? String(error)
  return new StartFailure(
    'data_folder_not_writable',
    `The data folder ${dataDir} cannot be written (${code}).`,
  )
}
