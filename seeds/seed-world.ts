import { findCollective } from '../src/db/directory.ts'
import { DEFAULT_DAYS, lastDayOf } from '../src/domain/campaign.ts'
import { addDays, type LocalDay, localDay } from '../src/domain/days.ts'
import { openGatherer } from '../src/orders/gather-orders.ts'
import type { OrderServices } from '../src/orders/services.ts'
import { createCollective } from '../src/organisers/create-collective.ts'
import { SANDBOX } from '../src/payments/sandbox/callback-body.ts'
import { ambassadorMoments } from './ambassador-moments.ts'
import { newsMoments, onDay } from './campaign-moments.ts'
import { ASSOCIATION, COLLECTIVE, ORGANISER } from './content/collective.ts'
import { DAR_YAHYA } from './content/dar-yahya.ts'
import { rollDice } from './dice.ts'
import { planDelivered, seedDelivered } from './seed-delivered.ts'
import { DAYS_SO_FAR, seedLive } from './seed-live.ts'
import { announce, type Stage } from './stage.ts'
import { live, must } from './timeline.ts'

const DELIVERED_DAYS_AGO = 372
const UPCOMING_IN_DAYS = 26
const UPCOMING_SCHEDULED_ON_DAY = -30
const FOUNDED_ON_DAY = -40
const AUTHORISED_DAYS_AROUND = 60
const SEED = 21

/** `random` makes the keys of the orders: real chance, unless for a test. */
export type SeedServices = Pick<OrderServices, 'db' | 'random'>

export interface SeedOptions {
  /** The live campaign is on its ninth day at this instant, and nothing happens after it. */
  readonly now: Date
  /** The same number gives the same people, hours and quantities again. */
  readonly seed?: number
}

/**
 * Fills a database with the demonstration: a collective with its association and six ambassadors; a delivered
 * campaign (1000 of 1000 in nine days), a live one (612 given, 431 of them banked, 37 promised) and an upcoming
 * one. Everything goes through the commands that real orders and organisers use. Does nothing when the collective
 * is there; a seeding that was interrupted is not taken up again.
 */
export async function seedWorld(given: SeedServices, options: SeedOptions): Promise<'seeded' | 'exists'> {
  if (await findCollective(given.db, COLLECTIVE.slug)) return 'exists'
  const { now, seed = SEED } = options
  const services = seedingServices(given, now)
  const today = localDay(now, COLLECTIVE.timeZone)
  const delivered = addDays(today, -DELIVERED_DAYS_AGO)
  const upcoming = addDays(today, UPCOMING_IN_DAYS)
  const founders = await found(services, delivered, upcoming)
  const stage = { services, now, ...founders }
  const first: Stage = { ...stage, dice: rollDice(seed) }
  const second: Stage = { ...stage, dice: rollDice(seed + 1) }
  const { orders, contributor } = planDelivered(first, delivered)
  await live(services, COLLECTIVE.timeZone, ambassadorMoments(stage, delivered, contributor.id))
  // Apart from the people, the two campaigns have nothing in common: together they take half the time.
  await Promise.all([
    seedDelivered(first, delivered, orders),
    seedLive(second, addDays(today, 1 - DAYS_SO_FAR.length)),
  ])
  await seedUpcoming(first, upcoming)
  return 'seeded'
}

/** Promises of the demonstration wait longer than real ones, so that it stays as it is for some days. */
function seedingServices({ db, random }: SeedServices, now: Date): OrderServices {
  const none = () => {
    throw new Error('no card page is opened while seeding')
  }
  return {
    db,
    random,
    now: () => now,
    gatherer: openGatherer({ db, now: () => now }),
    publicUrl: 'http://localhost',
    card: { name: SANDBOX, start: none, readCallback: none },
    cardMinutes: 15,
    transferDays: 21,
  }
}

/** The collective with its association, whose authorisation covers all three campaigns. */
async function found(
  services: OrderServices,
  delivered: LocalDay,
  upcoming: LocalDay,
): Promise<Pick<Stage, 'collective' | 'actor'>> {
  const association = {
    ...ASSOCIATION,
    authorisedFrom: addDays(delivered, -AUTHORISED_DAYS_AROUND),
    authorisedUntil: addDays(lastDayOf(upcoming, DEFAULT_DAYS), AUTHORISED_DAYS_AROUND),
  }
  const wish = { ...COLLECTIVE, association, organiser: ORGANISER }
  const act = { now: onDay(COLLECTIVE.timeZone, delivered, FOUNDED_ON_DAY, 12), actor: 'setup' }
  const { collective, personId } = must(await createCollective(services.db, wish, act))
  return { collective, actor: `user:${personId}` }
}

async function seedUpcoming(stage: Stage, firstDay: LocalDay): Promise<void> {
  const { services, collective, actor, now } = stage
  const campaign = await announce(stage, DAR_YAHYA, firstDay, UPCOMING_SCHEDULED_ON_DAY)
  await live(services, collective.timeZone, newsMoments({ campaign, appeal: DAR_YAHYA, actor, now }, []))
}
