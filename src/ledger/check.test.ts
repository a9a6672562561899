import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Accidents, keepTables } from '../../test/support/accidents.ts'
import { placed, receive, settle, today } from '../../test/support/giving.ts'
import { createWorld, type World } from '../../test/support/world.ts'
import { printCheck } from '../cli/check.ts'
import { expireDueReservations } from '../jobs/expire-reservations.ts'
import { settlePayout } from '../payments/settle-payout.ts'
import { checkCollective } from './check.ts'
import { post } from './post.ts'
import { reverse } from './reverse.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({ goal: 8 })
  await live(world)
})
afterAll(() => world?.drop())

/** A little of everything: paid and banked, by transfer, expired with money due back, still reserved, corrected. */
async function live(world: World) {
  const { amina } = world.ambassadors
  const tenant = world.db.of(world.collective.id)
  const late = await placed(world, { quantity: 8 })
  world.clock.advance({ minutes: 15 })
  await expireDueReservations(world.db, world.clock.now())
  const card = await placed(world, { quantity: 2, ambassadorId: amina.id })
  const transfer = await placed(world, { method: 'transfer' })
  await placed(world, { quantity: 3 })
  await settle(world, late)
  await settle(world, card)
  await receive(world, transfer)
  const when = { now: world.clock.now(), day: today(world), actor: 'user:treasurer' }
  await settlePayout(tenant, { provider: 'sandbox', paymentIds: [card.payment!.id], ...when })
  const { id } = await world.campaign()
  const unknown = await post(tenant, {
    campaign: { campaignId: id, currency: 'MAD' },
    debit: { kind: 'bank' },
    credit: { kind: 'suspense' },
    amountMinor: 100n,
    kind: 'suspense',
    day: today(world),
    postedAt: when.now,
    postedBy: when.actor,
  })
  await reverse(tenant, unknown, { day: today(world), postedAt: when.now, postedBy: when.actor })
}

const paid = `(select id from "order" where status = 'paid' and method = 'card')`
const reserved = `(select id from "order" where status = 'reserved')`
const expired = `(select id from "order" where status = 'expired')`
const given = `kind = 'given' and order_id = ${paid}`

