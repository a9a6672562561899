import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CustodyWorld, custodyWorld, phoneOf } from '../../test/support/custody.ts'
import { held, orderNow, placed, settle, violations } from '../../test/support/giving.ts'
import { createWorld, type World } from '../../test/support/world.ts'
import { newId } from '../domain/id.ts'
import { allotBlock, loseBlock, returnBlock } from './blocks.ts'
import { cashInHand, cashOf } from './cash.ts'
import { recordSale } from './record-sale.ts'

let world: World
let custody: CustodyWorld
beforeAll(async () => {
  world = await createWorld({ goal: 500 })
  custody = await custodyWorld(world)
})
afterAll(() => world?.drop())

const again = (claim: Parameters<typeof recordSale>[1]) =>
  recordSale(custody.tenant, claim, custody.act(), world.dice.bytes)

test('a stored sale is an order, its coupons and cash in hand, once for ten of the same', async () => {
  const youssef = world.ambassadors.youssef.id
  const block = await custody.booklet(youssef)
  const claim = custody.claim({
    ambassadorId: youssef,
    blockId: block.id,
    numbers: [block.first, block.last],
  })
  const answers = await Promise.all(Array.from({ length: 10 }, () => again(claim)))
  expect(answers.filter(({ status }) => status === 'stored')).toHaveLength(1)
  expect(answers.filter(({ status }) => status === 'already_stored')).toHaveLength(9)
  for (const answer of answers) expect(answer).toMatchObject({ orderId: claim.id, numbers: claim.numbers })
  const order = await orderNow(world, { id: claim.id })
  expect(order).toMatchObject({ method: 'cash', status: 'paid', numbers: claim.numbers, name: 'Nadia' })
  expect(await held(world, 'cash', youssef)).toBe(50_000n)
  const cash = await cashOf(custody.tenant, { campaignId: custody.campaignId, ambassadorId: youssef })
  expect(cash).toMatchObject({ inHandMinor: 50_000n, sinceDay: '2026-11-10', limitMinor: 250_000n })
  expect((await world.campaign()).counts).toMatchObject({ inHand: 2, sold: 2, banked: 0 })
  expect(await cashInHand(custody.tenant)).toMatchObject([{ ambassadorId: youssef, inHandMinor: 50_000n }])
  expect(await again({ ...claim, quantity: 1, numbers: [block.first] })).toEqual({
    ok: false,
    status: 'exists_with_different_content',
  })
  expect(await violations(world)).toEqual([])
})

test('online, the lowest free numbers will do, up to the cash limit', async () => {
  const khadija = world.ambassadors.khadija.id
  expect(await custody.sell({ ambassadorId: khadija })).toMatchObject({ status: 'stored', numbers: [1] })
  expect(await custody.sell({ ambassadorId: khadija, quantity: 10 })).toEqual({
    ok: false,
    status: 'cash_limit',
    limitMinor: 250_000n,
    inHandMinor: 25_000n,
  })
  expect(await custody.sell({ ambassadorId: khadija, amountMinor: 1n })).toMatchObject({
    status: 'amount_invalid',
  })
  expect(await custody.sell({ ambassadorId: newId() })).toMatchObject({ status: 'ambassador_unknown' })
  expect(await custody.sell({ blockId: newId() })).toMatchObject({ status: 'block_unknown' })
})

test('what a phone says of numbers it does not have is kept, and its cash waits in suspense', async () => {
  const phone = await phoneOf(custody, custody.amina)
  const taken = await placed(world, {})
  await settle(world, taken)
  const lost = await custody.booklet()
  await loseBlock(custody.tenant, { blockId: lost.id, withWhom: 'user:x' }, custody.act())
  const gone = await custody.booklet()
  await returnBlock(custody.tenant, { blockId: gone.id, withWhom: 'user:x' }, custody.act())
  const before = await held(world, 'suspense')
  const say = (numbers: number[], blockId: string | null = null) => {
    const id = newId()
    return custody.sell({ id, numbers, blockId, device: phone.next(id) })
  }
  expect(await say(taken.numbers as number[])).toEqual({
    ok: true,
    status: 'number_taken',
    orderId: null,
    key: null,
  })
  expect(await say([lost.first], lost.id)).toMatchObject({ status: 'number_void' })
  expect(await say([gone.first], gone.id)).toMatchObject({ status: 'number_not_in_block' })
  expect(await say([501], newId())).toMatchObject({ status: 'number_not_in_block' })
  expect(await held(world, 'suspense')).toBe(before - 100_000n)
  expect(await violations(world)).toEqual([])
})

