import { afterAll, beforeAll, expect, test } from 'vitest'
import { violations } from '../../test/support/giving.ts'
import { type RunningApp, startRunningApp } from '../../test/support/running-app.ts'
import { createWorld, type World } from '../../test/support/world.ts'
import { campaignDay, campaignStatus } from '../domain/campaign.ts'
import { replay } from './replay.ts'

const AMBASSADORS = [
  { slug: 'amina', name: 'Amina' },
  { slug: 'youssef', name: 'Youssef' },
  { slug: 'khadija', name: 'Khadija' },
]

let world: World
let app: RunningApp

beforeAll(async () => {
  world = await createWorld()
  app = await startRunningApp(world)
})

afterAll(async () => {
  await app?.close()
  await world?.drop()
})

function replayed(signal: AbortSignal, seconds: number) {
  const said: string[] = []
  const output = { write: (text: string) => said.push(text) }
  const outcome = replay({
    db: world.db,
    publicUrl: app.origin,
    collective: 'casa',
    ambassadors: AMBASSADORS,
    seconds,
    signal,
    now: world.clock.now(),
    seed: 7,
    output,
  })
  return { said, outcome }
}

test('sells out a fresh campaign over HTTP on day 10 of 21, through all three, and everything adds up', async () => {
  const { said, outcome } = replayed(new AbortController().signal, 2)
  expect(await outcome).toBe('sold_out')
  const { facts, counts, priceMinor } = await world.campaign('founding-replay')
  expect(counts).toMatchObject({ goal: 1000, available: 0, reserved: 0, sold: 1000 })
  expect(priceMinor).toBe(25_000n)
  expect(campaignStatus(facts, world.clock.now(), 'Africa/Casablanca')).toBe('funded')
  expect(campaignDay(facts, world.clock.now(), 'Africa/Casablanca')).toMatchObject({ day: 10, days: 21 })
  expect(await violations(world)).toEqual([])
  expect(said[0]).toBe(`Watch it fill up: ${app.origin}/fr/casa/founding-replay\n`)
  expect(said.find((line) => line.includes('1000 of 1000'))).toMatch(
    /day 10 · Amina \d+ · Youssef \d+ · Khadija \d+/,
  )
  expect(said).toContain('Sold out: 1000 of 1000 coupons on day 10 of 21.\n')
  expect(said.at(-1)).toMatch(/no violation\n$/)
  expect((await fetch(`${app.origin}/ar/casa/founding-replay`)).status).toBe(200)
}, 60_000)

test('another replay is another campaign; when told to stop, it finishes what is under way', async () => {
  const stop = new AbortController()
  const { said, outcome } = replayed(stop.signal, 3600)
  await expect.poll(() => said.length).toBeGreaterThan(0)
  stop.abort()
  expect(await outcome).toBe('stopped')
  expect(said[0]).toContain('/fr/casa/founding-replay-2\n')
  expect(said.at(-1)).toMatch(/^The replay stopped at \d+ of 1000 coupons\.\n$/)
  expect((await world.campaign('founding-replay-2')).counts.reserved).toBe(0)
})
