import { sql } from 'kysely'
import type { Act } from '../db/act.ts'
import type { Tenant } from '../db/tenant.ts'
import type { CouponState } from '../domain/coupon.ts'
import { newId } from '../domain/id.ts'

export type BlockKind = 'booklet' | 'phone'
export type BlockStatus = 'allotted' | 'accepted' | 'returned' | 'lost' | 'closed'

export interface BlockStep {
  readonly kind: 'allotted' | 'accepted' | 'printed' | 'returned' | 'lost' | 'closed'
  readonly at: Date
  /** `user:ID` or `ambassador:ID`, on both sides. */
  readonly actor: string
  readonly withWhom: string
  /** The numbers that went back or were lost; empty for the other steps. */
  readonly numbers: readonly number[]
}

/** A block with the numbers of its range that are still unsold, and what became of the others. */
export interface Block {
  readonly id: string
  readonly campaignId: string
  readonly ambassadorId: string
  readonly kind: BlockKind
  readonly deviceId: string | null
  readonly first: number
  readonly last: number
  readonly status: BlockStatus
  readonly createdAt: Date
  /** Its coupons by state. What went back is counted nowhere: it is no longer in the block. */
  readonly counts: Readonly<Partial<Record<CouponState, number>>>
  readonly unsold: readonly number[]
  /** Oldest first. */
  readonly steps: readonly BlockStep[]
}

/** The blocks of one ambassador in every campaign, newest first. */
export function blocksOf(tenant: Tenant, ambassadorId: string): Promise<Block[]> {
  return readBlocks(tenant, sql`b.ambassador_id = ${ambassadorId}`)
}

/** The blocks of one campaign, newest first. */
export function blocksOfCampaign(tenant: Tenant, campaignId: string): Promise<Block[]> {
  return readBlocks(tenant, sql`b.campaign_id = ${campaignId}`)
}

export async function findBlock(tenant: Tenant, blockId: string): Promise<Block | undefined> {
  const [block] = await readBlocks(tenant, sql`b.id = ${blockId}`)
  return block
}

export async function requireBlock(tenant: Tenant, id: string): Promise<Block> {
  const block = await findBlock(tenant, id)
  if (!block) throw new Error('a block is never deleted')
  return block
}

/** One dated step; `withWhom` stands on the other side. */
export async function writeStep(
  tenant: Tenant,
  blockId: string,
  kind: BlockStatus,
  withWhom: string,
  numbers: readonly number[],
  act: Act,
): Promise<void> {
  await tenant
    .insertInto('block_step', {
      id: newId(),
      block_id: blockId,
      kind,
      at: act.now,
      actor: act.actor,
      with_whom: withWhom,
      numbers: [...numbers],
    })
    .execute()
}

type BlockRow = Omit<Block, 'createdAt' | 'steps'> & {
  createdAt: string
  steps: (Omit<BlockStep, 'at'> & { at: string })[]
}

async function readBlocks(tenant: Tenant, which: ReturnType<typeof sql>): Promise<Block[]> {
  const rows = await tenant.all(sql<{ block: BlockRow }>`
    select jsonb_build_object('id', b.id, 'campaignId', b.campaign_id, 'ambassadorId', b.ambassador_id, 'kind', b.kind,
      'deviceId', b.device_id, 'first', b.first, 'last', b.last, 'status', b.status, 'createdAt', b.created_at,
      'counts', coalesce(c.counts, '{}'), 'unsold', coalesce(c.unsold, '[]'), 'steps', coalesce(s.steps, '[]')) as block
    from block b
      left join lateral (
        select jsonb_object_agg(state, n) as counts, jsonb_agg(numbers) filter (where state = 'allotted') -> 0 as unsold
        from (
          select state, count(*) as n, jsonb_agg(number order by number) as numbers from coupon
          where collective_id = b.collective_id and block_id = b.id group by state
        ) by_state
      ) c on true
      left join lateral (
        select jsonb_agg(jsonb_build_object('kind', kind, 'at', at, 'actor', actor, 'withWhom', with_whom,
          'numbers', numbers) order by at, id) as steps
        from block_step where collective_id = b.collective_id and block_id = b.id
      ) s on true
    where b.collective_id = ${tenant.collectiveId} and ${which}
    order by b.created_at desc, b.id desc`)
  return rows.map(({ block }) => ({
    ...block,
    createdAt: new Date(block.createdAt),
    steps: block.steps.map((step) => ({ ...step, at: new Date(step.at) })),
  }))
}
