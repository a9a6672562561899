import { statfsSync } from 'node:fs'
import { connect } from './connect.ts'

const RING_MB = 256

/**
 * PostgreSQL's write-ahead log as a ring: in quiet days it needs no new file once the ring is laid out. Without space
 * for a new file of the log PostgreSQL ends (PANIC); without space for anything else it refuses the one statement
 * (53100) and goes on answering. A storm of orders may use more for a while: with 256 MB alone there was a checkpoint
 * every five seconds, and every page changed after it is written whole.
 */
export const LOG_RING = { min_wal_size: `${RING_MB}MB`, max_wal_size: '1GB' } as const

/**
 * Takes the space of the ring now, while there is some: nothing when the ring is whole, or when the disk has not
 * twice what is missing. The files are made by moving on in the log, and kept for later by the checkpoint.
 * @param ownerUrl of any database of the server
 */
export async function layOutLogRing(ownerUrl: string, folder: string): Promise<void> {
  const sql = connect(ownerUrl, { max: 1, statementTimeoutMs: 0, applicationName: 'twiza log ring' })
  try {
    const [log] = await sql<{ bytes: number; segment: number }[]>`
      select sum(size)::float8 as bytes, pg_size_bytes(current_setting('wal_segment_size'))::float8 as segment
      from pg_ls_waldir() where name ~ '^[0-9A-F]{24}$'`
    if (!log) return
    const missing = RING_MB * 1024 * 1024 - log.bytes
    const { bavail, bsize } = statfsSync(folder)
    if (missing < log.segment || bavail * bsize < 2 * missing) return
    // While the slot is there no file may be used again, so that each step makes a new one.
    await sql`select pg_create_physical_replication_slot('twiza_log_ring', true, true)`
    for (let made = 0; made < missing; made += log.segment) {
      await sql`select pg_logical_emit_message(false, 'twiza', 'the next file'), pg_switch_wal()`
    }
    await sql`select pg_drop_replication_slot('twiza_log_ring')`
    await sql`checkpoint`
  } finally {
    await sql.end()
  }
}
