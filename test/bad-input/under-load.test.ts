import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../src/domain/id.ts'
import { placeOrder } from '../../src/orders/place-order.ts'
import { wishSchema } from '../../src/orders/wish-schema.ts'
import { createTestApp, type TestApp } from '../support/app.ts'
import { violations } from '../support/giving.ts'
import { createWorld, type World } from '../support/world.ts'
import { BAD_TEXTS, BAD_VALUES, badBodies } from './corpus.ts'

const ORDERS = '/api/v1/campaigns/casa/dar-salma/orders'
const FIELDS = Object.keys(wishSchema.shape)
const GOAL = 6000
const TWO_CAMPAIGNS = 10

let world: World
let app: TestApp
beforeAll(async () => {
  world = await createWorld({ goal: GOAL })
  app = createTestApp(world)
})
afterAll(async () => {
  await app?.close()
  await world?.drop()
})

function wish(more: Record<string, unknown> = {}): Record<string, unknown> {
  return { id: newId(), quantity: 1, method: 'transfer', name: 'Nadia', consent: true, ...more }
}

async function rows(): Promise<string[]> {
  const found = await world.ownerSql<{ id: string }[]>`select id from "order" order by id`
  return found.map(({ id }) => id)
}

/** Sends each of these between two good orders, all at the same moment, and holds what became of everybody. */
async function amongGood(
  bodies: readonly { name: string; body: string | Uint8Array }[],
  to: TestApp = app,
): Promise<number[]> {
  const before = await rows()
  const send = async (body: string | Uint8Array) => {
    const headers = { 'Content-Type': 'application/json' }
    const response = await to.app.request(ORDERS, { method: 'POST', headers, body: body as string })
    const { id } = (await response.json()) as { id?: string }
    return { status: response.status, id }
  }
  const good = bodies.flatMap(() => [wish(), wish()])
  const sent = bodies.flatMap(({ body }, index) => [
    send(JSON.stringify(good[2 * index])),
    send(body),
    send(JSON.stringify(good[2 * index + 1])),
  ])
  const answers = await Promise.all(sent)
  const bad = answers.filter((_, index) => index % 3 === 1)
  const neighbours = answers.filter((_, index) => index % 3 !== 1)
  expect(neighbours.map(({ status }) => status)).toEqual(neighbours.map(() => 201))
  for (const [index, { status }] of bad.entries()) expect(status, bodies[index]?.name).toBeLessThan(500)
  // Nothing is stored but what was said to be.
  const taken = answers.filter(({ status }) => status === 201).map(({ id }) => id)
  expect(await rows()).toEqual([...new Set([...before, ...taken])].sort())
  expect(await violations(world)).toEqual([])
  expect(to.logs).toEqual([])
  return bad.map(({ status }) => status)
}

function withField(field: string, json: string): string {
  const { [field]: _, ...rest } = wish()
  return `${JSON.stringify(rest).slice(0, -1)},${JSON.stringify(field)}:${json}}`
}

test.each(FIELDS)('whatever stands in the field %s, its neighbours are taken', async (field) => {
  const values = BAD_VALUES.map(({ name, json }) => ({ name, body: withField(field, json) }))
  const texts = BAD_TEXTS.map(({ name, text }) => ({ name, body: withField(field, JSON.stringify(text)) }))
  await amongGood([...values, ...texts])
})

test('bodies that are no order do not touch their neighbours', async () => {
  const statuses = await amongGood(badBodies(wish()))
  expect(new Set(statuses)).toEqual(new Set([400, 422]))
})

test('texts as long as they may be, of letters of many parts, are stored or refused, never a failure', async () => {
  const letters = ['a', 'ل', '👍', 'e\u0301', '👩‍👩‍👧‍👦', '🇲🇦', 'a\u0301\u0301\u0301']
  const lengths = [79, 80, 81, 139, 140, 141]
  const bodies = letters.flatMap((letter) =>
    lengths.flatMap((length) =>
      ['name', 'word'].map((field) => ({
        name: `${field}: ${length} times ${letter}`,
        body: withField(field, JSON.stringify(letter.repeat(length))),
      })),
    ),
  )
  await amongGood(bodies)
})

test('two orders that draw the same reference are both taken: the second draws again', async () => {
  const same = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)
  let draws = 0
  const random = (count: number) => (count === 8 && ++draws <= 20 ? same : world.dice.bytes(count))
  const drawing = createTestApp(world, { random })
  const bodies = Array.from({ length: 5 }, () => ({ name: 'good', body: JSON.stringify(wish()) }))
  expect(await amongGood(bodies, drawing)).toEqual(Array(5).fill(201))
  await drawing.close()
  expect(draws).toBeGreaterThan(20)
})

test('an id of another campaign’s order is refused by name, and its neighbours are taken', async () => {
  const other = await world.addCampaign({ slug: 'dar-other', goal: 100 })
  const ids = Array.from({ length: TWO_CAMPAIGNS }, newId)
  const place = (id: string, campaign: typeof other) =>
    placeOrder(world.services, campaign, world.wish({ id }))
  const here = await world.campaign()
  const before = (await rows()).length
  // Both campaigns at the same moment: only the database can tell who was first.
  const answers = await Promise.all(
    ids.flatMap((id) => [place(id, here), place(id, other), place(newId(), here)]),
  )
  for (let index = 0; index < answers.length; index += 3) {
    const [one, two, neighbour] = answers.slice(index, index + 3).map(({ status }) => status)
    expect([one, two].sort()).toEqual(['created', 'exists_with_different_campaign'])
    expect(neighbour).toBe('created')
  }
  expect(await rows()).toHaveLength(before + 2 * TWO_CAMPAIGNS)
})

test('a wish that only the database refuses fails alone', async () => {
  const campaign = await world.addCampaign({ slug: 'dar-alone', goal: 100 })
  const gone = { ambassadorId: newId() }
  const wishes = Array.from({ length: 30 }, (_, index) => world.wish(index % 10 === 4 ? gone : {}))
  const answers = await Promise.allSettled(wishes.map((one) => placeOrder(world.services, campaign, one)))
  for (const [index, answer] of answers.entries()) {
    expect(answer.status, `${index}`).toBe(index % 10 === 4 ? 'rejected' : 'fulfilled')
  }
  const numbers = answers.flatMap((answer) =>
    answer.status === 'fulfilled' && answer.value.ok ? answer.value.order.numbers : [],
  )
  expect([...numbers].sort((a, b) => a - b)).toEqual(Array.from({ length: 27 }, (_, index) => index + 1))
  expect(await violations(world)).toEqual([])
})
