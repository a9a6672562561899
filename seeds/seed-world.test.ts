import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connect, type Sql } from '../src/db/connect.ts'
import { type Database, openDatabase } from '../src/db/database.ts'
import { type Campaign, type Collective, findCollective, listCampaigns } from '../src/db/directory.ts'
import { campaignDay, campaignStatus } from '../src/domain/campaign.ts'
import { LANGS } from '../src/domain/lang.ts'
import { checkCollective } from '../src/ledger/check.ts'
import { createTestDatabase, type TestDatabase } from '../test/support/database.ts'
import { seededRandom } from '../test/support/random.ts'
import { AMBASSADORS } from './content/ambassadors.ts'
import { COLLECTIVE, ORGANISER } from './content/collective.ts'
import { seedWorld } from './seed-world.ts'

// In the first minutes of a local day, when hardly anything of the ninth can have happened.
const NOW = new Date('2027-03-03T00:07:00Z')
const TWO_WEEKS_MS = 14 * 86_400_000

let database: TestDatabase
let sql: Sql
let db: Database
let collective: Collective
let campaigns: Record<'delivered' | 'live' | 'upcoming', Campaign>
const random = seededRandom(1).bytes

beforeAll(async () => {
  database = await createTestDatabase()
  sql = connect(database.appUrl, { max: 2 })
  db = openDatabase(sql)
  expect(await seedWorld({ db, random }, { now: NOW })).toBe('seeded')
  const owner = connect(database.ownerUrl, { max: 1 })
  await owner`analyze`.finally(() => owner.end())
  collective = (await findCollective(db, COLLECTIVE.slug))!
  const [upcoming, live, delivered] = await listCampaigns(db, collective)
  campaigns = { upcoming: upcoming!, live: live!, delivered: delivered! }
})

afterAll(async () => {
  await sql?.end()
  await database?.drop()
})

describe('the three campaigns', () => {
  test.each([
    ['delivered', 'delivered', { available: 0, reserved: 0, sold: 1000, banked: 1000 }],
    ['live', 'live', { available: 351, reserved: 37, sold: 612, banked: 431 }],
    ['upcoming', 'scheduled', { available: 1000, reserved: 0, sold: 0, banked: 0 }],
  ] as const)('%s: %s, counted to the coupon', (which, status, counts) => {
    const campaign = campaigns[which]
    expect(campaignStatus(campaign.facts, NOW, collective.timeZone)).toBe(status)
    expect(campaign.counts).toMatchObject({ goal: 1000, allotted: 0, void: 0, ...counts })
    expect(campaign.priceMinor).toBe(25_000n)
  })

  test('the live one is on day 9 of 21, the upcoming one some weeks away', () => {
    const day = ({ facts }: Campaign) => campaignDay(facts, NOW, collective.timeZone)
    expect(day(campaigns.live)).toMatchObject({ day: 9, days: 21 })
    expect(day(campaigns.upcoming)).toMatchObject({ day: 0, days: 21 })
  })

  test('the delivered one was given in exactly nine days', async () => {
    const days = await sql<{ given_on: string; count: number }[]>`
      select given_on, count(*)::integer as count from coupon
      where campaign_id = ${campaigns.delivered.id} group by given_on order by given_on`
    expect(days).toHaveLength(9)
    expect(days[0]!.given_on).toBe(campaigns.delivered.facts.firstDay)
    expect(days.reduce((sum, { count }) => sum + count, 0)).toBe(1000)
  })

  test('what is promised stays promised for two weeks', async () => {
    const [row] = await sql<{ earliest: Date; methods: string[] }[]>`
      select min(expires_at) as earliest, array_agg(distinct method) as methods
      from "order" where status = 'reserved'`
    expect(row!.methods).toEqual(['transfer'])
    expect(row!.earliest.getTime() - NOW.getTime()).toBeGreaterThan(TWO_WEEKS_MS)
  })

  test('nothing lies in the future', async () => {
    const [row] = await sql<{ late: number }[]>`
      select (select count(*) from event where at > ${NOW})::integer
        + (select count(*) from "order" where created_at > ${NOW} or paid_at > ${NOW})::integer
        + (select count(*) from transfer where posted_at > ${NOW})::integer
        + (select count(*) from "update" where published_at > ${NOW})::integer as late`
    expect(row!.late).toBe(0)
  })
})

