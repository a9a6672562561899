import { expect, test } from 'vitest'
import { connect, type Sql } from '../../src/db/connect.ts'
import { violations } from '../support/giving.ts'
import { createWorld, type World } from '../support/world.ts'
import { crowd } from './crowd.ts'
import { withoutLock } from './guards.ts'
import { report } from './report.ts'
import { SEED, scale } from './scale.ts'

const GOAL = 1000
const CONTRIBUTORS = 200
const SNAPSHOTS = scale(200, 1000)
const MAX_WISHES = 20_000
const PRICE = 25_000n

interface Snapshot {
  counted: bigint
  available: number
  reserved: number
  sold: number
  kept_sum: number
  kept_available: number
  kept_reserved: number
  kept_sold: number
  fund: bigint
}

/** The counters of the campaign, its coupons counted anew, and its fund, at one moment. */
async function snapshot(sql: Sql): Promise<Snapshot> {
  const [row] = await sql<Snapshot[]>`
    select k.*, c.available + c.allotted + c.reserved + c.sold + c.void as kept_sum, c.available as kept_available,
      c.reserved as kept_reserved, c.sold as kept_sold,
      (select coalesce(sum(credits_minor - debits_minor), 0)::bigint from account where kind = 'fund') as fund
    from campaign c, lateral (
      select count(*) as counted, count(*) filter (where state = 'available')::integer as available,
        count(*) filter (where state = 'reserved')::integer as reserved,
        count(*) filter (where state = 'sold')::integer as sold
      from coupon where campaign_id = c.id) k`
  return row!
}

function expectConserved(seen: Snapshot, goal: number): void {
  expect(seen.counted).toBe(BigInt(goal))
  expect(seen.kept_sum).toBe(goal)
  expect([seen.available, seen.reserved, seen.sold]).toEqual([
    seen.kept_available,
    seen.kept_reserved,
    seen.kept_sold,
  ])
  expect(seen.fund).toBe(BigInt(seen.sold) * PRICE)
}

async function owners(world: World) {
  const rows = await world.ownerSql<{ number: number; status: string }[]>`
    select k.number, o.status from coupon k join "order" o on o.id = k.order_id order by k.number`
  return rows
}

test(`200 contributors at once give 1000 coupons, each once, conserved in every snapshot (SEED=${SEED})`, async () => {
  const world = await createWorld({ seed: SEED, goal: GOAL, connections: 20 })
  const observer = connect(world.database.ownerUrl, { max: 1 })
  try {
    let isOver = false
    let snapshots = 0
    const observed = (async () => {
      while (!isOver || snapshots < SNAPSHOTS) {
        expectConserved(await snapshot(observer), GOAL)
        snapshots += 1
      }
    })()
    const storm = crowd(world, { contributors: CONTRIBUTORS, most: 5, maxWishes: MAX_WISHES }).finally(() => {
      isOver = true
    })
    const [{ wishes, failures, soldOut, settled }] = await Promise.all([storm, observed])
    expect(failures).toEqual([])
    expect(soldOut).toBeGreaterThanOrEqual(CONTRIBUTORS)
    expect(settled.declined).toBeGreaterThan(0)
    const given = await owners(world)
    expect(given.map(({ number }) => number)).toEqual(Array.from({ length: GOAL }, (_, index) => index + 1))
    expect(new Set(given.map(({ status }) => status))).toEqual(new Set(['paid']))
    expect(await violations(world)).toEqual([])
    report('T7', { snapshots, wishes, violations: 0 })
  } finally {
    await observer.end()
    await world.drop()
  }
}, 120_000)

test('without the lock and the owner’s trigger, two orders share a number and the check finds it', async () => {
  const world = await createWorld({ seed: SEED, goal: 100, connections: 20 })
  try {
    await withoutLock(world)
    await crowd(world, { contributors: 40, most: 5, maxWishes: 200 })
    expect(await violations(world)).not.toEqual([])
  } finally {
    await world.drop()
  }
}, 60_000)
