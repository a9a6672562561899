import { sql } from 'kysely'
import type { Act } from '../db/act.ts'
import type { Tenant } from '../db/tenant.ts'
import type { Lang } from '../domain/lang.ts'

/** Somebody who gave through an ambassador: only what they agreed to show. */
export interface Contributor {
  readonly orderId: string
  /** Null for who stays "a contributor". */
  readonly name: string | null
  readonly lang: Lang
  readonly numbers: readonly number[]
  readonly paidAt: Date
  readonly thankedAt: Date | null
}

const MAX_PEOPLE = 500

/** Who gave through this ambassador in a campaign: who waits for a thank-you first, then the newest. */
export function readContributors(
  tenant: Tenant,
  campaignId: string,
  ambassadorId: string,
): Promise<Contributor[]> {
  return tenant.all(sql<Contributor>`
    select ${columns(tenant)}
    from "order" o
    left join thanks t on t.collective_id = o.collective_id and t.order_id = o.id
    where o.collective_id = ${tenant.collectiveId} and o.ambassador_id = ${ambassadorId}
      and o.campaign_id = ${campaignId} and o.status = 'paid'
    order by t.thanked_at is not null, o.paid_at desc, o.id limit ${MAX_PEOPLE}`)
}

/** The same for one of them, with the campaign; undefined when they did not give through this ambassador. */
export async function findContributor(
  tenant: Tenant,
  orderId: string,
  ambassadorId: string,
): Promise<(Contributor & { readonly campaignId: string }) | undefined> {
  const [found] = await tenant.all(sql<Contributor & { campaignId: string }>`
    select o.campaign_id as "campaignId", ${columns(tenant)}
    from "order" o
    left join thanks t on t.collective_id = o.collective_id and t.order_id = o.id
    where o.collective_id = ${tenant.collectiveId} and o.id = ${orderId}
      and o.ambassador_id = ${ambassadorId} and o.status = 'paid'`)
  return found
}

function columns(tenant: Tenant) {
  return sql`o.id as "orderId", case when o.anonymous then null else o.name end as name, o.lang,
    array(
      select c.number from coupon c where c.collective_id = ${tenant.collectiveId} and c.order_id = o.id
        and c.state = 'sold' order by c.number
    ) as numbers,
    o.paid_at as "paidAt", t.thanked_at as "thankedAt"`
}

/** Notes that somebody was thanked; the first time counts. The caller has seen that they gave through the ambassador. */
export async function keepThanks(
  tenant: Tenant,
  { orderId, ambassadorId }: { readonly orderId: string; readonly ambassadorId: string },
  act: Act,
): Promise<void> {
  await tenant
    .insertInto('thanks', { order_id: orderId, ambassador_id: ambassadorId, thanked_at: act.now })
    .onConflict((conflict) => conflict.columns(['collective_id', 'order_id']).doNothing())
    .execute()
}
