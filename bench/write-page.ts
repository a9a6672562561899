import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { isMet, notes, type Row, table } from './table.ts'

export interface Measured {
  readonly facts: readonly string[]
  readonly rows: readonly Row[]
  readonly rounds: number
  readonly seconds: number
  readonly minutes: number
}

const PAGE = fileURLToPath(new URL('../docs/BENCHMARKS.md', import.meta.url))
/** From here on the page is written by people, and kept. */
const OWN_WORDS = '## Where the limits are'

/** Writes docs/BENCHMARKS.md; what people wrote below the figures stays. */
export async function writePage(measured: Measured): Promise<void> {
  const before = await readFile(PAGE, 'utf8').catch(() => '')
  const at = before.indexOf(OWN_WORDS)
  await writeFile(PAGE, `${figures(measured)}\n${at < 0 ? `${OWN_WORDS}\n` : before.slice(at)}`)
}

function figures({ facts, rows, rounds, seconds, minutes }: Measured): string {
  const day = new Date().toISOString().slice(0, 10)
  return `# Benchmarks
\`npm run bench\` measures all of this on any machine and writes this page (${minutes} minutes here); \`npm run bench -- orders
pages\` measures some cases and only prints, \`--quick\` is shorter, \`--profile\` shows where the application's time goes.
It needs \`pgbench\`, which comes with PostgreSQL's client programs; with \`DATABASE_URL\` it uses your own PostgreSQL.

## How to read it
- Load generator, application and PostgreSQL share the same cores: only ratios count, and only those of one run.
- Each case is measured beside its limit, by turns, ${rounds} rounds of ${seconds} s after a warm-up; the figure is the median of the
  rounds' own ratios, with the least and the most.
- Commits are durable, with the settings that \`twiza start\` uses. \`pgbench\` runs the same SQL in the same server as the
  same login. A bare \`node:http\` server answers the bytes that the application answered.
- An answer counts when it is right: 201 with a number that nobody else was given. After each case every answered order is
  looked for in the database, and everything is recomputed as \`twiza check\` does; with one violation there is no figure.

## The machine
${facts.map((fact) => `- ${fact}`).join('\n')}
- measured on ${day}

## Figures
${rows.filter(isMet).length} of ${rows.length} targets met.

${table(rows)}

${notes(rows)}`
}
