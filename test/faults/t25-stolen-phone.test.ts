import { expect, test } from 'vitest'
import { giveCoupons } from '../../src/browser/app/outbox.ts'
import { openConflicts } from '../../src/custody/conflicts.ts'
import { violations } from '../support/giving.ts'
import { createWorld, type World } from '../support/world.ts'
import { withoutTrigger } from './guards.ts'
import { type Holding, holdPhone, sendAll } from './phones/holding.ts'
import { addVillagers, openVillage, type Village, type Villager } from './phones/village.ts'
import { report } from './report.ts'
import { SEED, scale } from './scale.ts'

const PHONES = scale(10, 100)
const BLOCK = 5

interface Scene {
  readonly world: World
  readonly village: Village
  readonly villagers: readonly Villager[]
}

async function inVillage(count: number, work: (scene: Scene) => Promise<void>): Promise<void> {
  const world = await createWorld({ seed: SEED, goal: count * BLOCK + 20 })
  const village = openVillage(world)
  try {
    await work({ world, village, villagers: await addVillagers(world, count) })
  } finally {
    await village.close()
    await world.drop()
  }
}

async function give(phone: Holding, times: number): Promise<void> {
  for (let count = 0; count < times; count += 1) {
    const given = await giveCoupons(phone.needs, phone.giving)
    if (!given.ok) throw new Error(given.status)
  }
}

/** What nobody may have lost sight of: all that came, and what of it waits for the treasurer. */
async function keptOf({ world }: Scene) {
  const conflicts = await openConflicts(world.db.of(world.collective.id))
  const { counts } = await world.campaign()
  return { conflicts, sold: counts.sold, wrong: await violations(world) }
}

test(`what a stolen phone sends after its end is kept apart and touches no number (SEED=${SEED})`, async () => {
  await inVillage(PHONES, async (scene) => {
    const { village, villagers } = scene
    let honest = 0
    let stolen = 0
    for (const villager of villagers) {
      const phone = await holdPhone(scene.world, village, villager, BLOCK)
      const before = scene.world.dice.below(3)
      await give(phone, before)
      expect(new Set(await sendAll(village, phone))).toEqual(new Set(before > 0 ? ['stored'] : []))
      const path = `/api/v1/app/devices/${phone.phone.device}/revocation`
      expect((await village.as(villager, path, { collectiveId: phone.phone.collective })).status).toBe(200)
      const after = 1 + scene.world.dice.below(BLOCK - before)
      await give(phone, after)
      const answers = await sendAll(village, phone)
      expect(answers.filter((answer) => answer === 'device_revoked')).toHaveLength(after)
      honest += before
      stolen += after
    }
    const { conflicts, sold, wrong } = await keptOf(scene)
    expect(wrong).toEqual([])
    expect(sold).toBe(honest)
    expect(
      conflicts.filter(({ outcome, isPosted }) => outcome === 'device_revoked' && !isPosted),
    ).toHaveLength(stolen)
    report('T25', { phones: PHONES, 'records kept apart': stolen, 'numbers given by a thief': 0 })
  })
}, 600_000)

test(`of two phones with one outbox the second is heard, kept apart, and gives no number twice (SEED=${SEED})`, async () => {
  await inVillage(PHONES, async (scene) => {
    const { village, villagers, world } = scene
    let posted = 0
    for (const villager of villagers) {
      const phone = await holdPhone(world, village, villager, BLOCK)
      await give(phone, 1)
      const copy = phone.copy()
      await give(phone, 1)
      await give(copy, 2)
      const [first, second] = world.dice.shuffled([phone, copy]) as [Holding, Holding]
      const before = await sendAll(village, first)
      expect(new Set(before)).toEqual(new Set(['stored']))
      posted += before.length
      const [shared, ...own] = await sendAll(village, second)
      expect(shared).toBe('already_stored')
      expect(new Set(own)).toEqual(new Set(['chain_gap']))
    }
    const { conflicts, sold, wrong } = await keptOf(scene)
    expect(wrong).toEqual([])
    expect(sold).toBe(posted)
    expect(new Set(conflicts.map(({ outcome }) => outcome))).toEqual(new Set(['chain_gap']))
  })
}, 600_000)

test('a thief who never stops gives at most the block', async () => {
  await inVillage(1, async (scene) => {
    const { village, villagers, world } = scene
    const phone = await holdPhone(world, village, villagers[0]!, BLOCK)
    await give(phone, BLOCK)
    expect(await giveCoupons(phone.needs, phone.giving)).toEqual({ ok: false, status: 'numbers_not_left' })
    phone.pretendMoreNumbers([1, 2, 3])
    await give(phone, 3)
    const answers = await sendAll(village, phone)
    expect(answers.slice(BLOCK)).toEqual([
      'number_not_in_block',
      'number_not_in_block',
      'number_not_in_block',
    ])
    expect((await keptOf(scene)).sold).toBe(BLOCK)
    expect((await keptOf(scene)).wrong).toEqual([])
  })
})

test('without what the database remembers of an ended phone, it would give again', async () => {
  await inVillage(1, async (scene) => {
    const { village, villagers, world } = scene
    const phone = await holdPhone(world, village, villagers[0]!, BLOCK)
    const path = `/api/v1/app/devices/${phone.phone.device}/revocation`
    await village.as(villagers[0]!, path, { collectiveId: phone.phone.collective })
    const forget = () => world.ownerSql`update device set revoked_at = null, revoked_by = null`
    await expect(forget()).rejects.toThrow('device_fixed')
    await withoutTrigger(world, 'device', 'device_moves_forward')
    await forget()
    await give(phone, 1)
    expect(await sendAll(village, phone)).toEqual(['stored'])
  })
})
