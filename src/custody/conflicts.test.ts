import { afterAll, beforeEach, expect, test } from 'vitest'
import { type CustodyWorld, custodyWorld, phoneOf } from '../../test/support/custody.ts'
import { held, orderNow, violations } from '../../test/support/giving.ts'
import { createWorld, type World } from '../../test/support/world.ts'
import { newId } from '../domain/id.ts'
import { openConflicts, type Resolution, resolveConflict } from './conflicts.ts'
import { confirmRemittance } from './remittances.ts'

let world: World
let custody: CustodyWorld
beforeEach(async () => {
  await world?.drop()
  world = await createWorld({ goal: 100 })
  custody = await custodyWorld(world)
})
afterAll(() => world?.drop())

const PRICE = 25_000n
const resolve = (saleId: string, resolution: Resolution) =>
  resolveConflict(custody.tenant, { saleId, resolution }, custody.act(), world.dice.bytes)

/** A sale of a number that somebody has already. */
async function conflict(): Promise<string> {
  const id = newId()
  const phone = await phoneOf(custody, custody.amina)
  const answer = await custody.sell({ id, numbers: [1], device: phone.next(id) })
  expect(answer.status).toMatch(/^number_/)
  return id
}

/** Hands over all that the sales say, or less of it. */
async function bank(saleIds: string[], countedMinor: bigint) {
  const { id } = await custody.declared(saleIds, countedMinor)
  const wish = { id, countedMinor, reason: 'so counted', personId: custody.people.treasurer }
  expect(await confirmRemittance(custody.tenant, wish, custody.act())).toMatchObject({ ok: true })
}

test('other numbers are given, and the cash leaves suspense', async () => {
  await custody.sold()
  const id = await conflict()
  expect(await openConflicts(custody.tenant)).toMatchObject([
    {
      saleId: id,
      outcome: 'number_taken',
      isPosted: true,
      amountMinor: PRICE,
      contributor: { name: 'Nadia' },
    },
  ])
  expect(await held(world, 'suspense')).toBe(-PRICE)
  expect(await resolve(id, 'numbers_given')).toEqual({ ok: true, status: 'resolved', orderId: id })
  expect(await resolve(id, 'numbers_given')).toEqual({ ok: true, status: 'already_resolved', orderId: id })
  expect(await resolve(id, 'given_back')).toEqual({ ok: false, status: 'resolved_otherwise' })
  expect(await orderNow(world, { id })).toMatchObject({ numbers: [2], name: 'Nadia', status: 'paid' })
  expect([await held(world, 'suspense'), await held(world, 'cash', custody.amina)]).toEqual([0n, 2n * PRICE])
  expect(await openConflicts(custody.tenant)).toEqual([])
  expect(await violations(world)).toEqual([])
})

test('cash is given back from the hand it is in', async () => {
  await custody.sold()
  const id = await conflict()
  expect(await resolve(id, 'refused')).toEqual({ ok: false, status: 'resolution_invalid' })
  expect(await resolve(id, 'accepted')).toEqual({ ok: false, status: 'numbers_not_free' })
  expect(await resolve(id, 'given_back')).toEqual({ ok: true, status: 'resolved', orderId: null })
  expect([await held(world, 'suspense'), await held(world, 'cash', custody.amina)]).toEqual([0n, PRICE])
  expect(await violations(world)).toEqual([])
})

test('cash that is banked already is given from there, or gets numbers that are banked', async () => {
  const sold = await custody.sold()
  const [first, second, third] = [await conflict(), await conflict(), await conflict()]
  await bank([first, second], 2n * PRICE)
  expect(await resolve(first, 'numbers_given')).toMatchObject({ ok: true })
  expect((await world.campaign()).counts).toMatchObject({ sold: 2, banked: 1, inHand: 1 })
  expect(await resolve(second, 'given_back')).toMatchObject({ ok: true })
  expect([await held(world, 'bank'), await held(world, 'suspense')]).toEqual([PRICE, -PRICE])
  expect(await violations(world)).toEqual([])
  await bank([sold, third], 40_000n)
  expect(await resolve(third, 'given_back')).toMatchObject({ ok: true })
  expect([await held(world, 'bank'), await held(world, 'cash', custody.amina)]).toEqual([2n * PRICE, 0n])
  expect(await violations(world)).toEqual([])
})

test('what was kept apart is accepted as the phone says, or refused', async () => {
  const block = await custody.booklet()
  const phone = await phoneOf(custody, custody.amina)
  const ids = [newId(), newId(), newId()]
  const devices = ids.map((id) => phone.next(id))
  for (const at of [1, 2]) {
    const numbers = [block.first + at]
    const answer = await custody.sell({ id: ids[at]!, blockId: block.id, numbers, device: devices[at]! })
    expect(answer.status).toBe('chain_gap')
  }
  expect(await held(world, 'cash', custody.amina)).toBe(0n)
  expect(await resolve(ids[1]!, 'given_back')).toEqual({ ok: false, status: 'resolution_invalid' })
  expect(await resolve(ids[1]!, 'accepted')).toMatchObject({ ok: true, orderId: ids[1] })
  expect((await orderNow(world, { id: ids[1]! })).numbers).toEqual([block.first + 1])
  expect(await resolve(ids[2]!, 'refused')).toEqual({ ok: true, status: 'resolved', orderId: null })
  expect(await held(world, 'cash', custody.amina)).toBe(PRICE)
  expect(await resolve(newId(), 'refused')).toEqual({ ok: false, status: 'sale_unknown' })
  expect(await violations(world)).toEqual([])
})
