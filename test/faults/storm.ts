import { newIdAt } from '../../src/domain/id.ts'
import { seededRandom } from '../support/random.ts'
import { type RunningApp, startRunningApp } from '../support/running-app.ts'
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts'
import { createWorld, type World, type WorldOptions } from '../support/world.ts'
import type { FinalState } from './history.ts'
import { openStormClient, type StormClient } from './storm-client.ts'

export const CAMPAIGN = '/api/v1/campaigns/casa/dar-salma'
/** Longer than any answer takes on a busy machine: giving up too early only makes more repetitions. */
const PATIENCE_MS = 2000
/** A connection that went silent breaks after this time, as a network's time-out does. */
const SILENT_MS = 150

/** A running application with a bad network before it and another one behind it, and its contributors. */
export interface Storm {
  readonly world: World
  readonly app: RunningApp
  /** Between the contributors and the application. */
  readonly front: TcpProxy
  /** Between the application and its database. */
  readonly back: TcpProxy
  readonly client: StormClient
  /** A new id for a wish, from the seed. */
  nextId(): string
  end(): Promise<void>
}

export async function startStorm(options: WorldOptions & { readonly seed: number }): Promise<Storm> {
  const backs: TcpProxy[] = []
  const reach = async (address: string) => {
    const url = new URL(address)
    const back = await startTcpProxy({ host: url.hostname, port: Number(url.port), silentMs: SILENT_MS })
    backs.push(back)
    url.host = `127.0.0.1:${back.port}`
    return url.href
  }
  const world = await createWorld({ reach, ...options })
  const app = await startRunningApp(world)
  const front = await startTcpProxy({
    host: '127.0.0.1',
    port: Number(new URL(app.origin).port),
    silentMs: SILENT_MS,
  })
  const client = openStormClient({ port: front.port, campaign: CAMPAIGN, patienceMs: PATIENCE_MS })
  const dice = seededRandom(options.seed + 1)
  return {
    world,
    app,
    front,
    back: backs[0]!,
    client,
    nextId: () => newIdAt(world.clock.now(), () => dice.below(2 ** 32)),
    async end() {
      client.close()
      await front.close()
      await app.close()
      await world.drop()
      await backs[0]?.close()
    },
  }
}

/** Does every task, at most so many at once, in their order. */
export async function atOnce<Task>(
  tasks: readonly Task[],
  most: number,
  run: (task: Task) => Promise<unknown>,
): Promise<void> {
  const queue = tasks[Symbol.iterator]()
  const worker = async () => {
    for (const task of queue) await run(task)
  }
  await Promise.all(Array.from({ length: most }, worker))
}

/** The campaign as the database holds it, the world's or another one, read by its owner past every proxy. */
export async function readFinal(
  world: Pick<World, 'campaign' | 'ownerSql'>,
  slug?: string,
): Promise<FinalState> {
  const { id } = await world.campaign(slug)
  const [counts] = await world.ownerSql<Pick<FinalState, 'goal' | 'available' | 'reserved' | 'sold'>[]>`
    select goal, available, reserved, sold from campaign where id = ${id}`
  // Each table is read once: no index leads from an order to its events.
  const orders = await world.ownerSql<FinalState['orders'][number][]>`
    with held as materialized (
      select order_id, array_agg(number order by number) as numbers
      from coupon where campaign_id = ${id} and order_id is not null group by order_id
    ), over as materialized (
      select distinct order_id from event where campaign_id = ${id} and kind = 'order_expired'
    )
    select o.id, o.key, o.quantity, o.status, coalesce(held.numbers, '{}') as numbers,
      over.order_id is not null as "isRevived"
    from "order" o left join held on held.order_id = o.id left join over on over.order_id = o.id
    where o.campaign_id = ${id} order by o.id`
  const [given] = await world.ownerSql<{ back: number }[]>`
    select coalesce(sum(o.quantity), 0)::integer as back
    from event e join "order" o on o.collective_id = e.collective_id and o.id = e.order_id
    where e.campaign_id = ${id} and e.kind in ('order_expired', 'order_cancelled')`
  return { ...counts!, orders: [...orders], freed: given?.back ?? 0 }
}
