import { afterAll, beforeAll, expect, test } from 'vitest'
import { post } from '../../src/ledger/post.ts'
import { reverse } from '../../src/ledger/reverse.ts'
import { placed, receive, settle, today, violations } from '../support/giving.ts'
import { seededRandom } from '../support/random.ts'
import { createWorld, type World } from '../support/world.ts'
import { report } from './report.ts'
import { SEED, scale } from './scale.ts'
import { REFUSED, type Targets } from './t6-statements.ts'

const STATEMENTS = scale(1500, 10_000)
const GOAL = 20
const AT_ONCE = 10

// What a guard answers: no right, a constraint or a trigger of ours, a number beyond bigint.
const GUARDS = /^(42501|23514|23505|23503|23502|22003)$/

let world: World
let targets: Targets
beforeAll(async () => {
  world = await createWorld({ seed: SEED, goal: GOAL })
  targets = await furnish()
})
afterAll(() => world?.drop())

async function furnish(): Promise<Targets> {
  const tenant = world.db.of(world.collective.id)
  const { id } = await world.campaign()
  const other = await world.addCampaign({ slug: 'dar-other', goal: 5 })
  const order = await placed(world, { quantity: 2, ambassadorId: world.ambassadors.amina.id })
  await settle(world, order)
  await receive(world, await placed(world, { method: 'transfer' }))
  await receive(world, await placed(world, { method: 'transfer' }, other.slug))
  const when = { day: today(world), postedAt: world.clock.now(), postedBy: 'user:treasurer' }
  const amountMinor = 700n
  const move = () =>
    post(tenant, {
      campaign: { campaignId: id, currency: 'MAD' },
      debit: { kind: 'bank' },
      credit: { kind: 'fund' },
      amountMinor,
      kind: 'overflow',
      ...when,
    })
  const corrected = await move()
  await reverse(tenant, corrected, when)
  const plain = await move()
  const account = async (campaignId: string, kind: string) => {
    const [row] = await world.ownerSql<{ id: string }[]>`
      select id from account where campaign_id = ${campaignId} and kind = ${kind}`
    return row!.id
  }
  return {
    collective: world.collective.id,
    campaign: id,
    goal: GOAL,
    bank: await account(id, 'bank'),
    fund: await account(id, 'fund'),
    foreign: await account(other.id, 'bank'),
    corrected,
    plain,
    amount: amountMinor,
    order: order.id,
    payment: order.payment!.id,
  }
}

/** Everything that is in the database, as one text. */
async function fingerprint(): Promise<string> {
  const tables = await world.ownerSql<{ name: string }[]>`
    select format('%I', tablename) as name from pg_tables where schemaname = 'public' order by 1`
  const prints = tables.map(async ({ name }) => {
    const [row] = await world.ownerSql.unsafe<{ print: string }[]>(
      `select count(*) || ' ' || coalesce(md5(string_agg(t::text, ',' order by t::text)), '') as print from ${name} t`,
    )
    return `${name} ${row?.print}`
  })
  return (await Promise.all(prints)).join('\n')
}

async function codeOf(statement: string): Promise<string> {
  return world.appSql
    .unsafe(statement)
    .simple()
    .then(
      () => 'accepted',
      (error: { code?: string }) => error.code ?? String(error),
    )
}

test(`${STATEMENTS} statements that must not be are refused as the application (SEED=${SEED})`, async () => {
  const dice = seededRandom(SEED)
  const kinds = Object.keys(REFUSED)
  const before = await fingerprint()
  for (let made = 0; made < STATEMENTS; made += AT_ONCE) {
    const batch = Array.from({ length: AT_ONCE }, (_, index) => {
      // Every kind in turn, then as the dice fall.
      const kind = kinds[made + index] ?? dice.pick(kinds)
      return { kind, statement: REFUSED[kind]!(dice, targets) }
    })
    const codes = await Promise.all(batch.map(({ statement }) => codeOf(statement)))
    for (const [index, { kind, statement }] of batch.entries()) {
      expect(codes[index], `${kind}: ${statement}`).toMatch(GUARDS)
    }
  }
  expect(await fingerprint()).toBe(before)
  report('T6', { statements: STATEMENTS, kinds: kinds.length, accepted: 0 })
}, 120_000)

