import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { createWorld, type World } from '../../test/support/world.ts'
import { readProgress } from '../db/progress.ts'
import { decodeBricks } from '../domain/coupon.ts'
import type { LiveProgress } from '../domain/live-progress.ts'
import { placeOrder } from '../orders/place-order.ts'
import { type LiveHubOptions, openLiveHub } from './live-hub.ts'

let world: World

beforeAll(async () => {
  world = await createWorld({ goal: 200 })
})

afterAll(() => world.drop())

test('a viewer gets the whole truth at once', async () => {
  const { follow } = await open()
  const { message } = await follow()
  expect(message).toMatchObject({ goal: 200, banked: 0 })
  expect(decodeBricks(message.bricks)).toHaveLength(200)
})

test('who has seen the present state gets nothing until something changes', async () => {
  const campaign = await world.campaign()
  const { hub } = await open()
  const events = read(hub, campaign.id, campaign.position)
  await give(3)
  const message = await events.next()
  expect(message.position).toBeGreaterThan(Number(campaign.position))
  expect(message.reserved).toBe(campaign.counts.reserved + 3)
})

test('many changes and many viewers cost few looks, and everybody ends with the truth', async () => {
  const startedAt: number[] = []
  const pauseMs = 60
  const { hub } = await open({
    pauseMs,
    read: (collectiveId, campaignId) => {
      startedAt.push(performance.now())
      return readProgress(world.db.of(collectiveId), campaignId)
    },
  })
  const { id } = await world.campaign()
  const viewers = Array.from({ length: 20 }, () => read(hub, id))
  await Promise.all(viewers.map((viewer) => viewer.next()))
  await Promise.all(Array.from({ length: 10 }, () => give(1)))
  const { position } = await world.campaign()
  const seen = await Promise.all(viewers.map((viewer) => viewer.until(Number(position))))
  expect(new Set(seen.map((message) => JSON.stringify(message))).size).toBe(1)
  const gaps = startedAt.slice(1).map((at, index) => at - startedAt[index]!)
  // A timer may fire a little early by this clock.
  for (const gap of gaps) expect(gap).toBeGreaterThan(pauseMs - 5)
})

test('a change while the connection was lost is not missed', async () => {
  const { follow } = await open()
  const { events } = await follow()
  await give(1)
  await events.next()
  const cut = await world.ownerSql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and query ilike 'listen%'`
  expect(cut).toHaveLength(1)
  await give(1)
  const { position } = await world.campaign()
  expect(await events.until(Number(position))).toMatchObject({ position: Number(position) })
})

test('an idle stream carries heartbeats', async () => {
  const campaign = await world.campaign()
  const { hub } = await open({ heartbeatMs: 5 })
  const { reader } = raw(hub, campaign.id, campaign.position)
  expect(await reader.read()).toMatchObject({ value: bytes('retry: 3000\n\n') })
  expect(await reader.read()).toMatchObject({ value: bytes(':\n\n') })
})

test('a viewer who does not read is dropped', async () => {
  const campaign = await world.campaign()
  const { hub } = await open({ heartbeatMs: 5 })
  const { reader } = raw(hub, campaign.id)
  await expect(reader.closed).rejects.toThrow()
  expect(hub.viewers).toBe(0)
})

test('no more viewers than the limit; who leaves makes room', async () => {
  const campaign = await world.campaign()
  const { hub } = await open({ maxViewers: 1 })
  const { reader } = raw(hub, campaign.id)
  const follow = () => hub.follow(world.collective.id, campaign.id)
  expect(follow()).toEqual({ ok: false, status: 'too_many_viewers' })
  await reader.cancel()
  expect(follow()).toMatchObject({ ok: true })
})

test('closing ends every stream and takes no new viewer', async () => {
  const campaign = await world.campaign()
  const { hub } = await open()
  const { reader } = raw(hub, campaign.id, campaign.position)
  await hub.close()
  await reader.read()
  expect(await reader.read()).toMatchObject({ done: true })
  expect(hub.follow(world.collective.id, campaign.id)).toEqual({ ok: false, status: 'closing' })
})

test('a big campaign is told in 1000 bricks', async () => {
  const { id, collective } = await world.addCampaign({ slug: 'a-street', goal: 2500 })
  const { bricks, counts } = await readProgress(world.db.of(collective.id), id)
  expect(counts.goal).toBe(2500)
  expect(bricks).toBe('a1000')
})

async function open(options: LiveHubOptions = {}) {
  const hub = openLiveHub(world.db, { pauseMs: 1, ...options })
  onTestFinished(() => hub.close())
  const follow = async () => {
    const events = read(hub, (await world.campaign()).id)
    return { events, message: await events.next() }
  }
  return { hub, follow }
}

async function give(quantity: number) {
  const placed = await placeOrder(world.services, await world.campaign(), world.wish({ quantity }))
  expect(placed).toMatchObject({ ok: true, status: 'created' })
}

function raw(hub: ReturnType<typeof openLiveHub>, campaignId: string, after?: string) {
  const following = hub.follow(world.collective.id, campaignId, after)
  if (!following.ok) throw new Error(following.status)
  return { reader: following.stream.getReader() }
}

/** The messages of a stream, without greeting and heartbeats. */
function read(hub: ReturnType<typeof openLiveHub>, campaignId: string, after?: string) {
  const { reader } = raw(hub, campaignId, after)
  const next = async (): Promise<LiveProgress> => {
    const { value } = await reader.read()
    const data = /^data: (.*)$/m.exec(new TextDecoder().decode(value))?.[1]
    return data === undefined ? next() : (JSON.parse(data) as LiveProgress)
  }
  const until = async (position: number): Promise<LiveProgress> => {
    const message = await next()
    return message.position >= position ? message : until(position)
  }
  return { next, until }
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
