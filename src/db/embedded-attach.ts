import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { OWNER } from './embedded-cluster.ts'
import { postmasterOf } from './orphans.ts'

const PORT_LINE = 3

/**
 * The owner's address in the embedded PostgreSQL that another process runs in this data folder, so that
 * a command can work beside a running Twiza; undefined when none runs.
 */
export function runningEmbedded(dataDir: string): ((databaseName: string) => string) | undefined {
  const folder = join(dataDir, 'postgres')
  const passwordFile = join(dataDir, 'postgres.password')
  if (postmasterOf(folder) === undefined || !existsSync(passwordFile)) return undefined
  const port = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')[PORT_LINE]
  const login = `${OWNER}:${encodeURIComponent(readFileSync(passwordFile, 'utf8').trim())}`
  return (name) => `postgres://${login}@127.0.0.1:${port}/${name}`
}