test('every record agrees with every other', async () => {
  const { violations } = await checkCollective(db.of(collective.id))
  expect(violations).toEqual([])
})

test('the whole of what was collected went into the home', async () => {
  const [row] = await sql<{ spent: bigint; bank: bigint }[]>`
    select (select sum(t.amount_minor)::bigint from spending s join transfer t on t.id = s.transfer_id) as spent,
      (select debits_minor - credits_minor from account
        where kind = 'bank' and campaign_id = ${campaigns.delivered.id}) as bank`
  expect(row).toEqual({ spent: 25_000_000n, bank: 0n })
})

test('three ambassadors were first; the others were invited, or contributed first', async () => {
  const rows = await sql<{ slug: string; inviter: string | null; order: string | null; tally: number }[]>`
    select a.slug, b.slug as inviter, o.name as "order",
      (select count(*)::integer from ambassador_tally t where t.ambassador_id = a.id and t.given > 0) as tally
    from ambassador a left join ambassador b on b.id = a.invited_by left join "order" o on o.id = a.id
    order by a.accepted_at`
  expect(rows).toEqual([
    { slug: 'amina', inviter: null, order: null, tally: 2 },
    { slug: 'hamza', inviter: null, order: null, tally: 2 },
    { slug: 'zineb', inviter: null, order: null, tally: 2 },
    { slug: 'ghita', inviter: null, order: 'Ghita', tally: 1 },
    { slug: 'omar', inviter: 'amina', order: null, tally: 1 },
    { slug: 'meryem', inviter: 'hamza', order: null, tally: 1 },
  ])
  expect(rows.map(({ slug }) => slug)).toEqual(AMBASSADORS.map(({ slug }) => slug))
})

test('some words may be read, some wait for an organiser', async () => {
  const [row] = await sql<{ allowed: number; waiting: number }[]>`
    select count(word_allowed_at)::integer as allowed,
      count(*) filter (where word_allowed_at is null)::integer as waiting
    from "order" where word is not null and campaign_id = ${campaigns.live.id}`
  expect(row).toEqual({ allowed: 8, waiting: 3 })
})

test('all that is told in languages is told in all four', async () => {
  const rows = await sql<{ langs: string[] }[]>`
    select array_agg(lang order by lang) as langs from dream group by campaign_id
    union all select array(select jsonb_object_keys(title) order by 1) from "update"
    union all select array(select jsonb_object_keys(body) order by 1) from "update"
    union all select array(select jsonb_object_keys(purpose) order by 1) from spending
    union all select array(select jsonb_object_keys(first_words) order by 1) from ambassador
    union all select array(select jsonb_object_keys(legal_name) order by 1) from association`
  expect(rows.length).toBeGreaterThan(30)
  for (const { langs } of rows) expect(langs).toEqual(LANGS.toSorted())
})

test('addresses lead nowhere, and there are no telephone numbers', async () => {
  const rows = await sql<{ email: string }[]>`
    select email from "order" where email is not null union select email from person
    union select email from ambassador where email is not null`
  expect(rows.map(({ email }) => email)).toContain(ORGANISER.email)
  for (const { email } of rows) expect(email).toMatch(/^[a-z0-9.-]+@example\.org$/)
  expect(await sql`select id from "order" where phone is not null`).toHaveLength(0)
})

test('a second time changes nothing', async () => {
  const counted = () => sql`select (select count(*) from event), (select count(*) from "order")`
  const before = await counted()
  expect(await seedWorld({ db, random }, { now: NOW })).toBe('exists')
  expect(await counted()).toEqual(before)
})
