import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from '../../src/db/connect.ts'
import { startEmbedded } from '../../src/db/embedded.ts'
import { migrate } from '../../src/db/migrate.ts'
import { ensureAppRole } from '../../src/db/roles.ts'

/** The PostgreSQL of one test run. */
export interface TestServer {
  readonly adminUrl: string
  /** The name of a database with all migrations and nothing else, to be copied. */
  readonly template: string
  stop(): Promise<void>
}

const TEMPLATE = 'twiza_template'
const FOLDER_PREFIX = 'twiza-postgres-'

/** Starts a PostgreSQL that forces nothing to the disk, in a folder of its own under the temporary one. */
export async function startTestServer(): Promise<TestServer> {
  await removeLeftovers()
  const folder = await mkdtemp(join(tmpdir(), `${FOLDER_PREFIX}${process.pid}-`))
  const server = await startEmbedded(folder, { durable: false })
  const stop = async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await makeTemplate(server.ownerUrl('postgres'), server.ownerUrl(TEMPLATE))
  } catch (error) {
    await stop()
    throw error
  }
  return { adminUrl: server.ownerUrl('postgres'), template: TEMPLATE, stop }
}

async function makeTemplate(adminUrl: string, templateUrl: string): Promise<void> {
  const admin = connect(adminUrl, { max: 1 })
  const owner = connect(templateUrl, { max: 1, statementTimeoutMs: 0 })
  try {
    await admin.unsafe(`create database ${TEMPLATE}`)
    await ensureAppRole(owner)
    await migrate(owner)
  } finally {
    await owner.end()
    await admin.end()
  }
}

/** A run that was killed leaves its folder behind. */
async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = new RegExp(`^${FOLDER_PREFIX}(\\d+)-`).exec(name)?.[1]
    if (pid !== undefined && !isRunning(Number(pid))) {
      await rm(join(tmpdir(), name), { recursive: true, force: true })
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
