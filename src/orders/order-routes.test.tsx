import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Contributor, createContributor } from '../../test/support/contributor.ts'
import { orderNow, placed, settle, violations } from '../../test/support/giving.ts'
import { createWorld, type World } from '../../test/support/world.ts'
import { newId } from '../domain/id.ts'
import type { OrderFacts } from '../domain/order.ts'
import { orderPath } from './order-address.ts'
import { MAX_ATTEMPTS } from './pay-again.ts'

let world: World
let nadia: Contributor

beforeAll(async () => {
  world = await createWorld({ goal: 400 })
  nadia = createContributor(world)
})
afterAll(() => world.drop())

/** Does something at another time, and comes back. */
async function later<Result>(minutes: number, work: () => Promise<Result>): Promise<Result> {
  const start = world.clock.now()
  world.clock.advance({ minutes })
  try {
    return await work()
  } finally {
    world.clock.set(start)
  }
}

const events = async (order: OrderFacts, kind: string) =>
  Number(
    (await world.appSql`select count(*) from event where order_id = ${order.id} and kind = ${kind}`)[0]
      ?.count,
  )
const attempts = async (order: OrderFacts) =>
  Number((await world.appSql`select count(*) from payment where order_id = ${order.id}`)[0]?.count)

describe('after a refusal', () => {
  test('says so kindly, and one more attempt leads to a new payment', async () => {
    const order = await placed(world)
    await settle(world, order, { outcome: 'declined' })
    expect(await nadia.page(order)).toContain('Le paiement n’a pas abouti')
    const paymentId = newId()
    const answer = await nadia.act(order, '/payments', { payment_id: paymentId })
    expect(answer.headers.get('Location')).toContain(paymentId)
    expect((await orderNow(world, order)).payment).toMatchObject({
      id: paymentId,
      attempt: 2,
      status: 'started',
    })
    await settle(world, await orderNow(world, order))
    expect(await nadia.page(order)).toContain('Merci')
  })

  test('a double click, and two open windows, are one attempt', async () => {
    const order = await placed(world)
    await settle(world, order, { outcome: 'declined' })
    const paymentId = newId()
    const clicks = [paymentId, paymentId, newId(), newId()]
    const answers = await Promise.all(clicks.map((id) => nadia.act(order, '/payments', { payment_id: id })))
    expect(new Set(answers.map((answer) => answer.headers.get('Location'))).size).toBe(1)
    expect(await attempts(order)).toBe(2)
  })

  test('another order’s payment is not taken over', async () => {
    const [mine, other] = [await placed(world), await placed(world)]
    await settle(world, mine, { outcome: 'declined' })
    const answer = await nadia.act(mine, '/payments', { payment_id: other.payment?.id })
    expect(answer.headers.get('Location')).toBe(orderPath(mine, 'fr'))
    expect(await attempts(mine)).toBe(1)
  })

  test('the attempts are bounded, and then the page offers to begin anew', async () => {
    const order = await placed(world)
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      await settle(world, await orderNow(world, order), { outcome: 'declined' })
      await nadia.act(order, '/payments', { payment_id: newId() })
    }
    expect(await attempts(order)).toBe(MAX_ATTEMPTS)
    expect(await nadia.page(order)).toContain('trop d’essais')
  })

  test('not once the time is over', async () => {
    const order = await placed(world)
    await settle(world, order, { outcome: 'declined' })
    await later(15, async () => {
      const answer = await nadia.act(order, '/payments', { payment_id: newId() })
      expect(answer.headers.get('Location')).toBe(orderPath(order, 'fr'))
      expect(await nadia.page(order)).toContain('Ces numéros sont de nouveau libres')
    })
    expect(await attempts(order)).toBe(1)
  })
})

