import type { TransactionSql } from 'postgres'
import type { BenchCampaign, BenchDatabase } from './database.ts'

type Inside = TransactionSql<{ bigint: bigint }>

/** Campaigns and coupons of one collective of the crowd; each coupon is an order of its own. */
const CROWD = { campaigns: 100, goal: 1000 }
const AT_ONCE = 2
const ORDERS_A_COLLECTIVE = CROWD.campaigns * CROWD.goal
// As after a quiet night; vacuuming by itself in the middle of a measurement would be noise.
const SETTLED = ['coupon', '"order"', 'payment', 'event', 'transfer', 'account', 'campaign']

/**
 * Fills a database with orders of other collectives, each with its coupon, payment, event and transfer, and gives
 * half of one campaign. The rows are written past the triggers, and say together what the triggers would have
 * said. Only a superuser may.
 * @returns how many orders there are then
 */
export async function grow(
  database: BenchDatabase,
  campaign: BenchCampaign,
  options: { readonly orders: number; readonly half: number; readonly say: (line: string) => void },
): Promise<number> {
  const { owner, collectiveId } = database
  await owner.unsafe(ID_FUNCTION)
  await giveHalf(database, campaign, options.half)
  const collectives = Math.ceil((options.orders - options.half) / ORDERS_A_COLLECTIVE)
  let next = 0
  const work = async () => {
    while (next < collectives) {
      next += 1
      const turn = next
      await asOwner(database, (inside) => addCrowd(inside, collectiveId, turn, options.half))
      if (turn % 10 === 0) options.say(`  ${turn} of ${collectives} collectives filled`)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  for (const table of SETTLED) await owner.unsafe(`vacuum analyze ${table}`)
  await owner`checkpoint`
  return options.half + collectives * ORDERS_A_COLLECTIVE
}

/** In the shape of a UUIDv7, growing as the real ones do; one family of ids for each kind of row. */
const ID_FUNCTION = `
  create function bench_id(kind integer, n bigint) returns uuid language sql immutable
  return ('01900000-0000-7000-800' || kind || '-' || lpad(to_hex(n), 12, '0'))::uuid`

async function asOwner(database: BenchDatabase, work: (inside: Inside) => Promise<void>): Promise<void> {
  await database.owner.begin(async (transaction) => {
    await transaction`set local session_replication_role = replica`
    await transaction`set local synchronous_commit = off`
    await work(transaction)
  })
}

function giveHalf(database: BenchDatabase, { id }: BenchCampaign, half: number): Promise<void> {
  return asOwner(database, async (inside) => {
    await inside`create temporary table filled on commit drop as
      select 0::bigint as turn, collective_id, id as campaign_id, price_minor, currency, first_day, created_at
      from campaign where id = ${id}`
    await addOrders(inside, 0, half)
    await inside`
      update coupon k set state = 'sold', order_id = bench_id(0, k.number - 1), given_on = f.first_day
      from filled f where k.campaign_id = f.campaign_id and k.number <= ${half}::integer`
    await inside`
      update campaign set available = available - ${half}::integer, sold = ${half}::integer, position = ${half}::integer,
        next_number = ${half}::integer + 1 where id = ${id}`
    await addAccounts(inside, half)
  })
}

/** One collective whose campaigns are all given, as copies of the first one's. */
async function addCrowd(inside: Inside, like: string, turn: number, taken: number): Promise<void> {
  const { campaigns, goal } = CROWD
  const base = taken + (turn - 1) * ORDERS_A_COLLECTIVE
  const collective = inside`bench_id(7, ${turn}::bigint)`
  await inside`
    insert into collective (id, slug, name, city, time_zone, currency, langs, created_at)
    select ${collective}, 'crowd-' || ${turn}::integer, name, city, time_zone, currency, langs, created_at
    from collective where id = ${like}`
  await inside`
    insert into association (collective_id, id, legal_name, account_number, authorisation_number, authorised_from,
      authorised_until, created_at)
    select ${collective}, id, legal_name, account_number, authorisation_number, authorised_from, authorised_until,
      created_at from association where collective_id = ${like}`
  await inside`
    insert into campaign (collective_id, id, association_id, slug, price_minor, currency, goal, first_day, last_day,
      created_at, scheduled_at, sold, position)
    select ${collective}, bench_id(8, ${turn}::bigint * ${campaigns}::bigint + n), c.association_id, 'dar-' || n, c.price_minor,
      c.currency, ${goal}::integer, c.first_day, c.last_day, c.created_at, c.created_at, ${goal}::integer, ${goal}::integer
    from generate_series(0, ${campaigns}::integer - 1) n, (select * from campaign where collective_id = ${like} limit 1) c`
  await inside`create temporary table filled on commit drop as
    select row_number() over (order by id) - 1 as turn, collective_id, id as campaign_id, price_minor, currency,
      first_day, created_at from campaign where collective_id = ${collective}`
  await addOrders(inside, base, goal)
  await inside`
    insert into coupon (collective_id, campaign_id, number, goal, state, order_id, given_on)
    select f.collective_id, f.campaign_id, n, ${goal}::integer, 'sold', bench_id(0, ${base}::bigint + f.turn * ${goal}::bigint + n - 1),
      f.first_day from filled f, generate_series(1, ${goal}::integer) n`
  await addAccounts(inside, goal)
}

/** So many paid orders for one coupon in each of the `filled` campaigns. */
async function addOrders(inside: Inside, base: number, each: number): Promise<void> {
  const row = inside`filled f,
    lateral (select ${base}::bigint + f.turn * ${each}::bigint + n - 1 as id, n from generate_series(1, ${each}::integer) n) o`
  await inside`
    insert into "order" (collective_id, id, campaign_id, quantity, price_minor, currency, amount_minor, method, status,
      key, name, anonymous, email, lang, consent_at, created_at, expires_at, paid_at)
    select f.collective_id, bench_id(0, o.id), f.campaign_id, 1, f.price_minor, f.currency, f.price_minor, 'card', 'paid',
      '1.' || md5(o.id::text), 'Nadia Bennani', false, 'nadia@example.org', 'fr', f.created_at, f.created_at, f.created_at, f.created_at
    from ${row}`
  await inside`
    insert into payment (collective_id, id, order_id, provider, attempt, amount_minor, currency, status, created_at, ended_at)
    select f.collective_id, bench_id(1, o.id), bench_id(0, o.id), 'sandbox', 1, f.price_minor, f.currency, 'paid',
      f.created_at, f.created_at from ${row}`
  await inside`
    insert into event (collective_id, id, campaign_id, position, kind, at, actor, order_id)
    select f.collective_id, bench_id(2, o.id), f.campaign_id, o.n, 'order_placed', f.created_at, 'contributor',
      bench_id(0, o.id) from ${row}`
  await inside`
    insert into transfer (collective_id, id, campaign_id, debit_account_id, credit_account_id, amount_minor, currency,
      kind, order_id, payment_id, day, posted_at, posted_by)
    select f.collective_id, bench_id(3, o.id), f.campaign_id, bench_id(4, ${base}::bigint + f.turn),
      bench_id(5, ${base}::bigint + f.turn), f.price_minor, f.currency, 'given', bench_id(0, o.id), bench_id(1, o.id),
      f.first_day, f.created_at, 'provider:sandbox' from ${row}`
  await inside`
    insert into account (collective_id, id, campaign_id, kind, holder, currency)
    select f.collective_id, bench_id(kind.family, ${base}::bigint + f.turn), f.campaign_id, kind.name, kind.holder, f.currency
    from filled f, (values (4, 'card', 'sandbox'), (5, 'fund', '')) kind (family, name, holder)`
}

async function addAccounts(inside: Inside, each: number): Promise<void> {
  await inside`
    update account a set
      debits_minor = case kind when 'card' then f.price_minor * ${each}::bigint else 0 end,
      credits_minor = case kind when 'fund' then f.price_minor * ${each}::bigint else 0 end
    from filled f where a.collective_id = f.collective_id and a.campaign_id = f.campaign_id`
}
