// What `npm run bench` runs: every case beside its limit in the same run, a table, and docs/BENCHMARKS.md.
//   npm run bench                              everything, and the page is written
//   npm run bench -- orders pages              some cases, only printed
//   npm run bench -- --quick                   shorter and smaller, only printed
//   npm run bench -- --rounds 7 --seconds 6
//   npm run bench -- orders --profile          also where the application's time goes
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { build } from '../scripts/build.mjs'
import type { Bench, BenchCase } from './case.ts'
import { campaigns } from './cases/campaigns.ts'
import { coldStart } from './cases/cold-start.ts'
import { growth } from './cases/growth.ts'
import { latency } from './cases/latency.ts'
import { orders } from './cases/orders.ts'
import { pageInStorm } from './cases/page-in-storm.ts'
import { pages, unchangedPages } from './cases/pages.ts'
import { processes } from './cases/processes.ts'
import { viewers } from './cases/viewers.ts'
import { startServer } from './database.ts'
import { profiling } from './inspector.ts'
import { startGenerator } from './load.ts'
import { machineFacts } from './machine.ts'
import { findPgbench } from './pgbench.ts'
import { stopServers } from './servers.ts'
import { isMet, notes, type Row, table } from './table.ts'
import { writePage } from './write-page.ts'

const CASES: readonly BenchCase[] = [
  orders,
  campaigns,
  latency,
  pages,
  unchangedPages,
  pageInStorm,
  viewers,
  growth,
  processes,
  coldStart,
]

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string' },
    seconds: { type: 'string' },
    quick: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
  },
})
const isQuick = values.quick
const wanted = positionals.length === 0 ? CASES : positionals.map(caseNamed)
const rounds = Number(values.rounds ?? (isQuick ? 2 : 5))
const seconds = Number(values.seconds ?? (isQuick ? 2 : 4))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1))

await build()
const server = await startServer(process.env.DATABASE_URL)
const generator = startGenerator()
let refused = 0
let profiles = 0
const bench: Bench = {
  server,
  async load(load, by = generator) {
    const result = await by.run(load)
    refused += result.refused
    if (Object.keys(result.wrong).length === 0) return result
    throw new Error(`${result.right} answers were right, and wrong: ${JSON.stringify(result.wrong)}.`)
  },
  pgbench: () => findPgbench(server.folder),
  rounds,
  seconds,
  isQuick,
  isProfiled: values.profile,
  watching: (app, work) => (app.inspectorUrl ? profiling(app.inspectorUrl, profileFile(), work) : work()),
  say: (line) => console.log(line),
}
try {
  const startedAt = performance.now()
  const facts = await machineFacts(server)
  console.log(facts.join('\n'))
  const rows: Row[] = []
  for (const one of wanted) rows.push(...(await measured(one)))
  console.log(`\n${table(rows)}\n\n${notes(rows)}`)
  const minutes = Math.round((performance.now() - startedAt) / 60_000)
  console.log(`${rows.filter(isMet).length} of ${rows.length} targets met, in ${minutes} min`)
  const isWhole = wanted === CASES && !isQuick && rounds >= 5 && process.exitCode === undefined
  if (isWhole) await writePage({ facts, rows, rounds, seconds, minutes })
} finally {
  await generator.stop()
  await server.stop()
}
// Also when a case that failed has left something open.
process.exit()

/** A case that cannot be measured is named, and the others go on. */
async function measured(one: BenchCase): Promise<Row[]> {
  console.log(one.name)
  refused = 0
  try {
    const rows = await one.run(bench)
    const [first, ...others] = rows
    return refused === 0
      ? rows
      : [{ ...first!, note: `${refused} answers were 503, and do not count` }, ...others]
  } catch (error) {
    console.error(`${one.name} was not measured: ${(error as Error).stack}`)
    process.exitCode = 1
    return []
  } finally {
    await stopServers()
    await server.dropDatabases()
  }
}

function caseNamed(name: string): BenchCase {
  const found = CASES.find((one) => one.name === name)
  if (found) return found
  throw new Error(`There is no case ${name}; there are: ${CASES.map((one) => one.name).join(', ')}.`)
}

function profileFile(): string {
  profiles += 1
  return join(tmpdir(), `twiza-${process.pid}-${profiles}.cpuprofile`)
}