describe('an offer to become an ambassador', () => {
  test('an offer to become an ambassador waits for the organisers, once for each order', async () => {
    const order = await placed(world, { ambassadorId: world.ambassadors.youssef.id })
    await settle(world, order)
    const refused = await nadia.act(order, '/ambassador', { name: ' ', contact: 'nothing' })
    expect(refused.status).toBe(422)
    expect(await refused.text()).toContain('value="nothing"')
    const sent = { name: 'أمينة بناني', contact: '0612345678' }
    const answers = await Promise.all([1, 2].map(() => nadia.act(order, '/ambassador', sent)))
    expect(answers.map((answer) => answer.status)).toEqual([303, 303])
    const rows =
      await world.appSql`select name, phone, accepted_at, invited_by, slug from ambassador where id = ${order.id}`
    expect(rows).toMatchObject([
      {
        name: 'أمينة بناني',
        phone: '+212612345678',
        accepted_at: null,
        invited_by: world.ambassadors.youssef.id,
      },
    ])
    expect(await nadia.page(order)).toContain('c’est noté')
    expect(await events(order, 'ambassador_proposed')).toBe(1)
  })

  test('two people of one name get links of their own, and no one gets a page’s name', async () => {
    for (const [name, slug] of [
      ['Give', /^give-2$/],
      ['Amina', /^amina-2$/],
      ['Amina', /^amina-3$/],
      ['🏠', /^ambassador$/],
    ] as const) {
      const order = await placed(world)
      await settle(world, order)
      await nadia.act(order, '/ambassador', { name, contact: 'a@example.org' })
      const [row] = await world.appSql`select slug from ambassador where id = ${order.id}`
      expect([name, row?.slug]).toEqual([name, expect.stringMatching(slug)])
    }
  })

  test('nobody becomes an ambassador by an order that is not paid', async () => {
    const order = await placed(world)
    await nadia.act(order, '/ambassador', { name: 'Nadia', contact: '0612345678' })
    expect(await events(order, 'ambassador_proposed')).toBe(0)
  })
})

describe('giving a reservation up', () => {
  test('frees its numbers at once, once, with one event', async () => {
    const order = await placed(world, { method: 'transfer', quantity: 4 })
    const before = (await world.campaign()).counts
    const answers = await Promise.all([1, 2, 3].map(() => nadia.act(order, '/cancellation')))
    expect(answers.map((answer) => answer.headers.get('Location'))).toEqual(
      answers.map(() => orderPath(order, 'fr')),
    )
    const after = (await world.campaign()).counts
    expect(after.available).toBe(before.available + 4)
    expect(after.reserved).toBe(before.reserved - 4)
    expect(await events(order, 'order_cancelled')).toBe(1)
    expect(await nadia.page(order)).toContain('Cette contribution est annulée')
  })

  test('changes nothing of a paid order', async () => {
    const order = await placed(world)
    await settle(world, order)
    await nadia.act(order, '/cancellation')
    expect(await orderNow(world, order)).toMatchObject({ status: 'paid', numbers: order.numbers })
  })

  test('against a payment that arrives at the same moment: exactly one wins, no money is lost', async () => {
    for (let round = 0; round < 20; round++) {
      const order = await placed(world)
      const pay = () => settle(world, order)
      const cancel = () => nadia.act(order, '/cancellation')
      await Promise.all(round % 2 ? [pay(), cancel()] : [cancel(), pay()])
      const now = await orderNow(world, order)
      expect(['paid', 'cancelled']).toContain(now.status)
      expect(now.numbers).toHaveLength(now.status === 'paid' ? 1 : 0)
      const refunds = await world.appSql`select 1 from refund join payment on payment.id = refund.payment_id
        where payment.order_id = ${order.id}`
      expect(refunds).toHaveLength(now.status === 'paid' ? 0 : 1)
      if (now.status === 'cancelled')
        expect(await nadia.page(order)).toContain('La somme va vous être rendue')
    }
  })
})

test('after all this every number adds up', async () => {
  expect(await violations(world)).toEqual([])
})
