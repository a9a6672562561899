import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Accidents, keepTables } from '../../test/support/accidents.ts'
import { custodyWorld, phoneOf } from '../../test/support/custody.ts'
import { createWorld, type World } from '../../test/support/world.ts'
import { resolveConflict } from '../custody/conflicts.ts'
import { confirmRemittance } from '../custody/remittances.ts'
import { newId } from '../domain/id.ts'
import { checkCollective } from './check.ts'

let world: World
let accidents: Accidents
beforeAll(async () => {
  world = await createWorld({ goal: 30 })
  await live(world)
  accidents = await keepTables(world, TABLES)
})
afterEach(() => accidents.undo())
afterAll(() => world?.drop())

/** A booklet half given, one sale banked and a part handed over for the next, conflicts open and resolved. */
async function live(world: World) {
  const custody = await custodyWorld(world)
  const block = await custody.booklet()
  const sales: string[] = []
  for (const at of [0, 1, 2]) {
    sales.push(await custody.sold({ blockId: block.id, numbers: [block.first + at] }))
    world.clock.advance({ minutes: 1 })
  }
  const { id } = await custody.declared(sales.slice(0, 2), 40_000n)
  const wish = { id, countedMinor: 40_000n, reason: 'a part', personId: custody.people.treasurer }
  await confirmRemittance(custody.tenant, wish, custody.act())
  const phone = await phoneOf(custody, custody.amina)
  for (const resolution of ['numbers_given', 'given_back', undefined] as const) {
    const saleId = newId()
    await custody.sell({ id: saleId, numbers: [block.first], device: phone.next(saleId) })
    if (resolution) await resolveConflict(custody.tenant, { saleId, resolution }, custody.act())
  }
}

const TABLES = ['coupon', 'block', '"order"', 'sale', 'account', 'transfer', 'remittance_line', 'remittance']
const banked = `(select order_id from sale where outcome = 'stored' and banked_on is not null)`

const PLANTS: [rule: string, what: string, statement: string][] = [
  [
    'coupon_custody',
    'an allotted coupon of a block that was returned',
    `update block set status = 'returned'`,
  ],
  ['coupon_custody', 'an allotted coupon beyond its block', `update block set last = last - 1`],
  ['coupon_custody', 'an allotted coupon of no block there is', `delete from block`],
  [
    'coupon_cash',
    'a coupon given for cash that says it was not',
    `update coupon set cash = false where order_id = ${banked}`,
  ],
  [
    'coupon_banked_day',
    'a banked coupon whose sale is not banked',
    `update sale set banked_on = null where order_id = ${banked}`,
  ],
  [
    'coupon_banked_day',
    'a sale banked on another day than its coupons',
    `update sale set banked_on = banked_on - 1 where order_id = ${banked}`,
  ],
  ['sale_order', 'a stored sale whose order is gone', `delete from "order" where id = ${banked}`],
  ['sale_order', 'a cash order that no sale speaks of', `delete from sale where order_id = ${banked}`],
  [
    'sale_order',
    'a sale of another amount than its order',
    `update sale set amount_minor = amount_minor + 1 where order_id = ${banked}`,
  ],
  [
    'sale_order',
    'an open conflict that has an order',
    `update sale set order_id = gen_random_uuid() where outcome <> 'stored' and resolved_at is null`,
  ],
  [
    'cash_in_hand',
    'more cash than the sales say',
    `update account set debits_minor = debits_minor + 25000 where kind = 'cash'`,
  ],
  ['cash_in_hand', 'a sale too much', `update sale set banked_on = null where order_id = ${banked}`],
  ['cash_in_hand', 'sales of an ambassador without an account', `delete from account where kind = 'cash'`],
  [
    'remittance_money',
    'a confirmed remittance of another amount',
    `update remittance set counted_minor = counted_minor - 1`,
  ],
  ['remittance_money', 'cash at the bank that nobody handed over', `delete from remittance`],
]

const check = async () => (await checkCollective(world.db.of(world.collective.id))).violations

test('what ambassadors and treasurers did has no violation', async () => {
  expect(await check()).toEqual([])
})

test.each(PLANTS)('%s finds: %s', async (rule, _what, statement) => {
  await accidents.happen(statement)
  const violations = await check()
  expect(violations.map((violation) => violation.rule)).toContain(rule)
  for (const { sentence } of violations) {
    expect(sentence).toMatch(/^[A-Z].*\.$/)
    expect(sentence).not.toMatch(/Nadia|Amina/)
  }
})
