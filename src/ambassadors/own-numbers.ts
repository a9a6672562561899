import { sql } from 'kysely'
import type { Tenant } from '../db/tenant.ts'
import type { LocalizedText } from '../domain/lang.ts'

/** What came of one ambassador's offering in one campaign. */
export interface OwnNumbers {
  /** Numbers of the coupons given through them. */
  readonly bricks: readonly number[]
  /** Contributions, each of somebody. */
  readonly people: number
  readonly unthanked: number
  readonly goal: number | null
  readonly words: LocalizedText
}

export async function ownNumbers(
  tenant: Tenant,
  campaignId: string,
  ambassadorId: string,
): Promise<OwnNumbers> {
  return tenant.one(sql<OwnNumbers>`
    with own as (
      select id from "order" where collective_id = ${tenant.collectiveId} and ambassador_id = ${ambassadorId}
        and campaign_id = ${campaignId} and status = 'paid'
    ), told as (
      select goal, words from pledge where collective_id = ${tenant.collectiveId}
        and campaign_id = ${campaignId} and ambassador_id = ${ambassadorId}
    )
    select
      array(
        select c.number from own join coupon c on c.collective_id = ${tenant.collectiveId} and c.order_id = own.id
        where c.state = 'sold' order by c.number
      ) as bricks,
      (select count(*)::int from own) as people,
      (select count(*)::int from own where not exists (
        select from thanks t where t.collective_id = ${tenant.collectiveId} and t.order_id = own.id
      )) as unthanked,
      (select goal from told) as goal,
      coalesce((select words from told), '{}') as words`)
}
