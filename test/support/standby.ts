import { execFile } from 'node:child_process'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { connect } from '../../src/db/connect.ts'
import { type EmbeddedPostgres, startEmbedded } from '../../src/db/embedded.ts'

/** Two real servers: a primary, and a hot standby that streams from it. */
export interface StandbyPair {
  readonly primary: EmbeddedPostgres
  readonly standby: EmbeddedPostgres
  stop(): Promise<void>
}

const REPLICATION = { login: 'copier', password: 'of-the-copier' }
const OF_A_RUNNING_SERVER = ['postmaster.pid', 'postmaster.opts', 'postgresql.auto.conf']

/** Starts both in folders below this one; the standby has everything by the time it answers. */
export async function startStandbyPair(folder: string): Promise<StandbyPair> {
  const primary = await startEmbedded(join(folder, 'primary'), { durable: false })
  try {
    await copyCluster(primary, join(folder, 'primary'), join(folder, 'standby'))
    const standby = await startEmbedded(join(folder, 'standby'), { durable: false })
    const stop = async () => void (await Promise.all([standby.stop(2_000), primary.stop(2_000)]))
    return { primary, standby, stop }
  } catch (error) {
    await primary.stop(2_000)
    throw error
  }
}

/** A base backup by SQL and copies of files, as PostgreSQL's manual describes in "Making a Base Backup". */
async function copyCluster(primary: EmbeddedPostgres, from: string, to: string): Promise<void> {
  const owner = connect(primary.ownerUrl('postgres'), { max: 1, statementTimeoutMs: 0 })
  const { login, password } = REPLICATION
  try {
    await owner.unsafe(`create role ${login} replication login password '${password}'`)
    await owner`select pg_backup_start('standby', true)`
    await promisify(execFile)('cp', ['-a', from, to])
    const [backup] = await owner<{ label: string }[]>`select labelfile as label from pg_backup_stop(false)`
    const files = join(to, 'postgres')
    for (const name of OF_A_RUNNING_SERVER) await rm(join(files, name), { force: true })
    await writeFile(join(files, 'backup_label'), backup?.label ?? '')
    await writeFile(join(files, 'standby.signal'), '')
    const { port, hostname } = new URL(primary.ownerUrl('postgres'))
    const source = `host=${hostname} port=${port} user=${login} password=${password}`
    await writeFile(join(files, 'postgresql.auto.conf'), `primary_conninfo = '${source}'\n`)
  } finally {
    await owner.end()
  }
}
