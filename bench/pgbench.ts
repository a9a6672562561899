import { execFile } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'

export interface PgbenchRun {
  /** One script is one transaction. */
  readonly script: string
  readonly clients: number
  readonly seconds: number
}

export interface PgbenchResult {
  readonly perSecond: number
  readonly transactions: number
}

/** PostgreSQL's own load generator, as the application's login. */
export interface Pgbench {
  run(databaseUrl: string, run: PgbenchRun): Promise<PgbenchResult>
  /** The best of several numbers of clients, and all that was done meanwhile. */
  best(
    databaseUrl: string,
    run: Omit<PgbenchRun, 'clients'>,
    clients: readonly number[],
  ): Promise<PgbenchResult>
}

const DEBIAN_FOLDER = '/usr/lib/postgresql'
const HOW_TO_GET_IT =
  'pgbench is not there: it comes with the client programs of PostgreSQL (Debian and Ubuntu: postgresql-contrib or postgresql-client; macOS: libpq). Put it into PATH and try again.'

/** @throws Error that says where to get it */
export function findPgbench(folder: string): Pgbench {
  const debian = existsSync(DEBIAN_FOLDER) ? readdirSync(DEBIAN_FOLDER).sort().reverse() : []
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    ...debian.map((version) => join(DEBIAN_FOLDER, version, 'bin')),
  ]
  const program = folders.map((place) => join(place, 'pgbench')).find((path) => existsSync(path))
  if (program === undefined) throw new Error(HOW_TO_GET_IT)
  const run = (databaseUrl: string, wanted: PgbenchRun) => runOnce(program, folder, databaseUrl, wanted)
  return {
    run,
    async best(databaseUrl, wanted, clients) {
      let perSecond = 0
      let transactions = 0
      for (const count of clients) {
        const result = await run(databaseUrl, { ...wanted, clients: count })
        perSecond = Math.max(perSecond, result.perSecond)
        transactions += result.transactions
      }
      return { perSecond, transactions }
    },
  }
}

async function runOnce(
  program: string,
  folder: string,
  databaseUrl: string,
  { script, clients, seconds }: PgbenchRun,
): Promise<PgbenchResult> {
  const file = join(folder, 'pgbench.sql')
  await writeFile(file, script)
  const { hostname, port, username, password, pathname } = new URL(databaseUrl)
  const words = [
    ['--no-vacuum', '--protocol=prepared', `--client=${clients}`, `--jobs=${Math.min(2, clients)}`],
    [`--time=${Math.max(1, Math.round(seconds))}`, `--file=${file}`, `--host=${hostname}`],
    [`--port=${port || '5432'}`, `--username=${decodeURIComponent(username)}`, pathname.slice(1)],
  ].flat()
  const env = { ...process.env, PGPASSWORD: decodeURIComponent(password) }
  const { stdout, stderr } = await promisify(execFile)(program, words, { env })
  const transactions = Number(/actually processed: (\d+)/.exec(stdout)?.[1])
  const perSecond = Number(/tps = ([\d.]+) \(without/.exec(stdout)?.[1])
  const failed = Number(/failed transactions: (\d+)/.exec(stdout)?.[1] ?? 0)
  if (!(perSecond > 0) || failed > 0) throw new Error(`pgbench did not finish: ${stdout}${stderr}`)
  return { perSecond, transactions }
}
