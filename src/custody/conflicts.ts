import { sql } from 'kysely'
import type { Tenant } from '../db/tenant.ts'
import type { SaleConflict, SaleContributor } from './sale-claim.ts'

export { type Resolution, resolveConflict } from './resolve-conflict.ts'

/** A sale that waits for the treasurer's decision. */
export interface Conflict {
  readonly saleId: string
  readonly campaignId: string
  readonly ambassadorId: string
  readonly ambassadorName: string
  readonly outcome: SaleConflict
  readonly numbers: readonly number[]
  readonly amountMinor: bigint
  readonly currency: string
  readonly givenAt: Date
  readonly receivedAt: Date
  /** Whether its cash stands in the books, in suspense. */
  readonly isPosted: boolean
  readonly isBanked: boolean
  readonly contributor: SaleContributor | null
}

/** Every sale that waits for a decision, oldest first. */
export function openConflicts(tenant: Tenant): Promise<Conflict[]> {
  return tenant.all(sql<Conflict>`
    select s.id as "saleId", s.campaign_id as "campaignId", s.ambassador_id as "ambassadorId",
      w.name as "ambassadorName", s.outcome, s.numbers, s.amount_minor as "amountMinor", s.currency,
      s.given_at as "givenAt", s.received_at as "receivedAt", s.is_posted as "isPosted",
      s.banked_on is not null as "isBanked", s.contributor
    from sale s join ambassador w on w.collective_id = s.collective_id and w.id = s.ambassador_id
    where s.collective_id = ${tenant.collectiveId} and s.outcome <> 'stored' and s.resolved_at is null
    order by s.received_at, s.id`)
}
