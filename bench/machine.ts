import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs'
import { arch, cpus, release, totalmem, type } from 'node:os'
import { join } from 'node:path'
import { connect } from '../src/db/connect.ts'
import type { BenchServer } from './database.ts'
import { spread } from './rounds.ts'

const WRITES = 200
const PAGE_BYTES = 8192
const GIGABYTE = 2 ** 30

/** What a reader must know of the machine to compare; no path and no name of it. */
export async function machineFacts(server: BenchServer): Promise<string[]> {
  const [cpu] = cpus()
  return [
    `${cpus().length} cores (${cpu?.model.trim()}), ${(totalmem() / GIGABYTE).toFixed(0)} GB of memory, ${type()} ${release()} ${arch()}`,
    `Node ${process.versions.node}; PostgreSQL ${await serverVersion(server)}, ${server.isEmbedded ? 'the embedded one' : 'an own server'}, durable commits (fsync and synchronous_commit on)`,
    `one write of 8 KB forced to the disk: ${syncTime(server.folder)} (median of ${WRITES}, least to most)`,
  ]
}

async function serverVersion(server: BenchServer): Promise<string> {
  const sql = connect(server.ownerUrl('postgres'), { max: 1 })
  const [settings] = await sql<{ version: string; fsync: string; commit: string }[]>`
    select current_setting('server_version') as version, current_setting('fsync') as fsync,
      current_setting('synchronous_commit') as commit`
  await sql.end()
  const { version, fsync, commit } = settings!
  if (fsync !== 'on' || commit !== 'on') throw new Error('This PostgreSQL does not commit durably.')
  return version
}

/** What a durable commit waits for at least. */
function syncTime(folder: string): string {
  const file = join(folder, 'sync-time')
  const page = Buffer.alloc(PAGE_BYTES, 1)
  const handle = openSync(file, 'w')
  const times: number[] = []
  for (let count = 0; count < WRITES; count += 1) {
    const startedAt = performance.now()
    writeSync(handle, page, 0, PAGE_BYTES, 0)
    fdatasyncSync(handle)
    times.push(performance.now() - startedAt)
  }
  closeSync(handle)
  rmSync(file)
  const { median, least, most } = spread(times)
  return `${median.toFixed(2)} ms (${least.toFixed(2)} to ${most.toFixed(2)})`
}