/** With the guard gone, as only the owner can do it, the statement must go through. */
const CONTROLS: [guard: string, without: string, kind: string][] = [
  ['amount', 'alter table transfer drop constraint transfer_amount_minor_check', 'zero'],
  ['both sides differ', 'alter table transfer drop constraint transfer_check', 'to_itself'],
  [
    'one correction',
    'alter table transfer drop constraint transfer_collective_id_reverses_id_key',
    'second_correction',
  ],
  ['money once', 'drop index transfer_once_per_payment', 'second_money_of_a_payment'],
  ['owner of a coupon', 'drop trigger coupon_keeps_owner on coupon', 'coupon_given_back'],
  ['day of a coupon', 'drop trigger coupon_keeps_owner on coupon', 'coupon_day'],
  ['states of an order', 'drop trigger order_moves_forward on "order"', 'order_back'],
  ['beginning of an order', 'drop trigger order_begins_reserved on "order"', 'order_born_paid'],
  [
    'terms of a campaign',
    'drop trigger campaign_stays_fixed on campaign; alter table campaign disable trigger all; alter table "order" disable trigger all',
    'terms',
  ],
  [
    'rights to coupons, their numbers and their sum',
    `grant insert on coupon to twiza_app; alter table coupon drop constraint coupon_number_check;
     alter table coupon drop constraint coupon_check; alter table campaign drop constraint coupons_conserved`,
    'coupon_insert',
  ],
  [
    'rights to trigger functions',
    'grant execute on function coupon_counts_inserted, transfer_moves_balances, event_takes_position to public',
    'borrowed_trigger',
  ],
]

test.each(CONTROLS)('without the guard "%s" a statement goes through', async (_guard, without, kind) => {
  const dice = seededRandom(SEED)
  const statements = Array.from({ length: 20 }, () => REFUSED[kind]!(dice, targets))
  const codes = await Promise.all(statements.map((statement) => rolledBack([without], statement)))
  expect(codes).toContain('accepted')
})

test.each(['transfer', 'event', 'account', 'coupon', 'provider_event'])(
  'nothing is deleted from %s even with the right to: its trigger refuses',
  async (table) => {
    const grant = `grant delete, truncate on ${table} to twiza_app`
    for (const verb of ['delete from', 'truncate']) {
      const statement = `${verb} ${table}${verb === 'truncate' ? ' cascade' : ''}`
      expect(await rolledBack([grant], statement)).toMatch(GUARDS)
    }
    const without = `alter table ${table} disable trigger all`
    expect(await rolledBack([grant, without], `delete from ${table}`)).toBe('accepted')
  },
)

test('of the functions with their owner’s rights the application can call three and no more', async () => {
  const callable = await world.appSql<{ name: string }[]>`
    select proname as name from pg_proc
    where pronamespace = 'public'::regnamespace and prosecdef and has_function_privilege(oid, 'execute')
    order by proname`
  expect(callable.map(({ name }) => name)).toEqual([
    'expire_reservations',
    'place_orders',
    'schedule_campaign',
  ])
})

test('after all of this every order, coupon and account adds up', async () => {
  const [{ held } = { held: 0n }] = await world.ownerSql<{ held: bigint }[]>`
    select sum(amount_minor)::bigint as held from transfer where kind = 'overflow'
      and not exists (select from transfer m where m.reverses_id = transfer.id)`
  // The money that these tests moved by hand belongs to no coupon.
  const found = await violations(world)
  expect(found).toEqual([expect.stringMatching(`fund holds ${3n * 25_000n + held}`)])
})

/** Takes guards away, tries the statement as the application, and takes everything back. */
async function rolledBack(without: string[], statement: string): Promise<string> {
  const login = decodeURIComponent(new URL(world.database.appUrl).username)
  let code = 'accepted'
  await world.ownerSql
    .begin(async (transaction) => {
      for (const change of without) await transaction.unsafe(change).simple()
      await transaction.unsafe(`set local role "${login}"`)
      await transaction.unsafe(statement).simple()
      throw new Error('rolled back')
    })
    .catch((error: { code?: string; message: string }) => {
      if (error.message !== 'rolled back') code = error.code ?? error.message
    })
  return code
}