test('a broken chain and a revoked phone are kept apart from the books', async () => {
  const phone = await phoneOf(custody, custody.amina)
  const wish = { id: newId(), campaignId: custody.campaignId, ambassadorId: custody.amina, size: 5 } as const
  const allotted = await allotBlock(
    custody.tenant,
    { ...wish, kind: 'phone', deviceId: phone.id },
    custody.act(),
  )
  if (!allotted.ok) throw new Error(allotted.status)
  const { block } = allotted
  const records = Array.from({ length: 4 }, (_, at) => {
    const id = newId()
    return custody.claim({ id, blockId: block.id, numbers: [block.first + at], device: phone.next(id) })
  })
  const [first, second, third, fourth] = records
  const before = await held(world, 'cash', custody.amina)
  expect(await again(first!)).toMatchObject({ status: 'stored' })
  expect(await again(third!)).toMatchObject({ status: 'chain_gap', orderId: null })
  expect(await again(second!)).toMatchObject({ status: 'chain_gap' })
  expect(await again(first!)).toMatchObject({ status: 'already_stored', orderId: first!.id })
  expect(await again(third!)).toMatchObject({ status: 'chain_gap' })
  const other = { ...first!, device: { ...first!.device!, payloadHash: 'another hash' } }
  expect(await again(other)).toMatchObject({ status: 'exists_with_different_content' })
  expect(await again(other)).toMatchObject({ status: 'exists_with_different_content' })
  await custody.tenant
    .updateTable('device')
    .set({ revoked_at: world.clock.now(), revoked_by: 'user:x' })
    .where('device.id', '=', phone.id)
    .execute()
  expect(await again(fourth!)).toMatchObject({ status: 'device_revoked' })
  expect(await held(world, 'cash', custody.amina)).toBe(before + 25_000n)
  expect(await violations(world)).toEqual([])
})

test('after the last day a booklet still counts, until the organisers close', async () => {
  await world.addCampaign({ slug: 'late', goal: 50, startsInDays: -30 })
  const { id: campaignId } = await world.campaign('late')
  const khadija = world.ambassadors.khadija.id
  expect(await custody.sell({ campaignId, ambassadorId: khadija })).toMatchObject({
    status: 'campaign_not_live',
  })
  await world.ownerSql`update campaign set last_day = ${'2026-11-20'} where id = ${campaignId}`
  const wish = { id: newId(), campaignId, ambassadorId: khadija, kind: 'phone', size: 5 } as const
  const phone = await phoneOf(custody, khadija)
  const allotted = await allotBlock(custody.tenant, { ...wish, deviceId: phone.id }, custody.act())
  if (!allotted.ok) throw new Error(allotted.status)
  await world.ownerSql`update campaign set last_day = ${'2026-11-05'} where id = ${campaignId}`
  const numbers = [allotted.block.first]
  const blockId = wish.id
  expect(await custody.sell({ campaignId, ambassadorId: khadija, blockId, numbers })).toMatchObject({
    status: 'stored',
  })
  await world.ownerSql`update campaign set closed_at = now() where id = ${campaignId}`
  const next = [allotted.block.last]
  expect(await custody.sell({ campaignId, ambassadorId: khadija, blockId, numbers: next })).toMatchObject({
    status: 'campaign_closed',
  })
  expect(await violations(world)).toEqual([])
})

test('online orders and ambassadors who give at the same moment never share a number', async () => {
  await world.addCampaign({ slug: 'storm', goal: 12 })
  const { id: campaignId } = await world.campaign('storm')
  const youssef = world.ambassadors.youssef.id
  const [orders, sales] = await Promise.all([
    Promise.allSettled(Array.from({ length: 10 }, () => placed(world, {}, 'storm'))),
    Promise.all(Array.from({ length: 8 }, () => custody.sell({ campaignId, ambassadorId: youssef }))),
  ])
  const ordered = orders.flatMap((order) => (order.status === 'fulfilled' ? order.value.numbers : []))
  const given = sales.flatMap((sale) => (sale.status === 'stored' ? sale.numbers : []))
  expect([...ordered, ...given].sort((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, at) => at + 1))
  const refused = sales.filter(({ ok }) => !ok)
  for (const sale of refused) expect(sale).toEqual({ ok: false, status: 'only_n_left', remaining: 0 })
  expect(await violations(world)).toEqual([])
})
