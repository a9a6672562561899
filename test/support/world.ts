import { connect, type Sql } from '../../src/db/connect.ts'
import { type Database, openDatabase } from '../../src/db/database.ts'
import { type Campaign, type Collective, findCampaign, findCollective } from '../../src/db/directory.ts'
import { newIdAt } from '../../src/domain/id.ts'
import type { OrderWish } from '../../src/domain/order.ts'
import { openGatherer } from '../../src/orders/gather-orders.ts'
import type { OrderServices } from '../../src/orders/services.ts'
import { createSandbox, type Deliver, type Sandbox } from '../../src/payments/sandbox/sandbox.ts'
import { type Assets, unbuiltAssets } from '../../src/web/assets.ts'
import { createClock, type TestClock } from './clock.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'
import { type SeededRandom, seededRandom } from './random.ts'
import { COLLECTIVE } from './world-content.ts'
import { addCampaign, addCollective, type CampaignOptions } from './world-seed.ts'

/** What the services of every feature need, on the world's clock and dice. */
export interface WorldServices extends OrderServices {
  readonly card: Sandbox
  readonly sandbox: Sandbox
  readonly assets: Assets
}

/** A small invented world in a database of its own: one collective, one association, one live campaign. */
export interface World {
  readonly db: Database
  /** As the application's login. */
  readonly appSql: Sql
  /** As the owner of the tables, for what only an operator or an accident may do. */
  readonly ownerSql: Sql
  readonly database: TestDatabase
  readonly clock: TestClock
  readonly dice: SeededRandom
  readonly services: WorldServices
  readonly collective: Collective
  readonly ambassadors: Readonly<Record<'amina' | 'youssef' | 'khadija', { readonly id: string }>>
  /** The live campaign as it is now, or another one by its slug. */
  campaign(slug?: string): Promise<Campaign>
  /** One more campaign of the collective, scheduled unless it is a draft. */
  addCampaign(options: CampaignOptions & { readonly slug: string }): Promise<Campaign>
  /** A new wish for one coupon by card, unless said otherwise. */
  wish(overrides?: Partial<OrderWish>): OrderWish
  /** Where the sandbox's callbacks go from now on; until then they are lost. */
  deliverTo(deliver: Deliver): void
  drop(): Promise<void>
}

export interface WorldOptions {
  /** Coupons of the campaign; 1000 by default. */
  readonly goal?: number
  readonly priceMinor?: bigint
  readonly seed?: number
  readonly now?: Date
  /** Connections of the application's pool; 10 by default. */
  readonly connections?: number
  /** Another address under which the application reaches the database: through a bad network, say. */
  readonly reach?: (url: string) => Promise<string>
}

const PUBLIC_URL = 'http://twiza.test'
const SECRET = 'a secret of the test world, long enough'
const NOW = new Date('2026-11-10T10:00:00Z')
const END_TIMEOUT_S = 2

export async function createWorld(options: WorldOptions = {}): Promise<World> {
  const database = await createTestDatabase()
  const appUrl = (await options.reach?.(database.appUrl)) ?? database.appUrl
  const appSql = connect(appUrl, { max: options.connections ?? 10 })
  const ownerSql = connect(database.ownerUrl, { max: 2 })
  const drop = async () => {
    await Promise.all([appSql.end({ timeout: END_TIMEOUT_S }), ownerSql.end({ timeout: END_TIMEOUT_S })])
    await database.drop()
  }
  try {
    return { ...(await furnish(options, database, appSql, ownerSql)), drop }
  } catch (error) {
    await drop()
    throw error
  }
}

async function furnish(
  options: WorldOptions,
  database: TestDatabase,
  appSql: Sql,
  ownerSql: Sql,
): Promise<Omit<World, 'drop'>> {
  const clock = createClock(options.now ?? NOW)
  const dice = seededRandom(options.seed ?? 1)
  const db = openDatabase(appSql)
  const { services, deliverTo } = makeServices(db, clock, dice)
  const { associationId, ambassadors } = await addCollective(db, clock.now())
  const collective = await findCollective(db, COLLECTIVE.slug)
  if (!collective) throw new Error('the collective was just made')
  const campaign = async (slug = 'dar-salma') => {
    const found = await findCampaign(db, collective, { slug })
    if (!found) throw new Error(`the world has no campaign ${slug}`)
    return found
  }
  const add = async (wanted: CampaignOptions & { readonly slug: string }) => {
    await addCampaign(db.of(collective.id), associationId, clock.now(), wanted)
    return campaign(wanted.slug)
  }
  await add({ slug: 'dar-salma', goal: options.goal, priceMinor: options.priceMinor })
  const wish = (overrides: Partial<OrderWish> = {}) => ({ ...plainWish(clock.now(), dice), ...overrides })
  return {
    db,
    appSql,
    ownerSql,
    database,
    clock,
    dice,
    services,
    collective,
    ambassadors,
    campaign,
    addCampaign: add,
    wish,
    deliverTo,
  }
}

function makeServices(db: Database, clock: TestClock, dice: SeededRandom) {
  let deliver: Deliver = async () => new Response('nobody is at this door yet', { status: 503 })
  const sandbox = createSandbox({
    publicUrl: PUBLIC_URL,
    secret: SECRET,
    deliver: (request) => deliver(request),
  })
  const services: WorldServices = {
    db,
    now: clock.now,
    gatherer: openGatherer({ db, now: clock.now }),
    random: dice.bytes,
    publicUrl: PUBLIC_URL,
    card: sandbox,
    sandbox,
    assets: unbuiltAssets,
    cardMinutes: 15,
    transferDays: 5,
  }
  const deliverTo = (next: Deliver) => {
    deliver = next
  }
  return { services, deliverTo }
}

function plainWish(now: Date, dice: SeededRandom): OrderWish {
  return {
    id: newIdAt(now, () => dice.below(2 ** 32)),
    quantity: 1,
    method: 'card',
    name: 'Nadia',
    anonymous: false,
    email: null,
    phone: null,
    lang: 'ar',
    word: null,
    ambassadorId: null,
  }
}
