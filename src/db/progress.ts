import { sql } from 'kysely'
import { type BrickRun, type BrickState, encodeRuns } from '../domain/coupon.ts'
import { HOUSE } from '../domain/house.ts'
import type { Counts } from '../domain/layers.ts'
import type { Tenant } from './tenant.ts'

/** Counters, bricks and position of one campaign, all of the same instant. */
export interface Progress {
  readonly position: string
  readonly counts: Counts
  /** For `decodeBricks`: one brick a coupon, above 1000 coupons 1000 bricks that stand for all. */
  readonly bricks: string
}

/** Reads the progress in one statement, so that the drawing and the numbers never disagree. */
export async function readProgress(tenant: Tenant, campaignId: string): Promise<Progress> {
  const row = await tenant.one(
    sql<Counts & { position: string; runs: [BrickRun['state'], number][] }>`
      with shown as (
        -- The coupon in the middle of those that a brick stands for, as in housePaths.
        select b.brick, ${brickState} as state
        from campaign c
        cross join lateral generate_series(0, least(c.goal, ${HOUSE.maxBricks}::int) - 1) as b(brick)
        -- Each by its key, which the limit holds the planner to: as long as it knows nothing of a campaign that was
        -- just scheduled, it would rather read every coupon.
        cross join lateral (
          select state, banked_on from coupon where collective_id = c.collective_id and campaign_id = c.id
            and number = ((2 * b.brick + 1)::bigint * c.goal) / (2 * least(c.goal, ${HOUSE.maxBricks}::int)) + 1
          limit 1
        ) as coupon
        where c.collective_id = ${tenant.collectiveId} and c.id = ${campaignId}
      ), islands as (
        select brick, state, brick - row_number() over (partition by state order by brick) as island from shown
      ), runs as (
        select state, count(*) as count, min(brick) as first from islands group by state, island
      )
      select c.position::text as position, c.goal, c.available, c.allotted, c.reserved, c.sold, c.void, c.banked,
        c.in_hand as "inHand",
        coalesce((select jsonb_agg(jsonb_build_array(state, count) order by first) from runs), '[]') as runs
      from campaign c where c.collective_id = ${tenant.collectiveId} and c.id = ${campaignId}`,
  )
  const { position, runs, ...counts } = row
  return { position, counts, bricks: encodeRuns(runs.map(([state, count]) => ({ state, count }))) }
}

/** What the public sees of the state of a row of `coupon`. */
export const brickState = sql<BrickState>`case
  when coupon.state = 'sold' and coupon.banked_on is not null then 'banked'
  when coupon.state = 'sold' then 'given'
  when coupon.state = 'reserved' then 'promised'
  when coupon.state = 'void' then 'void'
  else 'available' end`
