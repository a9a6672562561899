import { sql } from 'kysely'
import type { Tenant } from '../db/tenant.ts'
import type { CampaignInCustody } from './campaign-in-custody.ts'
import type { SaleAnswer, SaleClaim } from './sale-claim.ts'

type Refused = Extract<SaleAnswer, { ok: false }>

/** Whether the numbers that a sale names are unsold ones of an accepted block of its ambassador. */
export async function judgeNumbers(
  tenant: Tenant,
  claim: Pick<SaleClaim, 'campaignId' | 'ambassadorId' | 'blockId'> & { readonly numbers: readonly number[] },
): Promise<'stored' | 'number_void' | 'number_taken' | 'number_not_in_block'> {
  const rows = await tenant
    .selectFrom('coupon')
    .leftJoin('block', (join) =>
      join
        .onRef('block.collective_id', '=', 'coupon.collective_id')
        .onRef('block.id', '=', 'coupon.block_id'),
    )
    .select(['coupon.state', 'block.id as blockId', 'block.ambassador_id', 'block.status'])
    .where('coupon.campaign_id', '=', claim.campaignId)
    .where('coupon.number', 'in', [...claim.numbers])
    .execute()
  if (rows.some(({ state }) => state === 'void')) return 'number_void'
  if (rows.some(({ state }) => state === 'reserved' || state === 'sold')) return 'number_taken'
  const own = rows.filter(
    (row) =>
      row.state === 'allotted' &&
      row.status === 'accepted' &&
      row.ambassador_id === claim.ambassadorId &&
      (claim.blockId === null || row.blockId === claim.blockId),
  )
  return own.length === claim.numbers.length ? 'stored' : 'number_not_in_block'
}

/** Online, an ambassador may name a block only, or nothing: the lowest unsold numbers of it, or any that are free. */
export async function chooseNumbers(
  tenant: Tenant,
  campaign: CampaignInCustody,
  claim: SaleClaim,
): Promise<SaleClaim | Refused> {
  if (claim.numbers !== null) return campaign.status === 'scheduled' ? notLive : claim
  if (campaign.closedAt !== null || campaign.status === 'draft' || campaign.status === 'scheduled')
    return notLive
  if (claim.blockId !== null) return fromBlock(tenant, claim, claim.blockId)
  if (campaign.status !== 'live') return notLive
  return campaign.available >= claim.quantity ? claim : onlyLeft(campaign.available)
}

const notLive: Refused = { ok: false, status: 'campaign_not_live' }

function onlyLeft(remaining: number): Refused {
  return { ok: false, status: 'only_n_left', remaining }
}

async function fromBlock(tenant: Tenant, claim: SaleClaim, blockId: string): Promise<SaleClaim | Refused> {
  const [block] = await tenant.all(sql<{ unsold: number[] }>`
    select array(select number from coupon where collective_id = b.collective_id and block_id = b.id
      and state = 'allotted' order by number) as unsold
    from block b where b.collective_id = ${tenant.collectiveId} and b.id = ${blockId}
      and b.campaign_id = ${claim.campaignId} and b.ambassador_id = ${claim.ambassadorId} and b.status = 'accepted'`)
  if (!block) return { ok: false, status: 'block_unknown' }
  if (block.unsold.length < claim.quantity) return onlyLeft(block.unsold.length)
  return { ...claim, numbers: block.unsold.slice(0, claim.quantity) }
}
