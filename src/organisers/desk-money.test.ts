import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDeskWorld, DESK, type DeskWorld } from '../../test/support/desk-world.ts'
import { LANGS } from '../domain/lang.ts'
import { REFUND_REASONS } from '../domain/refund.ts'
import { translator } from '../i18n/translator.ts'
import { cancelOrder } from '../orders/cancel-order.ts'
import { placeOrder } from '../orders/place-order.ts'

let desk: DeskWorld

beforeAll(async () => {
  desk = await createDeskWorld()
})
afterAll(() => desk.drop())

describe('a bank transfer', () => {
  it('is found by its reference and banked after a confirmation, once', async () => {
    const order = await desk.place({ method: 'transfer', name: 'Yassine', quantity: 2 })
    const found = await desk.page(`${DESK}/transfers?find=${order.reference!.slice(-5).toLowerCase()}`)
    expect(found).toContain('Yassine')
    expect(await desk.page(`${DESK}/transfers?find=no_such%25%00thing`)).not.toContain('Yassine')
    const path = `${DESK}/transfers/${order.id}`
    const fields = await desk.hiddenFields(path)
    expect(fields.amount_minor).toBe('50000')
    const wrong = await desk.post(path, { ...fields, amount_minor: '49999' })
    expect(wrong.status).toBe(409)
    expect((await desk.post(path, fields)).headers.get('Location')).toBe(`${DESK}?done=transfer_paid`)
    expect((await desk.post(path, fields)).headers.get('Location')).toBe(`${DESK}?done=transfer_exists`)
    expect((await desk.campaign()).counts.banked).toBe(2)
    expect((await desk.get(path)).status).toBe(404)
  })

  it('finds an order that was given up, so that money which comes after all can be given back', async () => {
    const order = await desk.place({ method: 'transfer', name: 'Late Sender' })
    await cancelOrder(desk.db.of(desk.collective.id), order.id, desk.clock.now())
    expect(await desk.page(`${DESK}/transfers?find=Late`)).toContain('Late Sender')
    const path = `${DESK}/transfers/${order.id}`
    const answer = await desk.post(path, await desk.hiddenFields(path))
    expect(answer.headers.get('Location')).toBe(`${DESK}?done=transfer_refund_due`)
    const refund = /desk\/refunds\/[0-9a-f-]+/.exec(await desk.page(DESK))?.[0] ?? ''
    expect(await desk.page(`/fr/casa/${refund}`)).toContain('après l’annulation')
    await desk.post(`/fr/casa/${refund}`)
  })

  it('names also who is anonymous to others, because the money must be matched', async () => {
    await desk.place({ method: 'transfer', name: 'Discreet Name', anonymous: true })
    expect(await desk.page(`${DESK}/transfers`)).toContain('Discreet Name')
    expect(await desk.page(`${DESK}/transfers?find=Discreet`)).toContain('Discreet Name')
  })
})

describe('card payments on their way', () => {
  it('become banked, a day at a time, as they were shown', async () => {
    await desk.payByCard()
    const path = `${DESK}/payouts/sandbox/${desk.today()}`
    const shown = await desk.hiddenFields(path)
    await desk.payByCard()
    const changed = await desk.post(path, shown)
    expect(changed.status).toBe(409)
    const before = (await desk.campaign()).counts
    expect((await desk.post(path, await desk.hiddenFields(path))).headers.get('Location')).toBe(
      `${DESK}?done=payout`,
    )
    const after = (await desk.campaign()).counts
    expect(after.banked).toBe(after.sold)
    expect(after.banked).toBeGreaterThan(before.banked)
    expect((await desk.get(path)).status).toBe(404)
  })
})

describe('refunds', () => {
  it('are marked as done after the association gave the money back', async () => {
    const small = await desk.addCampaign({ slug: 'small', goal: 1 })
    const late = await placeOrder(desk.services, small, desk.wish({ method: 'transfer', name: 'Houda' }))
    if (!late.ok) throw new Error(late.status)
    desk.clock.advance({ days: 6 })
    const quick = await placeOrder(desk.services, small, desk.wish({ method: 'transfer' }))
    expect(quick.ok).toBe(true)
    const path = `${DESK}/transfers/${late.order.id}`
    const arrived = await desk.post(path, await desk.hiddenFields(path))
    expect(arrived.headers.get('Location')).toBe(`${DESK}?done=transfer_refund_due`)
    const link = /\/fr\/casa\/desk\/refunds\/[\w-]+/.exec(await desk.page(DESK))![0]
    expect(await desk.page(link)).toContain('Houda')
    expect((await desk.post(link)).status).toBe(303)
    expect((await desk.post(link)).status).toBe(303)
    expect((await desk.get(link)).status).toBe(404)
    const done = await desk.db
      .of(desk.collective.id)
      .selectFrom('transfer')
      .select('transfer.kind')
      .where('transfer.campaign_id', '=', small.id)
      .orderBy('transfer.id')
      .execute()
    expect(done.map(({ kind }) => kind)).toEqual(['refund_due', 'refunded'])
  })
})

it.each(REFUND_REASONS)('the reason %s of a refund has a sentence in every language', (reason) => {
  for (const lang of LANGS) expect(translator(lang)(`organiser.refund_reason.${reason}`)).not.toBe('')
})
