// Runs the fault tests with their full figures, one file after the other, and writes what they counted into the
// table of docs/RELIABILITY.md. A line that is not run keeps what it said before.
//   npm run faults                 every line
//   npm run faults -- T3 T4        only these
//   SEED=42 npm run faults -- T3   again with the inputs of that seed
//   npm run faults -- --quick T3   the quick form, written nowhere
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const PAGE = join(root, 'docs', 'RELIABILITY.md')
const START = '<!-- table: written by npm run faults -->'
const END = '<!-- end of the table -->'

/** Each line: its name, its file in test/faults, what is done, the quick figure, the full figure. */
const LINES = [
  [
    'T1',
    't1-database-killed',
    'every PostgreSQL process killed with -9 during orders; the same id again until it is known, one in ten once more after the answer',
    '5 kills, 600 orders',
    '100 kills, 10,000 orders',
  ],
  [
    'T2',
    't2-app-killed',
    'the server killed with -9 before BEGIN, before COMMIT, after COMMIT, after the answer',
    '8 kills',
    '100 kills',
  ],
  [
    'T3',
    't3-lost-answers',
    'answers swallowed after COMMIT, connections cut, the database’s own answers lost; the same id again until it is known',
    '1,000 orders',
    '10,000 orders',
  ],
  [
    'T4',
    't4-sold-out',
    '200 contributors at once on two applications over HTTP until 1000 coupons are given and everybody is told so',
    '2 rounds',
    '20 rounds',
  ],
  [
    'T5',
    't5-same-order',
    '50 identical orders at once; the same id with other content; 30 days later; after the campaign closed',
    '5 rounds',
    '100 rounds',
  ],
  [
    'T6',
    't6-raw-statements',
    'fuzzed SQL as the application’s login against ledger, coupons, orders, schema: all refused',
    '1,500',
    '10,000',
  ],
  [
    'T7',
    't7-conserved',
    '200 contributors at once over 1000 coupons with payments and expiries, snapshots taken meanwhile',
    '200 snapshots',
    '1,000 snapshots',
  ],
  [
    'T8',
    't8-one-wins',
    'a payment, an expiry, a cancellation and another wish within a millisecond of the limit',
    '150 races',
    '10,000 races',
  ],
  [
    'T23',
    't23-phones',
    'phones give coupons for 21 days while messages are lost, repeated and delayed, clocks are off by 30 days, pages die at each step of the outbox, two tabs give at once, storages are wiped and apps upgraded; drained within 60 s of healing',
    '4 seasons of 6 phones',
    '20 seasons of 50 phones',
  ],
  [
    'T25',
    't25-stolen-phone',
    'a stolen phone: ended, its outbox copied to a second phone, its key used by a stranger; all is kept apart',
    '10 phones',
    '100 phones',
  ],
  ['T26', 't26-disk-full', 'the disk filled during orders', '2 times', '20 times'],
  ['T27', 't27-overload', 'ten times the capacity', '8 s', '60 s'],
  [
    'T30',
    't30-wrong-clocks',
    'the server’s clock off by 24 h both ways, phones by 30 days: reservations, order of arrival, every page',
    '300 steps',
    '3,000 steps',
  ],
  [
    'model',
    't-model',
    'random orders, payments, expiries, cancellations, refunds compared with a second, small model after each step',
    '40 runs of 60 steps',
    '1,000 runs of 200 steps',
  ],
  [
    'storm',
    'storm',
    'clients who wish, repeat, pay and give up while answers are lost and networks cut; what they saw judged by the history checker',
    '3 storms',
    '100 storms',
  ],
]

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false } },
})
const unknown = positionals.filter((name) => !LINES.some(([known]) => known === name))
if (unknown.length > 0) {
  console.error(`There is no line ${unknown.join(', ')}: ${LINES.map(([name]) => name).join(', ')}`)
  process.exit(1)
}

const results = new Map()
for (const [name, file] of LINES) {
  if (positionals.length > 0 && !positionals.includes(name)) continue
  console.log(`\n${name} (test/faults/${file})`)
  results.set(name, run(name, file))
  if (!values.quick) writePage()
}
for (const [name, { ok, counted, seconds }] of results) {
  console.log(`${ok ? 'passed' : 'FAILED'}: ${name} (${seconds} s) ${counted}`)
}
process.exitCode = [...results.values()].every(({ ok }) => ok) ? 0 : 1

/** Runs one file and reads what it reported. */
function run(name, file) {
  const folder = mkdtempSync(join(tmpdir(), 'twiza-faults-'))
  const counts = join(folder, 'counts.jsonl')
  const startedAt = performance.now()
  const { status } = spawnSync(
    join(root, 'node_modules', '.bin', 'vitest'),
    ['run', `test/faults/${file}.test.ts`],
    {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, FAULTS_REPORT: counts, ...(values.quick ? {} : { FAULTS: 'full' }) },
    },
  )
  const seconds = Math.round((performance.now() - startedAt) / 1000)
  const reported = linesOf(counts).find(({ test }) => test === name)
  rmSync(folder, { recursive: true })
  const counted = Object.entries(reported?.counts ?? {}).map(([what, count]) => `${shown(count)} ${what}`)
  return {
    ok: status === 0,
    counted: counted.join(', '),
    seconds,
    seed: reported?.seed,
    on: new Date().toISOString().slice(0, 10),
  }
}

function linesOf(path) {
  try {
    return readFileSync(path, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
  } catch {
    // A file that failed, or that counts nothing, reports nothing.
    return []
  }
}

function writePage() {
  const page = readFileSync(PAGE, 'utf8')
  const [before, rest] = page.split(START)
  const [table, after] = rest?.split(END) ?? []
  if (table === undefined || after === undefined) throw new Error(`${PAGE} has lost the marks of its table`)
  const kept = new Map(
    table
      .split('\n')
      .map((line) => line.split('|').map((cell) => cell.trim()))
      .map((cells) => [cells[1], cells.slice(5, 9)]),
  )
  const rows = LINES.map(([name, file, what, quick, full]) => {
    const last = results.has(name)
      ? cellsOf(results.get(name))
      : (kept.get(name) ?? ['not yet run', '', '', ''])
    return `| ${[name, `${what} (\`${file}\`)`, quick, full, ...last, `\`npm run faults -- ${name}\``].join(' | ')} |`
  })
  const head = [
    '| test | what is done | quick | full | last full run | seconds | seed | day | command |',
    '|---|---|---|---|---|---|---|---|---|',
  ]
  writeFileSync(PAGE, `${before}${START}\n${[...head, ...rows].join('\n')}\n${END}${after}`)
}

function cellsOf({ ok, counted, seconds, seed, on }) {
  return [
    `${ok ? 'passed' : '**failed**'}${counted ? `: ${counted}` : ''}`,
    `${seconds}`,
    `${seed ?? ''}`,
    on,
  ]
}

function shown(count) {
  return typeof count === 'number' ? count.toLocaleString('en') : count
}
