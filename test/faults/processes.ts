import { openGatherer } from '../../src/orders/gather-orders.ts'
import type { OrderServices } from '../../src/orders/services.ts'
import type { World } from '../support/world.ts'

/** The services of several processes on the world's database: what waits in one of them, the others cannot see. */
export function processesOf(world: World, count: number): OrderServices[] {
  const { db, clock, services } = world
  return Array.from({ length: count }, () => ({
    ...services,
    gatherer: openGatherer({ db, now: clock.now }),
  }))
}
