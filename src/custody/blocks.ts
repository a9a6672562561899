import { sql } from 'kysely'
import { type Act, record } from '../db/act.ts'
import { lockCampaignRow } from '../db/lock-campaign.ts'
import type { Tenant } from '../db/tenant.ts'
import { type Block, type BlockStatus, findBlock, requireBlock, writeStep } from './block-facts.ts'

export { allotBlock, type BlockWish } from './allot-block.ts'
export { type Block, blocksOf, blocksOfCampaign } from './block-facts.ts'

export type BlockChanged =
  | { readonly ok: true; readonly status: 'done' | 'exists'; readonly block: Block }
  | {
      readonly ok: false
      readonly status: 'block_unknown' | 'not_open' | 'not_holder' | 'coupons_unsold' | 'cash_in_hand'
    }

/** The holder says that the booklet came. */
export function acceptBlock(
  tenant: Tenant,
  wish: { readonly blockId: string; readonly ambassadorId: string },
  act: Act,
): Promise<BlockChanged> {
  return change(tenant, wish.blockId, async (inside, block) => {
    if (block.ambassadorId !== wish.ambassadorId) return 'not_holder'
    if (block.status === 'accepted') return 'exists'
    if (block.status !== 'allotted') return 'not_open'
    const giver = block.steps.find((step) => step.kind === 'allotted')?.actor ?? act.actor
    await setStatus(inside, block, 'accepted', giver, [], act)
    return 'done'
  })
}

/** The unsold coupons go back and are free for anybody; `withWhom` (`user:ID` or `ambassador:ID`) stands on the other side. */
export function returnBlock(
  tenant: Tenant,
  wish: { readonly blockId: string; readonly withWhom: string },
  act: Act,
): Promise<BlockChanged> {
  return change(tenant, wish.blockId, async (inside, block) => {
    if (block.status === 'returned') return 'exists'
    if (!isOpen(block)) return 'not_open'
    await moveUnsold(inside, block, { state: 'available', block_id: null })
    await setStatus(inside, block, 'returned', wish.withWhom, block.unsold, act)
    return 'done'
  })
}

/** A booklet or a phone is lost: its unsold coupons are void at once, so that nobody can give them. */
export function loseBlock(
  tenant: Tenant,
  wish: { readonly blockId: string; readonly withWhom: string },
  act: Act,
): Promise<BlockChanged> {
  return change(tenant, wish.blockId, async (inside, block) => {
    if (block.status === 'lost') return 'exists'
    if (!isOpen(block)) return 'not_open'
    await moveUnsold(inside, block, { state: 'void' })
    await setStatus(inside, block, 'lost', wish.withWhom, block.unsold, act)
    return 'done'
  })
}

/** Nothing of the block is left to do: no coupon unsold, no cash in hand. */
export function closeBlock(
  tenant: Tenant,
  wish: { readonly blockId: string; readonly withWhom: string },
  act: Act,
): Promise<BlockChanged> {
  return change(tenant, wish.blockId, async (inside, block) => {
    if (block.status === 'closed') return 'exists'
    if (block.status === 'allotted') return 'not_open'
    if (block.unsold.length > 0) return 'coupons_unsold'
    const { in_hand } = await inside.one(sql<{ in_hand: boolean }>`
      select exists (select from coupon where collective_id = ${inside.collectiveId} and block_id = ${block.id}
        and state = 'sold' and cash and banked_on is null) as in_hand`)
    if (in_hand) return 'cash_in_hand'
    await setStatus(inside, block, 'closed', wish.withWhom, [], act)
    return 'done'
  })
}

type ChangeStatus = BlockChanged['status']

/** Locks the campaign first, then reads the block as it now is. */
async function change(
  tenant: Tenant,
  blockId: string,
  work: (tenant: Tenant, block: Block) => Promise<ChangeStatus>,
): Promise<BlockChanged> {
  return tenant.transaction(async (inside) => {
    const seen = await findBlock(inside, blockId)
    if (!seen) return { ok: false, status: 'block_unknown' }
    await lockCampaignRow(inside, seen.campaignId)
    const status = await work(inside, await requireBlock(inside, blockId))
    if (status !== 'done' && status !== 'exists') return { ok: false, status }
    return { ok: true, status, block: await requireBlock(inside, blockId) }
  })
}

function isOpen(block: Block): boolean {
  return block.status === 'allotted' || block.status === 'accepted'
}

async function moveUnsold(
  tenant: Tenant,
  block: Block,
  to: { state: 'available'; block_id: null } | { state: 'void' },
): Promise<void> {
  await tenant
    .updateTable('coupon')
    .set(to)
    .where('coupon.block_id', '=', block.id)
    .where('coupon.state', '=', 'allotted')
    .execute()
}

async function setStatus(
  tenant: Tenant,
  block: Block,
  status: Exclude<BlockStatus, 'allotted'>,
  withWhom: string,
  numbers: readonly number[],
  act: Act,
): Promise<void> {
  await tenant.updateTable('block').set({ status }).where('block.id', '=', block.id).execute()
  await writeStep(tenant, block.id, status, withWhom, numbers, act)
  const data = { quantity: numbers.length }
  await record(tenant, { kind: `block_${status}`, campaignId: block.campaignId, data }, act)
}
