import type { World } from '../support/world.ts'

/**
 * Rewrites a function of the database without one of its guards, as its owner: for negative controls only.
 * Throws when the guard is not there any more, so that no control tests nothing.
 */
export async function withoutGuard(world: World, name: string, guards: readonly string[]): Promise<void> {
  const [row] = await world.ownerSql<{ text: string }[]>`
    select pg_get_functiondef(oid) as text from pg_proc where proname = ${name}`
  let text = row?.text ?? ''
  for (const guard of guards) {
    if (!text.includes(guard)) throw new Error(`${name} has no guard "${guard}"`)
    text = text.replaceAll(guard, '')
  }
  await world.ownerSql.unsafe(text)
}

export async function withoutTrigger(world: World, table: string, trigger: string): Promise<void> {
  await world.ownerSql.unsafe(`alter table ${table} disable trigger ${trigger}`)
}

/**
 * Lets orders of one campaign be placed side by side: without the lock, and without what would notice it. Two
 * orders may then take one number.
 */
export async function withoutLock(world: World): Promise<void> {
  const queue = 'perform pg_advisory_xact_lock(hashtextextended(p_campaign::text, 0));'
  await withoutGuard(world, 'place_orders', [queue, ' for update'])
  await withoutTrigger(world, 'coupon', 'coupon_keeps_owner')
  await world.ownerSql.unsafe(
    'alter table event drop constraint event_collective_id_campaign_id_position_key',
  )
}
