import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type CustodyWorld, custodyWorld, phoneOf } from '../../test/support/custody.ts'
import { held, violations } from '../../test/support/giving.ts'
import { seedOfRun } from '../../test/support/random.ts'
import { createWorld, type World } from '../../test/support/world.ts'
import { newId } from '../domain/id.ts'
import { allotBlock, blocksOf, loseBlock, returnBlock } from './blocks.ts'
import { cashOf } from './cash.ts'
import { openConflicts, resolveConflict } from './conflicts.ts'
import { confirmRemittance, openRemittances, withdrawRemittance } from './remittances.ts'

const GOAL = 45

const any = fc.nat({ max: 999 })
const step = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('allot' as const), pick: any }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('give' as const), pick: any }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('say' as const), pick: any }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constantFrom('return' as const, 'lose' as const), pick: any }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('declare' as const), pick: any }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom('confirm' as const, 'withdraw' as const), pick: any }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('resolve' as const), pick: any }) },
)
type Step = {
  kind: 'allot' | 'give' | 'say' | 'return' | 'lose' | 'declare' | 'confirm' | 'withdraw' | 'resolve'
  pick: number
}

const one = <Item>(items: readonly Item[], pick: number) => items[pick % Math.max(items.length, 1)]
const RESOLUTIONS = ['numbers_given', 'given_back', 'accepted', 'refused'] as const

/** Commands may refuse by name, but whatever they did adds up. */
async function take(custody: CustodyWorld, phone: Awaited<ReturnType<typeof phoneOf>>, { kind, pick }: Step) {
  const { tenant, campaignId, amina, people } = custody
  const blocks = await blocksOf(tenant, amina)
  const block = one(blocks, pick)
  const act = custody.act()
  if (kind === 'allot') await custody.booklet(amina, 10).catch(() => undefined)
  if (kind === 'give')
    await custody.sell({ quantity: 1 + (pick % 3), blockId: pick % 2 ? (block?.id ?? null) : null })
  if (kind === 'say') {
    const id = newId()
    // Now and then a number of nobody, of somebody else, or out of a broken chain.
    const first = pick % 4 ? (one(block?.unsold ?? [], pick) ?? 1) : 1 + (pick % 45)
    if (pick % 17 === 0) phone.next(newId())
    await custody.sell({ id, blockId: block?.id ?? null, numbers: [first], device: phone.next(id) })
  }
  if (block && kind === 'return') await returnBlock(tenant, { blockId: block.id, withWhom: 'user:x' }, act)
  if (block && kind === 'lose') await loseBlock(tenant, { blockId: block.id, withWhom: 'user:x' }, act)
  if (kind === 'declare') {
    const cash = await cashOf(tenant, { campaignId, ambassadorId: amina })
    const free = cash?.sales.filter(({ remittanceId }) => remittanceId === null) ?? []
    const chosen = free.filter((_, at) => (pick >> (at % 9)) % 2 === 0)
    const amount = chosen.reduce((sum, sale) => sum + sale.amountMinor, 0n) - BigInt((pick % 3) * 9_000)
    if (amount > 0n)
      await custody.declared(
        chosen.map(({ saleId }) => saleId),
        amount,
      )
  }
  const open = one(await openRemittances(tenant), pick)
  if (open && kind === 'confirm') {
    const countedMinor = (open.amountMinor * BigInt(pick % 5)) / 3n
    const wish = { id: open.id, countedMinor, reason: 'so counted', personId: people.treasurer }
    await confirmRemittance(tenant, wish, act)
  }
  if (open && kind === 'withdraw')
    await withdrawRemittance(tenant, { id: open.id, personId: people.amina }, act)
  const conflict = one(await openConflicts(tenant), pick)
  if (conflict && kind === 'resolve') {
    await resolveConflict(tenant, { saleId: conflict.saleId, resolution: one(RESOLUTIONS, pick)! }, act)
  }
}

/** All that came into hands, less what was given back and what was never posted; and what was too much. */
async function cameIn(world: World): Promise<bigint> {
  const [came] = await world.ownerSql<{ amount: bigint }[]>`
    select (coalesce((select sum(amount_minor) from sale
        where is_posted and resolution is distinct from 'given_back'), 0)
      + coalesce((select sum(amount_minor) from remittance_line where kind = 'surplus'), 0))::bigint as amount`
  return came?.amount ?? 0n
}

async function runOf(steps: readonly Step[], seed: number): Promise<void> {
  const world = await createWorld({ goal: GOAL, seed })
  try {
    const custody = await custodyWorld(world)
    await world.ownerSql`update collective set cash_limit_minor = 10000000`
    const phone = await phoneOf(custody, custody.amina)
    const reserve = { id: newId(), campaignId: custody.campaignId, ambassadorId: custody.amina } as const
    await allotBlock(
      custody.tenant,
      { ...reserve, kind: 'phone', size: 10, deviceId: phone.id },
      custody.act(),
    )
    for (const taken of steps) {
      await take(custody, phone, taken)
      world.clock.advance({ minutes: 1 })
    }
    expect(await violations(world)).toEqual([])
    const { available, allotted, reserved, sold, void: gone } = await readCounts(world)
    expect(available + allotted + reserved + sold + gone).toBe(GOAL)
    const lies = (await held(world, 'bank')) + (await held(world, 'cash', custody.amina))
    expect(lies).toBe(await cameIn(world))
    expect(lies).toBe(-(await held(world, 'fund')) - (await held(world, 'suspense')))
  } finally {
    await world.drop()
  }
}

/** Counted anew, not by the counters. */
async function readCounts(world: World) {
  const rows = await world.ownerSql<{ state: string; n: number }[]>`
    select state, count(*)::integer as n from coupon group by state`
  const none = { available: 0, allotted: 0, reserved: 0, sold: 0, void: 0 }
  return { ...none, ...Object.fromEntries(rows.map(({ state, n }) => [state, n])) } as typeof none
}

test('whatever is done, in any order, coupons and cash are conserved', async () => {
  const seed = seedOfRun()
  const property = fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 45 }), (steps) =>
    runOf(steps, seed),
  )
  await fc.assert(property, { seed, numRuns: 6, endOnFailure: true })
}, 120_000)
