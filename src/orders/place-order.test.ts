import { afterAll, beforeAll, expect, test } from 'vitest'
import { orderNow, placed, settle, violations } from '../../test/support/giving.ts'
import { createWorld, type World } from '../../test/support/world.ts'
import { MAX_QUANTITY } from '../domain/coupon.ts'
import type { OrderWish } from '../domain/order.ts'
import { checkReference } from '../domain/reference.ts'
import { placeOrder } from './place-order.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({ goal: 10 })
})
afterAll(() => world?.drop())

let campaigns = 0
/** A campaign for one test alone. */
async function ownCampaign(goal: number, startsInDays = -9) {
  campaigns += 1
  return world.addCampaign({ slug: `dar-${campaigns}`, goal, startsInDays })
}

async function place(slug: string, wish: Partial<OrderWish> = {}) {
  return placeOrder(world.services, await world.campaign(slug), world.wish(wish))
}

test('an order takes the lowest free numbers, for fifteen minutes by card', async () => {
  const { slug } = await ownCampaign(10)
  const first = await place(slug, { quantity: 3 })
  expect(first).toMatchObject({
    ok: true,
    status: 'created',
    order: { status: 'reserved', numbers: [1, 2, 3], amountMinor: 75_000n, currency: 'MAD', reference: null },
  })
  expect(await place(slug)).toMatchObject({ order: { numbers: [4] } })
  const expected = new Date(world.clock.now().getTime() + 15 * 60_000)
  expect(first.ok && first.order.expiresAt).toEqual(expected)
})

test('an order by transfer has a reference of its own and five days', async () => {
  const { slug } = await ownCampaign(10)
  const answer = await place(slug, { method: 'transfer' })
  if (!answer.ok) throw new Error(answer.status)
  expect(checkReference(answer.order.reference ?? '')).toMatchObject({ ok: true })
  expect(answer.order.payment).toBeNull()
  expect(answer.order.expiresAt).toEqual(new Date(world.clock.now().getTime() + 5 * 86_400_000))
})

test('what is left is said, then sold out; the reservation of another frees its numbers in time', async () => {
  const { slug } = await ownCampaign(5)
  const first = await place(slug, { quantity: 3 })
  expect(await place(slug, { quantity: 3 })).toEqual({ ok: false, status: 'only_n_left', remaining: 2 })
  await place(slug, { quantity: 2, method: 'transfer' })
  expect(await place(slug)).toEqual({ ok: false, status: 'sold_out' })
  world.clock.advance({ minutes: 15 })
  expect(await place(slug, { quantity: 4 })).toEqual({ ok: false, status: 'only_n_left', remaining: 3 })
  expect(first.ok && (await orderNow(world, first.order))).toMatchObject({ status: 'expired', numbers: [] })
  expect(await place(slug, { quantity: 3 })).toMatchObject({ ok: true, order: { numbers: [1, 2, 3] } })
})

test.each([0, -1, MAX_QUANTITY + 1])('%i coupons are refused by name', async (quantity) => {
  expect(await place('dar-salma', { quantity })).toEqual({ ok: false, status: 'quantity_invalid' })
})

test.each([
  ['starts tomorrow', 1],
  ['ended yesterday', -21],
])('a campaign that %s is not live', async (_when, startsInDays) => {
  const { slug } = await ownCampaign(5, startsInDays)
  expect(await place(slug)).toEqual({ ok: false, status: 'campaign_not_live' })
})

test('a campaign is live from the first to the last minute of its days in Casablanca', async () => {
  const { slug } = await ownCampaign(5, 1)
  const start = world.clock.now()
  // Casablanca keeps UTC all year since 20 September 2026.
  for (const [instant, status] of [
    ['2026-11-10T23:59:59.999Z', 'campaign_not_live'],
    ['2026-11-11T00:00:00.000Z', 'created'],
    ['2026-12-01T23:59:59.999Z', 'created'],
    ['2026-12-02T00:00:00.000Z', 'campaign_not_live'],
  ] as const) {
    world.clock.set(new Date(instant))
    expect(await place(slug)).toMatchObject({ status })
  }
  world.clock.set(start)
})

test('a draft, and a campaign that is not there, take no orders', async () => {
  const draft = await world.addCampaign({ slug: 'dar-draft', goal: 5, draft: true })
  expect(await place(draft.slug)).toEqual({ ok: false, status: 'campaign_not_live' })
  const unknown = { ...draft, id: world.wish().id }
  expect(await placeOrder(world.services, unknown, world.wish())).toEqual({
    ok: false,
    status: 'campaign_unknown',
  })
})

test('without a card provider a card order is refused, but an earlier one is still answered', async () => {
  const campaign = await world.campaign()
  const services = { ...world.services, card: undefined }
  expect(await placeOrder(services, campaign, world.wish())).toEqual({
    ok: false,
    status: 'method_unavailable',
  })
  const wish = world.wish()
  await placeOrder(world.services, campaign, wish)
  expect(await placeOrder(services, campaign, wish)).toMatchObject({ ok: true, status: 'exists' })
})

test('the id of one campaign is refused in another one, also when both come at once', async () => {
  const [one, other] = [await ownCampaign(5), await ownCampaign(5)]
  for (let round = 0; round < 20; round += 1) {
    const wish = world.wish({ method: 'transfer' })
    const answers = await Promise.all([
      placeOrder(world.services, one, wish),
      placeOrder(world.services, other, wish),
    ])
    const statuses = answers.map(({ status }) => status).toSorted()
    if (statuses.includes('sold_out')) break
    expect(statuses).toEqual(['created', 'exists_with_different_campaign'])
  }
})

test('no order is taken with an ambassador of nobody', async () => {
  await expect(placed(world, { ambassadorId: world.wish().id })).rejects.toThrow('foreign key')
})

test('the coupons an ambassador’s people gave are counted when they are paid', async () => {
  const { amina } = world.ambassadors
  const order = await placed(world, { quantity: 2, ambassadorId: amina.id })
  await settle(world, order)
  const tally = await world.db.of(world.collective.id).selectFrom('ambassador_tally').selectAll().execute()
  expect(tally).toMatchObject([{ ambassador_id: amina.id, given: 2 }])
})

test('one order of 1000 coupons finds its numbers by the index', async () => {
  const { id } = await world.addCampaign({ slug: 'dar-big', goal: 1000 })
  await world.ownerSql`analyze coupon`
  const plan = await world.appSql<{ 'QUERY PLAN': string }[]>`
    explain select number from coupon
    where collective_id = ${world.collective.id} and campaign_id = ${id} and state = 'available'
    order by number limit 3`
  expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toMatch(/Index.*coupon_available/)
})

test('after all of this every order, coupon and account adds up', async () => {
  expect(await violations(world)).toEqual([])
})
