import { expect } from 'vitest'
import { connect, type Sql } from '../../src/db/connect.ts'
import { openDatabase } from '../../src/db/database.ts'
import { type Collective, findCampaign, findCollective } from '../../src/db/directory.ts'
import { newId } from '../../src/domain/id.ts'
import { checkCollective } from '../../src/ledger/check.ts'
import type { SeededRandom } from '../support/random.ts'
import type { World } from '../support/world.ts'
import { COLLECTIVE } from '../support/world-content.ts'
import { addCampaign, addCollective } from '../support/world-seed.ts'
import type { StormClient, Wanted } from './storm-client.ts'

/** The database of an installation that runs as a process of its own, with one live campaign, seen by its owner. */
export interface Installation extends Pick<World, 'campaign' | 'ownerSql'> {
  /** What `twiza check` finds. */
  violations(): Promise<string[]>
  close(): Promise<void>
}

export const READY = /Twiza is ready: (\S+)/

/** Makes the collective "casa" with its campaign in a migrated database. */
export async function furnishInstallation(ownerUrl: string, goal: number): Promise<Installation> {
  const ownerSql: Sql = connect(ownerUrl, { max: 2 })
  const db = openDatabase(ownerSql)
  const now = new Date()
  const { associationId } = await addCollective(db, now)
  const collective = (await findCollective(db, COLLECTIVE.slug)) as Collective
  await addCampaign(db.of(collective.id), associationId, now, { slug: 'dar-salma', goal })
  return {
    ownerSql,
    async campaign() {
      const found = await findCampaign(db, collective, { slug: 'dar-salma' })
      if (!found) throw new Error('the campaign was just made')
      return found
    },
    async violations() {
      const { violations } = await checkCollective(db.of(collective.id))
      return violations.map(({ sentence }) => sentence)
    },
    close: () => ownerSql.end({ timeout: 1 }),
  }
}

/** Waits until the application answers for the campaign. */
export async function untilOpen(client: StormClient): Promise<void> {
  await expect
    .poll(() => client.look().then(() => client.looks.length), { timeout: 10_000 })
    .toBeGreaterThan(0)
}

export function wishes(count: number, dice: SeededRandom): Wanted[] {
  return Array.from({ length: count }, (_, index) => ({
    wish: `wish ${index}`,
    id: newId(),
    quantity: 1 + dice.below(3),
    method: dice.pick(['card', 'transfer'] as const),
  }))
}

/** Presses "pay" on the sandbox's page of an order until it has been heard. */
export async function pay(client: StormClient, id: string): Promise<void> {
  const page = client.paymentUrls.get(id)
  if (page === undefined) throw new Error(`order ${id} has no page to pay on`)
  for (;;) {
    const { status, text } = await client.post(`${new URL(page).pathname}/outcome`, { outcome: 'paid' })
    // 409: it was heard before, and the answer was lost.
    if (status === 200 || status === 409) return
    if (status !== 0 && status !== 503) throw new Error(`the payment was answered ${status}: ${text}`)
  }
}

/** For each instant of a fault, how long it took from it to the first order taken of those sent afterwards. */
export function recoveries(client: StormClient, faults: readonly number[]): number[] {
  return faults.map((at) => {
    const later = client.attempts.filter(({ sentAt, answer }) => sentAt > at && answer.kind === 'stored')
    return Math.min(...later.map(({ endedAt }) => endedAt)) - at
  })
}
