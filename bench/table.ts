import type { Spread } from './rounds.ts'

/** One line of the table of figures. */
export interface Row {
  readonly what: string
  /** What was measured, and what stood beside it in the same rounds. */
  readonly measured: string
  readonly beside: string
  /** The figure that the target is about, from every round. */
  readonly figure: Spread
  readonly unit: '' | ' ms' | ' s' | ' KB'
  readonly target: { readonly atLeast: number } | { readonly atMost: number }
  /** What else a reader must know to believe the line. */
  readonly note?: string
}

const HEAD = '| case | measured | beside it | figure: median (least to most) | target | met |'
const RULE = '|---|---|---|---|---|---|'

/** The rows as a table in Markdown. */
export function table(rows: readonly Row[]): string {
  return [HEAD, RULE, ...rows.map(line)].join('\n')
}

/** What else a reader must know, one line each; empty when there is nothing. */
export function notes(rows: readonly Row[]): string {
  const noted = rows.filter(({ note }) => note !== undefined)
  return noted.map(({ what, note }) => `- ${what}: ${note}.\n`).join('')
}

export function isMet({ figure, target }: Row): boolean {
  return 'atLeast' in target ? figure.median >= target.atLeast : figure.median <= target.atMost
}

/** A rate such as `12 345/s (11 900 to 12 800)`. */
export function rate({ median, least, most }: Spread): string {
  return `${whole(median)}/s (${whole(least)} to ${whole(most)})`
}

/** Milliseconds such as `4.2 ms (3.9 to 5.0)`. */
export function time({ median, least, most }: Spread): string {
  return `${short(median)} ms (${short(least)} to ${short(most)})`
}

function line(row: Row): string {
  const { what, measured, beside, figure, unit, target } = row
  const figures = `${short(figure.median)}${unit} (${short(figure.least)} to ${short(figure.most)})`
  const wanted = 'atLeast' in target ? `at least ${target.atLeast}` : `at most ${target.atMost}`
  return `| ${[what, measured, beside, figures, wanted + unit, isMet(row) ? 'yes' : '**no**'].join(' | ')} |`
}

function whole(figure: number): string {
  return Math.round(figure)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ' ')
}

function short(figure: number): string {
  return figure >= 100 ? whole(figure) : figure.toFixed(figure >= 10 ? 1 : 2)
}
