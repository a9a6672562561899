import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDeskWorld, DESK, type DeskWorld } from '../../test/support/desk-world.ts'
import { newId } from '../domain/id.ts'

let desk: DeskWorld

beforeAll(async () => {
  desk = await createDeskWorld()
})
afterAll(() => desk.drop())

const RELEASE = `${DESK}/transfers/release`

describe('reservations that nobody pays', () => {
  it('are chosen in the list, confirmed and released, but for one that was paid meanwhile', async () => {
    const greedy = await desk.place({ method: 'transfer', name: 'Greedy', quantity: 7 })
    const paid = await desk.place({ method: 'transfer', name: 'Houda', quantity: 2 })
    const other = await desk.place({ method: 'transfer', name: 'Patient' })
    const list = await desk.page(`${DESK}/transfers`)
    for (const { id } of [greedy, paid, other]) expect(list).toContain(`value="${id}"`)

    const chosen = `${RELEASE}?order=${greedy.id}&order=${paid.id}&order=${newId()}&order=nonsense`
    const asked = await desk.page(chosen)
    expect(asked).toContain('Greedy')
    expect(asked).not.toContain('Patient')
    const fields = await desk.hiddenFields(chosen)
    const transfer = `${DESK}/transfers/${paid.id}`
    expect((await desk.post(transfer, await desk.hiddenFields(transfer))).status).toBe(303)

    const done = (await desk.post(RELEASE, fields)).headers.get('Location')!
    expect(done).toBe(`${DESK}/transfers?released=1`)
    expect(await desk.page(done)).toContain('1 réservation libérée.')
    expect((await desk.campaign()).counts).toMatchObject({ reserved: 1, sold: 2, available: 9 })
    expect((await desk.post(RELEASE, fields)).headers.get('Location')).toBe(`${DESK}/transfers?released=0`)
    const event = await desk.db
      .of(desk.collective.id)
      .selectFrom('event')
      .select(['event.actor', 'event.order_id'])
      .where('event.kind', '=', 'order_cancelled')
      .execute()
    expect(event).toEqual([{ actor: expect.stringMatching(/^user:/), order_id: greedy.id }])
  })

  it('are not card payments, nor anything when nothing is chosen', async () => {
    const card = await desk.place({ method: 'card' })
    for (const query of ['', `?order=${card.id}`]) {
      expect((await desk.get(RELEASE + query)).headers.get('Location')).toBe(`${DESK}/transfers`)
    }
    expect((await desk.post(RELEASE, { orders: card.id })).headers.get('Location')).toBe(
      `${DESK}/transfers?released=0`,
    )
    expect((await desk.campaign()).counts.reserved).toBe(2)
  })

  it('are released by an organiser of the collective only', async () => {
    const order = await desk.place({ method: 'transfer' })
    const refused = await desk.post(RELEASE, { orders: order.id }, desk.cookies.stranger)
    expect(refused.status).toBeGreaterThanOrEqual(300)
    expect(refused.headers.get('Location') ?? '').not.toContain('released')
    expect(await desk.page(`${DESK}/transfers`)).toContain(order.id)
  })
})
