import { createServer, get, type IncomingMessage } from 'node:http'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { createWorld, type World } from '../../test/support/world.ts'
import { readProgress } from '../db/progress.ts'
import { decodeBricks } from '../domain/coupon.ts'
import type { LiveProgress } from '../domain/live-progress.ts'
import { openKept } from '../kept/kept.ts'
import { placeOrder } from '../orders/place-order.ts'
import { type LiveHubOptions, openLiveHub } from './live-hub.ts'

let world: World

beforeAll(async () => {
  world = await createWorld({ goal: 200 })
})

afterAll(() => world.drop())

test('a viewer gets the whole truth at once', async () => {
  const { follow } = await open()
  const message = await (await follow()).next()
  expect(message).toMatchObject({ goal: 200, banked: 0 })
  expect(decodeBricks(message.bricks)).toHaveLength(200)
})

test('who has seen the present state gets nothing until something changes', async () => {
  const campaign = await world.campaign()
  const { follow } = await open()
  const viewer = await follow(campaign.position)
  await give(3)
  const message = await viewer.next()
  expect(message.position).toBeGreaterThan(Number(campaign.position))
  expect(message.reserved).toBe(campaign.counts.reserved + 3)
})

test('many changes and many viewers cost few looks, and everybody ends with the truth', async () => {
  let looks = 0
  let questions = 0
  const { follow } = await open({
    onLook: () => (looks += 1),
    onQuestion: () => (questions += 1),
  })
  const viewers = await Promise.all(Array.from({ length: 20 }, () => follow()))
  await Promise.all(viewers.map((viewer) => viewer.next()))
  await Promise.all(Array.from({ length: 10 }, () => give(1)))
  const { position } = await world.campaign()
  const seen = await Promise.all(viewers.map((viewer) => viewer.until(Number(position))))
  expect(new Set(seen.map((message) => JSON.stringify(message))).size).toBe(1)
  // The first look of who came first, and at most one for each answer of the watch.
  expect(looks).toBeLessThanOrEqual(questions + 1)
})

test('who comes while others look costs no look', async () => {
  let looks = 0
  const { follow } = await open({ onLook: () => (looks += 1), pauseMs: 60_000 })
  await (await follow()).next()
  const before = looks
  await Promise.all(Array.from({ length: 10 }, async () => (await follow()).next()))
  expect(looks).toBe(before)
})

test('a change while every connection to the database was lost is not missed', async () => {
  const { follow } = await open()
  const viewer = await follow()
  await viewer.next()
  await world.ownerSql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and usename like '%_login'`
  await expect.poll(() => give(1).catch(() => 'again'), { interval: 20 }).not.toBe('again')
  const { position } = await world.campaign()
  expect(await viewer.until(Number(position))).toMatchObject({ position: Number(position) })
})

test('an idle stream carries heartbeats, and the browser is told when to come back', async () => {
  const { position } = await world.campaign()
  const { follow } = await open({ heartbeatMs: 5 })
  const viewer = await follow(position)
  await expect.poll(() => viewer.text()).toMatch(/^retry: 3000\n\n:\n\n/)
})

test('a viewer who does not read is dropped', async () => {
  const { hub, follow } = await open({ heartbeatMs: 5 })
  const viewer = await follow(undefined, { isReading: false })
  // As on a connection that takes nothing any more.
  Object.defineProperty(viewer.outgoing(), 'writableLength', { value: 20_000 })
  await expect.poll(() => hub.viewers).toBe(0)
})

test('no more viewers than the limit; who leaves makes room', async () => {
  const { hub, follow } = await open({ maxViewers: 1 })
  const viewer = await follow()
  expect((await follow()).status).toBe(503)
  viewer.leave()
  await expect.poll(() => hub.viewers).toBe(0)
  expect((await follow()).status).toBe(200)
})

test('closing ends every stream and takes no new viewer', async () => {
  const { hub, follow } = await open()
  const viewer = await follow()
  await viewer.next()
  await hub.close()
  await viewer.ended
  expect(hub.viewers).toBe(0)
  expect((await follow()).status).toBe(503)
})

test('a big campaign is told in 1000 bricks', async () => {
  const { id, collective } = await world.addCampaign({ slug: 'a-street', goal: 2500 })
  const { bricks, counts } = await readProgress(world.db.of(collective.id), id)
  expect(counts.goal).toBe(2500)
  expect(bricks).toBe('a1000')
})

interface OpenOptions extends Partial<LiveHubOptions> {
  readonly pauseMs?: number
  readonly onLook?: () => void
  readonly onQuestion?: () => void
}

/** The hub behind a real server of its own. */
async function open({ pauseMs = 5, onLook, onQuestion, ...options }: OpenOptions = {}) {
  const { db, clock, collective } = world
  const kept = openKept({ db, now: clock.now, pauseMs, idleMs: 0 })
  const watch: LiveHubOptions['watch'] = kept.watch
  const follows: LiveHubOptions['watch'] = {
    follow: (subject, onChange) =>
      watch.follow(subject, () => {
        onQuestion?.()
        onChange()
      }),
  }
  const read: LiveHubOptions['read'] = (id, campaign) => {
    onLook?.()
    return readProgress(db.of(id), campaign)
  }
  const hub = openLiveHub({ watch: follows, read, ...options })
  const { id: campaignId } = await world.campaign()
  const outgoings: object[] = []
  const server = createServer(async (incoming, outgoing) => {
    const after = incoming.headers['last-event-id'] as string | undefined
    const following = await hub.follow({
      collectiveId: collective.id,
      campaignId,
      after,
      open: () => outgoing.writeHead(200, { Connection: 'close' }),
    })
    outgoings.push(outgoing)
    if (!following.ok) outgoing.writeHead(503).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    await hub.close()
    kept.close()
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as { port: number }
  const follow = async (after?: string, { isReading = true } = {}) => {
    const headers = after === undefined ? {} : { 'Last-Event-ID': after }
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      get({ port, host: '127.0.0.1', headers, agent: false }, resolve).on('error', reject)
    })
    return viewerOf(answer, isReading, () => outgoings.at(-1)!)
  }
  return { hub, follow }
}

async function give(quantity: number) {
  const placed = await placeOrder(world.services, await world.campaign(), world.wish({ quantity }))
  expect(placed).toMatchObject({ ok: true, status: 'created' })
}

/** The messages of a stream, without greeting and heartbeats. */
function viewerOf(answer: IncomingMessage, isReading: boolean, outgoing: () => object) {
  let text = ''
  let read = 0
  const ended = new Promise<void>((resolve) => answer.once('close', resolve))
  answer.on('error', () => undefined)
  if (isReading) answer.setEncoding('utf8').on('data', (part) => (text += part))
  const messages = () => [...text.matchAll(/^data: (.*)\n\n/gm)].map(([, data = '']) => data)
  const next = async (): Promise<LiveProgress> => {
    await expect.poll(() => messages().length, { interval: 5 }).toBeGreaterThan(read)
    read += 1
    return JSON.parse(messages()[read - 1]!) as LiveProgress
  }
  const until = async (position: number): Promise<LiveProgress> => {
    const message = await next()
    return message.position >= position ? message : until(position)
  }
  const leave = () => answer.destroy()
  return { status: answer.statusCode, next, until, leave, ended, outgoing, text: () => text }
}
