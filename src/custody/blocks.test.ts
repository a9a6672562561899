import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CustodyWorld, custodyWorld, phoneOf } from '../../test/support/custody.ts'
import { placed, violations } from '../../test/support/giving.ts'
import { createWorld, type World } from '../../test/support/world.ts'
import { newId } from '../domain/id.ts'
import {
  acceptBlock,
  allotBlock,
  type BlockWish,
  blocksOf,
  blocksOfCampaign,
  closeBlock,
  loseBlock,
  returnBlock,
} from './blocks.ts'

let world: World
let custody: CustodyWorld
beforeAll(async () => {
  world = await createWorld({ goal: 100 })
  custody = await custodyWorld(world)
})
afterAll(() => world?.drop())

const withWhom = 'user:treasurer'
const wish = (overrides: Partial<BlockWish> = {}): BlockWish => ({
  id: newId(),
  campaignId: custody.campaignId,
  ambassadorId: custody.amina,
  kind: 'booklet',
  size: 10,
  ...overrides,
})
const allot = (overrides: Partial<BlockWish> = {}) =>
  allotBlock(custody.tenant, wish(overrides), custody.act())

test('booklets take the highest free numbers, and those who give online the lowest', async () => {
  const first = await allot()
  const second = await allot({ size: 20 })
  expect(first).toMatchObject({ ok: true, block: { first: 91, last: 100, status: 'allotted' } })
  expect(second).toMatchObject({ ok: true, block: { first: 71, last: 90, counts: { allotted: 20 } } })
  expect((await placed(world, { quantity: 2 })).numbers).toEqual([1, 2])
  expect((await blocksOf(custody.tenant, custody.amina)).map(({ first }) => first)).toEqual([71, 91])
  expect(await blocksOfCampaign(custody.tenant, custody.campaignId)).toHaveLength(2)
  expect(await violations(world)).toEqual([])
})

test('the same wish gives the same block, also ten at once, and another content is refused', async () => {
  const same = wish()
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => allotBlock(custody.tenant, same, custody.act())),
  )
  expect(answers.filter(({ status }) => status === 'created')).toHaveLength(1)
  expect(answers.filter(({ status }) => status === 'exists')).toHaveLength(9)
  expect(await allotBlock(custody.tenant, { ...same, size: 20 }, custody.act())).toEqual({
    ok: false,
    status: 'exists_with_different_content',
  })
})

test('a booklet is accepted by its holder, and what is unsold goes back', async () => {
  const { block } = (await allot()) as { block: { id: string; first: number } }
  const by = (ambassadorId: string) =>
    acceptBlock(custody.tenant, { blockId: block.id, ambassadorId }, custody.act())
  expect(await by(world.ambassadors.youssef.id)).toEqual({ ok: false, status: 'not_holder' })
  expect(await by(custody.amina)).toMatchObject({ ok: true, status: 'done', block: { status: 'accepted' } })
  expect(await by(custody.amina)).toMatchObject({ ok: true, status: 'exists' })
  const back = await returnBlock(custody.tenant, { blockId: block.id, withWhom }, custody.act())
  expect(back).toMatchObject({ ok: true, block: { status: 'returned', unsold: [], counts: {} } })
  const steps = back.ok ? back.block.steps : []
  expect(steps.map(({ kind }) => kind)).toEqual(['allotted', 'accepted', 'returned'])
  expect(steps.at(-1)).toMatchObject({ withWhom, numbers: expect.arrayContaining([block.first]) })
  expect(await allot()).toMatchObject({ block: { first: block.first } })
  expect(await violations(world)).toEqual([])
})

test('what is lost is void at once, and closed when nothing of it is left to do', async () => {
  const block = await custody.booklet()
  const end = (command: typeof loseBlock) =>
    command(custody.tenant, { blockId: block.id, withWhom }, custody.act())
  expect(await end(closeBlock)).toEqual({ ok: false, status: 'coupons_unsold' })
  await custody.sold({ blockId: block.id, numbers: [block.first] })
  expect(await end(loseBlock)).toMatchObject({
    ok: true,
    block: { counts: { sold: 1, void: 9 }, unsold: [] },
  })
  expect(await end(loseBlock)).toMatchObject({ ok: true, status: 'exists' })
  expect(await end(returnBlock)).toEqual({ ok: false, status: 'not_open' })
  expect(await end(closeBlock)).toEqual({ ok: false, status: 'cash_in_hand' })
  expect(await violations(world)).toEqual([])
})

test('a phone has one open block, accepted at once', async () => {
  const phone = await phoneOf(custody, custody.amina)
  const take = (overrides: Partial<BlockWish> = {}) =>
    allot({ kind: 'phone', size: 3, deviceId: phone.id, ...overrides })
  expect(await take({ ambassadorId: world.ambassadors.youssef.id })).toMatchObject({
    status: 'device_unknown',
  })
  expect(await take({ size: 21 })).toMatchObject({ status: 'size_invalid' })
  expect(await take()).toMatchObject({ ok: true, block: { status: 'accepted', deviceId: phone.id } })
  expect(await take()).toEqual({ ok: false, status: 'block_open' })
})

test.each([
  ['campaign_unknown', () => ({ campaignId: newId() })],
  ['ambassador_unknown', () => ({ ambassadorId: newId() })],
  ['size_invalid', () => ({ size: 11 })],
  ['device_unknown', () => ({ kind: 'phone' as const, deviceId: newId() })],
])('refuses a block by name: %s', async (status, overrides) => {
  expect(await allot(overrides())).toEqual({ ok: false, status })
})

test('a run that is long enough must be free', async () => {
  await world.addCampaign({ slug: 'small', goal: 5 })
  const { id } = await world.campaign('small')
  expect(await allot({ campaignId: id })).toEqual({ ok: false, status: 'no_run_free' })
})
