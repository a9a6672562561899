import { expect, test } from 'vitest'
import { openConflicts } from '../../src/custody/conflicts.ts'
import { violations } from '../support/giving.ts'
import { createWorld, type World } from '../support/world.ts'
import { runSeason, type Season } from './phones/season.ts'
import { report } from './report.ts'
import { SEED, scale } from './scale.ts'

const SEASONS = scale(4, 20)
const PHONES = scale(6, 50)
const GUARDED = { comparesBeforeKeeping: true, answersWhenComplete: true }

interface Judged {
  readonly lost: number
  readonly givenTwice: number
  readonly conflicts: number
  readonly unseenConflicts: number
  readonly outcomes: readonly string[]
  readonly coupons: number
}

/** Compares what people saw on their phones with what the server has. */
async function judge(world: World, season: Season): Promise<Judged> {
  const sales = await world.appSql<{ id: string; outcome: string; numbers: number[] }[]>`
    select id, outcome, numbers from sale`
  const kept = new Set(sales.map(({ id }) => id))
  const seen = season.ticks.flatMap(({ numbers }) => numbers)
  const conflicts = sales.filter(({ outcome }) => outcome !== 'stored')
  const open = await openConflicts(world.db.of(world.collective.id))
  const queue = new Set(open.map(({ saleId }) => saleId))
  return {
    lost: season.ticks.filter(({ id }) => !kept.has(id) && !season.gone.has(id)).length,
    givenTwice: seen.length - new Set(seen).size,
    conflicts: conflicts.length,
    unseenConflicts: conflicts.filter(({ id }) => !queue.has(id)).length,
    outcomes: [...new Set(conflicts.map(({ outcome }) => outcome))],
    coupons: sales.filter(({ outcome }) => outcome === 'stored').flatMap(({ numbers }) => numbers).length,
  }
}

async function seasonOf(seed: number, phones: number, guards = GUARDED) {
  const world = await createWorld({ seed, goal: 1000 })
  try {
    const season = await runSeason(world, phones, guards)
    const { sold } = (await world.campaign()).counts
    return { season, sold, judged: await judge(world, season), wrong: await violations(world) }
  } finally {
    await world.drop()
  }
}

test(`phones without network lose nothing and give no number twice (SEED=${SEED})`, async () => {
  const totals = { ticks: 0, conflicts: 0, kills: 0, wipes: 0, upgrades: 0, lost: 0, repeated: 0 }
  for (let at = 0; at < SEASONS; at += 1) {
    const { season, sold, judged, wrong } = await seasonOf(SEED + at, PHONES)
    const where = `seed ${SEED + at}`
    expect(wrong, where).toEqual([])
    expect(judged, where).toMatchObject({ lost: 0, givenTwice: 0, unseenConflicts: 0, coupons: sold })
    expect(season.waiting, where).toBe(0)
    // An honest phone's chain never breaks, whatever the network does.
    expect(['number_void'], where).toEqual(expect.arrayContaining([...judged.outcomes]))
    expect(season.ticks.length, where).toBeGreaterThan(PHONES)
    const { kills, wipes, upgrades, lost, repeated } = season.counts
    const more = {
      ticks: season.ticks.length,
      conflicts: judged.conflicts,
      kills,
      wipes,
      upgrades,
      lost,
      repeated,
    }
    for (const [name, count] of Object.entries(more)) totals[name as keyof typeof totals] += count
  }
  expect(Math.min(totals.kills, totals.upgrades, totals.lost, totals.repeated)).toBeGreaterThan(0)
  const { ticks, conflicts, kills, wipes, upgrades, lost, repeated } = totals
  report('T23', {
    seasons: SEASONS,
    phones: PHONES,
    'records ticked': ticks,
    'messages lost': lost,
    'messages repeated': repeated,
    kills,
    'storages wiped': wipes,
    upgrades,
    'conflicts in the queue': conflicts,
    'records lost': 0,
    'numbers given twice': 0,
  })
}, 3_600_000)

test('a number picked from what the page remembers is given twice, and it is found', async () => {
  const { judged } = await seasonOf(SEED, 8, { ...GUARDED, comparesBeforeKeeping: false })
  expect(judged.givenTwice).toBeGreaterThan(0)
}, 120_000)

test('a tick before the storage is complete loses records, and it is found', async () => {
  const { judged } = await seasonOf(SEED, 8, { ...GUARDED, answersWhenComplete: false })
  expect(judged.lost).toBeGreaterThan(0)
}, 120_000)
