import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { connect, type Sql } from '../src/db/connect.ts'
import { type Database, openDatabase } from '../src/db/database.ts'
import { startEmbedded } from '../src/db/embedded.ts'
import { startDatabase } from '../src/db/start-database.ts'
import { localDay } from '../src/domain/days.ts'
import { checkCollective } from '../src/ledger/check.ts'
import { derivedKey } from '../src/secret.ts'
import { COLLECTIVE } from '../test/support/world-content.ts'
import { addCampaign, addCollective } from '../test/support/world-seed.ts'

/** The one PostgreSQL that everything in a run uses, with its real, durable settings. */
export interface BenchServer {
  /** Where its files and those of the bench are; undefined files of one's own server are somewhere else. */
  readonly folder: string
  readonly isEmbedded: boolean
  ownerUrl(database: string): string
  createDatabase(name: string): Promise<BenchDatabase>
  /** Drops every database that a case has left. */
  dropDatabases(): Promise<void>
  stop(): Promise<void>
}

/** A migrated database with one collective. */
export interface BenchDatabase {
  readonly ownerUrl: string
  readonly appUrl: string
  readonly owner: Sql
  readonly collectiveId: string
  /** Today, where the collective is. */
  readonly today: string
  /** Further live campaigns, with all their coupons free. */
  addCampaigns(count: number, goal: number): Promise<[BenchCampaign, ...BenchCampaign[]]>
  /** @throws Error when the campaigns do not have exactly so many orders: what was answered is stored, once */
  expectOrders(campaigns: readonly BenchCampaign[], answered: number): Promise<void>
  /** Its size, as text. */
  gigabytes(): Promise<string>
  /** Recomputes everything as `twiza check` does. @throws Error that names the violations */
  check(): Promise<void>
  drop(): Promise<void>
}

export interface BenchCampaign {
  readonly id: string
  /** `collective/campaign`, as in its address. */
  readonly path: string
}

/** Of every server that the bench starts. */
export const SECRET = 'a secret of the benchmarks, long enough'

// Beside the packages: on the disk of the project, and in no commit.
const CACHE = fileURLToPath(new URL('../node_modules/.cache', import.meta.url))
const FOLDER = join(CACHE, `twiza-bench-${process.pid}`)

export async function startServer(databaseUrl: string | undefined): Promise<BenchServer> {
  await mkdir(FOLDER, { recursive: true })
  await removeLeftovers()
  const embedded = databaseUrl === undefined ? await startEmbedded(FOLDER) : undefined
  const ownerUrl = (name: string) => embedded?.ownerUrl(name) ?? withDatabase(databaseUrl!, name)
  const admin = connect(embedded?.ownerUrl('postgres') ?? databaseUrl!, { max: 1, statementTimeoutMs: 0 })
  const made: BenchDatabase[] = []
  const dropDatabases = async () => {
    for (const database of made.splice(0)) await database.drop()
  }
  return {
    folder: FOLDER,
    isEmbedded: embedded !== undefined,
    ownerUrl,
    async createDatabase(purpose) {
      const name = `bench_${process.pid}_${purpose}`
      await admin.unsafe(`create database ${name}`)
      const database = await furnish(ownerUrl(name), async () => {
        await admin.unsafe(`drop database ${name} with (force)`)
        await admin.unsafe(`drop role if exists ${name}_login`)
      })
      made.push(database)
      return database
    },
    dropDatabases,
    async stop() {
      await dropDatabases()
      await admin.end()
      await embedded?.stop()
      await rm(FOLDER, { recursive: true, force: true })
    },
  }
}

// Never the same twice in a run: the generator remembers the numbers that each one has given.
let campaignsMade = 0

/** A collective of its own in a database of the bench. */
export async function furnish(ownerUrl: string, remove: () => Promise<void>): Promise<BenchDatabase> {
  const loginKey = derivedKey(SECRET, 'database login')
  const options = { databaseUrl: ownerUrl, databaseAppUrl: undefined, dataDir: FOLDER, loginKey }
  const started = await startDatabase(options)
  const owner = connect(ownerUrl, { max: 2, statementTimeoutMs: 0 })
  const db = openDatabase(started.sql)
  const now = new Date()
  const { associationId } = await addCollective(db, now)
  const [row] = await owner<{ id: string }[]>`select id from collective`
  const collectiveId = row!.id
  return {
    ownerUrl,
    appUrl: started.appUrl,
    owner,
    collectiveId,
    today: localDay(now, COLLECTIVE.timeZone),
    async addCampaigns(count, goal) {
      const added: BenchCampaign[] = []
      for (let left = count; left > 0; left -= 1) {
        campaignsMade += 1
        const slug = `dar-${campaignsMade}`
        await addCampaign(db.of(collectiveId), associationId, now, { slug, goal, draft: true })
        const [campaign] = await owner<{ id: string }[]>`
          select id from campaign where collective_id = ${collectiveId} and slug = ${slug}`
        await schedule(owner, collectiveId, campaign!.id, goal, now)
        added.push({ id: campaign!.id, path: `${COLLECTIVE.slug}/${slug}` })
      }
      // As autovacuum would have done long before a real campaign's evening.
      await owner`vacuum analyze coupon`
      return added as [BenchCampaign, ...BenchCampaign[]]
    },
    async expectOrders(of, answered) {
      const ids = of.map(({ id }) => id)
      const [counted] = await owner<{ orders: number }[]>`
        select count(*)::integer as orders from "order"
        where collective_id = ${collectiveId} and campaign_id = any (${ids}::uuid[])`
      const { orders } = counted!
      if (orders !== answered) throw new Error(`${answered} orders were answered, ${orders} are stored.`)
    },
    async gigabytes() {
      const [size] = await owner<{ gigabytes: string }[]>`
        select round(pg_database_size(current_database()) / 1e9, 1)::text as gigabytes`
      return size!.gigabytes
    },
    check: () => checkAll(db, collectiveId),
    async drop() {
      await owner.end({ timeout: 1 })
      await started.close()
      await remove()
    },
  }
}

async function checkAll(db: Database, collectiveId: string): Promise<void> {
  const { violations } = await checkCollective(db.of(collectiveId))
  if (violations.length === 0) return
  const first = violations.slice(0, 3).map(({ sentence }) => sentence)
  throw new Error(`${violations.length} violations, such as: ${first.join(' ')}`)
}

/** As `schedule_campaign` does it; a superuser goes round the check of a million foreign keys. */
async function schedule(
  owner: Sql,
  collectiveId: string,
  id: string,
  goal: number,
  now: Date,
): Promise<void> {
  const [role] = await owner`select rolsuper from pg_roles where rolname = current_user`
  if (role?.rolsuper) {
    await owner.begin(async (transaction) => {
      await transaction`set local session_replication_role = replica`
      await transaction`
        insert into coupon (collective_id, campaign_id, number, goal)
        select ${collectiveId}::uuid, ${id}::uuid, n, ${goal}::integer from generate_series(1, ${goal}::integer) n`
      await transaction`
        update campaign set available = goal, scheduled_at = ${now}
        where collective_id = ${collectiveId} and id = ${id}`
    })
  } else await owner`select schedule_campaign(${collectiveId}, ${id}, ${now})`
}

/** A run that was killed leaves its folder behind. */
async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(CACHE)) {
    const pid = Number(/^twiza-bench-(\d+)$/.exec(name)?.[1])
    if (pid > 0 && !isRunning(pid)) await rm(join(CACHE, name), { recursive: true, force: true })
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function withDatabase(url: string, name: string): string {
  return url.replace(/\/[^/?]*(\?.*)?$/, `/${name}$1`)
}
