import type { OrderFacts } from '../../src/domain/order.ts'
import { expireDueReservations } from '../../src/jobs/expire-reservations.ts'
import { placeOrder } from '../../src/orders/place-order.ts'
import type { SettleOutcome } from '../../src/payments/port.ts'
import { settle } from '../support/giving.ts'
import type { World } from '../support/world.ts'
import { processesOf } from './processes.ts'

export interface CrowdOptions {
  readonly contributors: number
  /** Most coupons of one wish. */
  readonly most: number
  /** No further wish after so many, however many coupons are left. */
  readonly maxWishes: number
}

export interface CrowdReport {
  readonly wishes: number
  readonly settled: Readonly<Partial<Record<SettleOutcome, number>>>
  readonly soldOut: number
  /** What broke: with every guard in place, nothing. */
  readonly failures: readonly string[]
}

const CLOCK_STEP_S = 2
const PROCESSES = 4

/**
 * Many contributors at once who wish, pay, are declined, leave, and pay after their time is over, until every
 * coupon is given. The clock moves with each wish, and reservations expire while others are taken.
 */
export async function crowd(world: World, options: CrowdOptions): Promise<CrowdReport> {
  const { contributors, most, maxWishes } = options
  const campaign = await world.campaign()
  const settled: Partial<Record<SettleOutcome, number>> = {}
  const failures: string[] = []
  const late: OrderFacts[] = []
  let wishes = 0
  let soldOut = 0
  const count = (outcome: SettleOutcome) => {
    settled[outcome] = (settled[outcome] ?? 0) + 1
  }

  const pay = async (order: OrderFacts) => {
    const chance = world.dice.below(100)
    if (chance < 15) late.push(order)
    else if (chance < 25) return
    else {
      if (chance < 40) count(await settle(world, order, { outcome: 'declined' }))
      count(await settle(world, order))
    }
  }
  const isDone = async () => {
    await expireDueReservations(world.db, world.clock.now())
    const { counts } = await world.campaign()
    return counts.sold === counts.goal
  }
  const processes = processesOf(world, PROCESSES)
  const contribute = async (index: number) => {
    const services = processes[index % PROCESSES] ?? world.services
    while (wishes < maxWishes) {
      wishes += 1
      world.clock.advance({ seconds: CLOCK_STEP_S })
      const wish = world.wish({ quantity: 1 + world.dice.below(most) })
      const answer = await placeOrder(services, campaign, wish)
      if (answer.ok) await pay(answer.order)
      else if (answer.status === 'sold_out') {
        soldOut += 1
        if (await isDone()) return
        world.clock.advance({ minutes: 1 })
        const waiting = late.shift()
        if (waiting) count(await settle(world, waiting))
      } else if (answer.status !== 'only_n_left') throw new Error(`refused: ${answer.status}`)
    }
  }
  const noticed = (_: unknown, index: number) =>
    contribute(index).catch((error: unknown) => void failures.push(String(error)))
  await Promise.all(Array.from({ length: contributors }, noticed))
  for (const order of late) await settle(world, order).then(count, (error) => failures.push(String(error)))
  return { wishes, settled, soldOut, failures }
}