/** What went wrong in the tables, behind the back of every trigger, and the rule that must find it. */
const PLANTS: [rule: string, what: string, statement: string][] = [
  [
    'campaign_counters',
    'a counter off by one',
    `update campaign set available = available - 1, void = void + 1`,
  ],
  ['campaign_counters', 'a banked counter off by one', `update campaign set banked = banked - 1`],
  ['campaign_numbers', 'a coupon is gone', `delete from coupon where number = 8`],
  ['campaign_events', 'an event is gone', `delete from event where position = 2`],
  ['campaign_events', 'a position ran ahead', `update campaign set position = position + 1`],
  ['ambassador_tally', 'a tally too high', `update ambassador_tally set given = given + 1`],
  ['ambassador_tally', 'a tally is gone', `delete from ambassador_tally`],
  [
    'coupon_owner',
    'a sold coupon of an unpaid order',
    `update coupon set state = 'sold', given_on = '2026-11-10' where order_id = ${reserved}`,
  ],
  ['coupon_owner', 'a coupon of nobody', `update coupon set order_id = gen_random_uuid() where number = 1`],
  ['coupon_search', 'a free number that is never looked at', `update campaign set next_number = 9`],
  [
    'coupon_given_day',
    'a coupon given on another day',
    `update coupon set given_on = '2026-11-09' where number = 1`,
  ],
  [
    'coupon_banked_day',
    'a banked coupon that says it is not',
    `update coupon set banked_on = null where number = 1`,
  ],
  [
    'order_coupons',
    'a coupon taken away from its order',
    `update coupon set state = 'available', order_id = null, given_on = null, banked_on = null where number = 1`,
  ],
  [
    'order_coupons',
    'an expired order that keeps a number',
    `update coupon set state = 'reserved', order_id = ${expired} where number = 8`,
  ],
  [
    'order_amount',
    'an order at another price',
    `update "order" set price_minor = 1, amount_minor = quantity where id = ${reserved}`,
  ],
  ['order_money', 'a paid order without its money', `delete from transfer where ${given}`],
  [
    'order_money',
    'a given order that says it is not paid',
    `update "order" set status = 'reserved' where id = ${paid}`,
  ],
  ['payment_amount', 'a payment of another amount', `update payment set amount_minor = amount_minor + 1`],
  [
    'payment_money',
    'a paid payment that brought nothing',
    `update payment set status = 'paid', ended_at = now() where order_id = ${reserved}`,
  ],
  [
    'payment_money',
    'money of another order',
    `update transfer set order_id = ${expired} where kind = 'given' and payment_id is not null`,
  ],
  [
    'payment_message',
    'a message that was not acted on',
    `insert into provider_event select collective_id, 'sandbox', 'unheard', id, 'paid', now() from payment
      where order_id = ${reserved}`,
  ],
  ['refund_due', 'a refund that nobody wrote down', `delete from refund`],
  ['refund_due', 'a refund of another amount', `update refund set amount_minor = 1`],
  [
    'account_totals',
    'a total off by one',
    `update account set credits_minor = credits_minor + 1 where kind = 'fund'`,
  ],
  ['account_totals', 'an account is gone', `delete from account where kind = 'suspense'`],
  [
    'transfer_accounts',
    'a transfer into an account of another campaign',
    `update account set campaign_id = gen_random_uuid() where kind = 'suspense'`,
  ],
  [
    'transfer_accounts',
    'a transfer in another currency',
    `update transfer set currency = 'EUR' where kind = 'suspense'`,
  ],
  [
    'transfer_mirror',
    'a correction of another amount',
    `update transfer set amount_minor = 99 where kind = 'correction'`,
  ],
  [
    'fund_is_given',
    'a coupon sold without its price',
    `update campaign set sold = sold + 1, available = available - 1`,
  ],
  [
    'account_overdrawn',
    'a provider that paid out more than it took',
    `update account set credits_minor = debits_minor + 1 where kind = 'card'`,
  ],
  [
    'account_overdrawn',
    'a bank account below zero',
    `update account set credits_minor = debits_minor + 1 where kind = 'bank'`,
  ],
  [
    'debt_overpaid',
    'more given back than was due',
    `update account set debits_minor = credits_minor + 1 where kind = 'refunds_due'`,
  ],
  [
    'home_beyond_fund',
    'money due back spent on the home',
    `insert into account (collective_id, id, campaign_id, kind, currency, debits_minor)
       select collective_id, gen_random_uuid(), campaign_id, 'home', currency, credits_minor + 1
       from account where kind = 'fund'`,
  ],
]

/** The tables as they were before a plant, put back after it. */
const TABLES = [
  'campaign',
  'coupon',
  '"order"',
  'event',
  'ambassador_tally',
  'account',
  'transfer',
  'payment',
  'provider_event',
  'refund',
]

let accidents: Accidents
beforeAll(async () => {
  accidents = await keepTables(world, TABLES)
})
afterEach(() => accidents.undo())

async function check() {
  const lines: string[] = []
  const exit = await printCheck(world.db, (line) => lines.push(line))
  return { exit, lines, ...(await checkCollective(world.db.of(world.collective.id))) }
}

test('a world that only went through the commands has no violation', async () => {
  const { exit, lines } = await check()
  expect(lines).toEqual(['4 orders, 8 coupons, 6 transfers checked: no violation'])
  expect(exit).toBe(0)
})

test.each(PLANTS)('%s finds: %s', async (rule, _what, statement) => {
  await accidents.happen(statement)
  const { exit, lines, violations } = await check()
  expect(violations.map((violation) => violation.rule)).toContain(rule)
  expect(exit).toBe(1)
  for (const { sentence } of violations) {
    expect(sentence).toMatch(/^[A-Z].*\.$/)
    expect(sentence).not.toMatch(/Nadia|Amina/)
    expect(lines).toContain(`casa: ${sentence}`)
  }
  expect(lines.at(-1)).toMatch(/checked: \d+ violations?$/)
})
