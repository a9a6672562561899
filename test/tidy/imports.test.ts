import { expect, test } from 'vitest'
import { importsOf, type Source, sources } from './sources.ts'

/** Who may import whom, folder by folder: `docs/ARCHITECTURE.md`. Tests may import anything. */
const LOWER = ['domain', 'db', 'kept', 'ledger', 'i18n', 'web', 'mail', 'documents']
const FEATURE = [...LOWER, 'people', 'custody', 'payments/port.ts']
const MAY_IMPORT: Record<string, readonly string[]> = {
  domain: [],
  db: ['domain'],
  ledger: ['domain', 'db'],
  kept: ['domain', 'db', 'web'],
  mail: ['domain', 'db', 'i18n', 'web'],
  documents: ['domain', 'i18n'],
  people: LOWER,
  custody: LOWER,
  i18n: ['domain'],
  web: ['domain', 'i18n'],
  browser: ['domain'],
  campaigns: FEATURE,
  orders: FEATURE,
  organisers: FEATURE,
  payments: FEATURE,
  ambassadors: FEATURE,
  treasury: FEATURE,
  jobs: FEATURE,
  // The JSON front of giving: it stands on the same front door as the form.
  api: [...FEATURE, 'orders'],
}

const code = sources(['src'], ['.ts', '.tsx']).filter((source) => !/\.test\.tsx?$/.test(source.path))

test('imports go only in the direction of the map', () => {
  const wrong = code.flatMap((source) =>
    importsOf(source)
      .filter((target) => !isAllowed(source, target))
      .map((target) => `${source.path} imports ${target}`),
  )
  expect(wrong).toEqual([])
})

test('a wrong import would be found', () => {
  const wrong: Source = { path: 'src/domain/money.ts', text: "import { x } from '../db/tenant.ts'" }
  expect(importsOf(wrong).every((target) => isAllowed(wrong, target))).toBe(false)
})

test('no import cycle', () => {
  const graph = new Map(code.map((source) => [source.path, importsOf(source)]))
  expect(cycleIn(graph)).toEqual([])
})

test('a cycle would be found', () => {
  expect(
    cycleIn(
      new Map([
        ['a', ['b']],
        ['b', ['a']],
      ]),
    ),
  ).toEqual(['a', 'b', 'a'])
})

function isAllowed(source: Source, target: string): boolean {
  const from = source.path.split('/')[1] ?? ''
  const allowed = MAY_IMPORT[from]
  if (allowed === undefined) return true
  return [from, ...allowed].some((place) =>
    target.startsWith(place.includes('.') ? `src/${place}` : `src/${place}/`),
  )
}

function cycleIn(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>()
  const visit = (path: string, trail: readonly string[]): string[] => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path]
    if (done.has(path)) return []
    for (const target of graph.get(path) ?? []) {
      const cycle = visit(target, [...trail, path])
      if (cycle.length > 0) return cycle
    }
    done.add(path)
    return []
  }
  for (const path of graph.keys()) {
    const cycle = visit(path, [])
    if (cycle.length > 0) return cycle
  }
  return []
}
