import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violations } from '../../test/support/giving.ts'
import { createWorld, type World } from '../../test/support/world.ts'
import { addDays, localDay } from '../domain/days.ts'
import { newId } from '../domain/id.ts'
import { balances } from '../ledger/balances.ts'
import { type Posting, post } from '../ledger/post.ts'
import { cancelOrder } from '../orders/cancel-order.ts'
import { placeOrder } from '../orders/place-order.ts'
import { receiveTransfer } from '../payments/receive-transfer.ts'
import { markRefunded } from './mark-refunded.ts'
import { recordSpending, spendableMinor } from './record-spending.ts'

let world: World
const act = () => ({ now: world.clock.now(), actor: 'user:test' })
const today = () => localDay(world.clock.now(), world.collective.timeZone)
const tenant = () => world.db.of(world.collective.id)

beforeAll(async () => {
  world = await createWorld({ goal: 20 })
})
afterAll(() => world.drop())

describe('recordSpending', () => {
  it('moves money from the bank to the home, never more than there is', async () => {
    const campaign = await world.campaign()
    const spend = (amountMinor: bigint, id = newId(), spentOn = today()) =>
      recordSpending(
        tenant(),
        world.collective,
        { id, campaignId: campaign.id, amountMinor, purpose: { fr: 'Ciment' }, spentOn },
        act(),
      )
    expect(await spend(1n)).toEqual({ ok: false, status: 'more_than_banked' })
    await bankOneTransfer()
    expect(await spend(0n)).toEqual({ ok: false, status: 'amount_invalid' })
    expect(await spend(1n, newId(), addDays(today(), 1))).toEqual({ ok: false, status: 'day_in_future' })
    const id = newId()
    expect(await spend(20_000n, id)).toMatchObject({ ok: true, status: 'created' })
    expect(await spend(20_000n, id)).toMatchObject({ ok: true, status: 'exists' })
    expect(await spend(2_000n, id)).toEqual({ ok: false, status: 'exists_with_different_content' })
    expect(await spend(20_000n, id, addDays(today(), -1))).toEqual({
      ok: false,
      status: 'exists_with_different_content',
    })
    expect(await spend(5_001n)).toEqual({ ok: false, status: 'more_than_banked' })
    expect(await spend(5_000n)).toMatchObject({ ok: true, status: 'created' })
  })

  it('leaves alone what is due back, which the association then can give back', async () => {
    const campaign = await world.campaign()
    const cancelled = await placeTransfer()
    await cancelOrder(tenant(), cancelled.id, act().now)
    expect(await bank(cancelled)).toBe('refund_due')
    expect(await spendableMinor(tenant(), campaign.id)).toBe(0n)
    const wish = { campaignId: campaign.id, purpose: { fr: 'Ciment' }, spentOn: today() }
    expect(await recordSpending(tenant(), world.collective, { ...wish, amountMinor: 1n }, act())).toEqual({
      ok: false,
      status: 'more_than_banked',
    })
    // Even money of which nobody knows whose it is may not go into the home.
    await move(campaign.id, { debit: { kind: 'bank' }, credit: { kind: 'suspense' } }, cancelled.amountMinor)
    expect(await spendableMinor(tenant(), campaign.id)).toBe(0n)
  })
})

describe('markRefunded', () => {
  it('refuses while the books say that the account holds too little, and then gives back', async () => {
    const campaign = await world.campaign()
    const amount = (await heldAt(campaign.id)) - 1n
    await move(campaign.id, { debit: { kind: 'suspense' }, credit: { kind: 'bank' } }, amount)
    const { id } = await tenant().selectFrom('refund').select('refund.id').executeTakeFirstOrThrow()
    const refund = () => markRefunded(tenant(), world.collective, id, act())
    expect(await refund()).toEqual({ ok: false, status: 'holds_too_little' })
    await move(campaign.id, { debit: { kind: 'bank' }, credit: { kind: 'suspense' } }, amount)
    expect(await refund()).toEqual({ ok: true })
    expect(await refund()).toEqual({ ok: false, status: 'already_refunded' })
    expect(await violations(world)).toEqual([])
  })
})

async function heldAt(campaignId: string): Promise<bigint> {
  const account = (await balances(tenant(), campaignId)).find(({ kind }) => kind === 'bank')!
  return account.debitsMinor - account.creditsMinor
}

function move(campaignId: string, sides: Pick<Posting, 'debit' | 'credit'>, amountMinor: bigint) {
  const { now, actor } = act()
  return post(tenant(), {
    campaign: { campaignId, currency: 'MAD' },
    ...sides,
    amountMinor,
    kind: 'suspense',
    day: today(),
    postedAt: now,
    postedBy: actor,
  })
}

async function bankOneTransfer(): Promise<void> {
  const order = await placeTransfer()
  expect(await bank(order)).toBe('paid')
}

async function placeTransfer() {
  const placed = await placeOrder(world.services, await world.campaign(), world.wish({ method: 'transfer' }))
  if (!placed.ok) throw new Error(placed.status)
  return placed.order
}

function bank({ id: orderId, amountMinor }: { id: string; amountMinor: bigint }) {
  const seen = { paymentId: newId(), orderId, amountMinor, today: today(), ...act() }
  return receiveTransfer(tenant(), seen)
}
