import { afterAll, beforeEach, expect, test } from 'vitest'
import { type CustodyWorld, custodyWorld } from '../../test/support/custody.ts'
import { held, violations } from '../../test/support/giving.ts'
import { createWorld, type World } from '../../test/support/world.ts'
import { newId } from '../domain/id.ts'
import { cashOf } from './cash.ts'
import {
  confirmRemittance,
  declareRemittance,
  disputeRemittance,
  openRemittances,
  remittancesOf,
  withdrawRemittance,
} from './remittances.ts'

let world: World
let custody: CustodyWorld
beforeEach(async () => {
  await world?.drop()
  world = await createWorld({ goal: 100 })
  custody = await custodyWorld(world)
})
afterAll(() => world?.drop())

const PRICE = 25_000n

async function sales(count: number): Promise<string[]> {
  const ids: string[] = []
  for (let at = 0; at < count; at += 1) {
    ids.push(await custody.sold())
    world.clock.advance({ minutes: 1 })
  }
  return ids
}
const confirm = (id: string, countedMinor: bigint, overrides: { reason?: string; personId?: string } = {}) =>
  confirmRemittance(
    custody.tenant,
    { id, countedMinor, personId: custody.people.treasurer, ...overrides },
    custody.act(),
  )
const inHand = () => cashOf(custody.tenant, { campaignId: custody.campaignId, ambassadorId: custody.amina })

test('what is counted goes to the bank and banks its coupons, once', async () => {
  const ids = await sales(2)
  const { id } = await custody.declared(ids, 2n * PRICE)
  expect((await openRemittances(custody.tenant)).map((open) => open.id)).toEqual([id])
  const answers = await Promise.all(Array.from({ length: 10 }, () => confirm(id, 2n * PRICE)))
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
  expect(answers.find(({ ok }) => !ok)).toEqual({ ok: false, status: 'already_decided' })
  expect(await held(world, 'bank')).toBe(2n * PRICE)
  expect(await inHand()).toMatchObject({ inHandMinor: 0n, sinceDay: null, sales: [] })
  expect((await world.campaign()).counts).toMatchObject({ banked: 2, inHand: 0 })
  expect(await violations(world)).toEqual([])
})

test('nobody stands on both sides, and the ambassador never confirms', async () => {
  const [sale] = await sales(1)
  const { treasurer, other, amina } = custody.people
  const said = { campaignId: custody.campaignId, ambassadorId: custody.amina, saleIds: [sale!] }
  const wish = { ...said, id: newId(), amountMinor: PRICE, way: 'deposit', note: null } as const
  const declare = () =>
    declareRemittance(custody.tenant, { ...wish, as: 'treasurer', personId: treasurer }, custody.act())
  expect(await declare()).toMatchObject({ ok: true, status: 'declared' })
  expect(await declare()).toMatchObject({ ok: true, status: 'exists' })
  expect(await confirm(wish.id, PRICE)).toEqual({ ok: false, status: 'same_person' })
  expect(await confirm(wish.id, PRICE, { personId: amina })).toEqual({ ok: false, status: 'same_person' })
  expect(await confirm(wish.id, PRICE, { personId: other })).toMatchObject({ ok: true })
})

test('less than the coupons say banks the oldest and counts for the next', async () => {
  const ids = await sales(3)
  const { id } = await custody.declared(ids, 3n * PRICE)
  expect(await confirm(id, 40_000n)).toEqual({ ok: false, status: 'reason_missing' })
  const done = await confirm(id, 40_000n, { reason: 'Some was lost on the way' })
  expect(done).toMatchObject({
    remittance: { status: 'confirmed', lines: [{ kind: 'short', amountMinor: 35_000n }] },
  })
  expect(await inHand()).toMatchObject({ inHandMinor: 35_000n, handedOverMinor: 15_000n })
  expect((await inHand())?.sales.map(({ saleId }) => saleId)).toEqual(ids.slice(1))
  expect(await violations(world)).toEqual([])
  const next = await custody.declared(ids.slice(1), 35_000n)
  expect(await confirm(next.id, 35_000n)).toMatchObject({ ok: true, remittance: { lines: [] } })
  expect(await held(world, 'bank')).toBe(3n * PRICE)
  expect((await world.campaign()).counts.banked).toBe(3)
  expect(await violations(world)).toEqual([])
})

test('more than the coupons say waits in suspense', async () => {
  const ids = await sales(1)
  const { id } = await custody.declared(ids, 30_000n)
  const done = await confirm(id, 30_000n, { reason: 'A gift beside' })
  expect(done).toMatchObject({ remittance: { lines: [{ kind: 'surplus', amountMinor: 5_000n }] } })
  expect([await held(world, 'bank'), await held(world, 'suspense')]).toEqual([30_000n, -5_000n])
  expect(await violations(world)).toEqual([])
})

test('a dispute moves nothing, and can be confirmed or withdrawn', async () => {
  const ids = await sales(1)
  const { id } = await custody.declared(ids, PRICE)
  const { treasurer, amina } = custody.people
  const dispute = (reason: string) =>
    disputeRemittance(
      custody.tenant,
      { id, countedMinor: 20_000n, reason, personId: treasurer },
      custody.act(),
    )
  expect(await dispute(' ')).toEqual({ ok: false, status: 'reason_missing' })
  expect(await dispute('One note is missing')).toMatchObject({ remittance: { status: 'disputed' } })
  expect(await held(world, 'bank')).toBe(0n)
  const withdraw = (personId: string) => withdrawRemittance(custody.tenant, { id, personId }, custody.act())
  expect(await withdraw(treasurer)).toEqual({ ok: false, status: 'not_declarer' })
  expect(await withdraw(amina)).toMatchObject({ ok: true, remittance: { status: 'withdrawn' } })
  const second = await custody.declared(ids, PRICE)
  expect(await remittancesOf(custody.tenant, custody.amina)).toMatchObject([{ id: second.id }, { id }])
  expect(await violations(world)).toEqual([])
})

test('a sale waits in one remittance at a time, and only while it is in hand', async () => {
  const ids = await sales(1)
  await custody.declared(ids, PRICE)
  await expect(custody.declared(ids, PRICE)).rejects.toThrow('sale_in_another_remittance')
  await expect(custody.declared([newId()], PRICE)).rejects.toThrow('sale_not_in_hand')
  await expect(custody.declared([], PRICE)).rejects.toThrow('no_sales')
  await expect(custody.declared(ids, 0n)).rejects.toThrow('amount_invalid')
})
