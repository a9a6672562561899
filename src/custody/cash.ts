import { sql } from 'kysely'
import type { Tenant } from '../db/tenant.ts'
import { type LocalDay, localDay } from '../domain/days.ts'
import { cashLimit, readCollective } from './campaign-in-custody.ts'

/** A sale whose cash is still with the ambassador, or in suspense until the treasurer decides. */
export interface SaleInHand {
  readonly saleId: string
  readonly orderId: string | null
  readonly amountMinor: bigint
  readonly quantity: number
  readonly givenAt: Date
  readonly receivedAt: Date
  readonly isConflict: boolean
  /** The remittance it waits in. */
  readonly remittanceId: string | null
}

export interface CashOf {
  readonly inHandMinor: bigint
  /** What was handed over already for the oldest sale, and does not cover it yet. */
  readonly handedOverMinor: bigint
  /** The local day on which the oldest of it was received by the server; null when there is none. */
  readonly sinceDay: LocalDay | null
  readonly limitMinor: bigint
  readonly currency: string
  /** Oldest first. */
  readonly sales: readonly SaleInHand[]
}

/** What one ambassador holds of one campaign, or undefined when there is no such campaign. */
export async function cashOf(
  tenant: Tenant,
  of: { readonly campaignId: string; readonly ambassadorId: string },
): Promise<CashOf | undefined> {
  const campaign = await tenant
    .selectFrom('campaign')
    .select(['campaign.price_minor', 'campaign.currency'])
    .where('campaign.id', '=', of.campaignId)
    .executeTakeFirst()
  if (!campaign) return undefined
  const collective = await readCollective(tenant)
  const sales = await salesInHand(tenant, of)
  const inHandMinor = await cashBalance(tenant, of)
  const due = sales.reduce((sum, sale) => sum + sale.amountMinor, 0n)
  return {
    inHandMinor,
    handedOverMinor: due - inHandMinor,
    sinceDay: sales[0] ? localDay(sales[0].receivedAt, collective.time_zone) : null,
    limitMinor: cashLimit(collective, campaign.price_minor),
    currency: campaign.currency,
    sales,
  }
}

/** Debits less credits of the ambassador's cash account, in minor units. */
export async function cashBalance(
  tenant: Tenant,
  of: { readonly campaignId: string; readonly ambassadorId: string },
): Promise<bigint> {
  const row = await tenant
    .selectFrom('account')
    .select(['account.debits_minor', 'account.credits_minor'])
    .where('account.campaign_id', '=', of.campaignId)
    .where('account.kind', '=', 'cash')
    .where('account.holder', '=', of.ambassadorId)
    .executeTakeFirst()
  return row ? row.debits_minor - row.credits_minor : 0n
}

/** The sales whose cash is in the books and not banked, oldest first. */
export async function salesInHand(
  tenant: Tenant,
  of: { readonly campaignId: string; readonly ambassadorId: string },
): Promise<SaleInHand[]> {
  const rows = await tenant.all(sql<{
    id: string
    order_id: string | null
    amount_minor: bigint
    numbers: number[]
    given_at: Date
    received_at: Date
    outcome: string
    remittance_id: string | null
  }>`
    select s.id, s.order_id, s.amount_minor, s.numbers, s.given_at, s.received_at, s.outcome, r.remittance_id
    from sale s
      left join remittance_sale r on r.collective_id = s.collective_id and r.sale_id = s.id and r.is_open
    where s.collective_id = ${tenant.collectiveId} and s.campaign_id = ${of.campaignId}
      and s.ambassador_id = ${of.ambassadorId} and s.is_posted and s.banked_on is null
      and (s.resolution is null or s.resolution <> 'given_back')
    order by s.received_at, s.id`)
  return rows.map((row) => ({
    saleId: row.id,
    orderId: row.order_id,
    amountMinor: row.amount_minor,
    quantity: row.numbers.length,
    givenAt: row.given_at,
    receivedAt: row.received_at,
    isConflict: row.outcome !== 'stored' && row.order_id === null,
    remittanceId: row.remittance_id,
  }))
}

export interface CashInHand {
  readonly campaignId: string
  readonly ambassadorId: string
  readonly name: string
  readonly currency: string
  readonly inHandMinor: bigint
  /** The local day on which the oldest of it was received. */
  readonly sinceDay: LocalDay
  readonly sales: number
}

/** Everybody who holds cash, the oldest first: what a treasurer asks for. */
export async function cashInHand(tenant: Tenant): Promise<CashInHand[]> {
  const { time_zone } = await readCollective(tenant)
  const rows = await tenant.all(sql<{
    campaign_id: string
    ambassador_id: string
    name: string
    currency: string
    in_hand: bigint
    since: Date
    sales: number
  }>`
    select s.campaign_id, s.ambassador_id, w.name, a.currency, a.debits_minor - a.credits_minor as in_hand,
      min(s.received_at) as since, count(*)::integer as sales
    from sale s
      join ambassador w on w.collective_id = s.collective_id and w.id = s.ambassador_id
      join account a on a.collective_id = s.collective_id and a.campaign_id = s.campaign_id and a.kind = 'cash'
        and a.holder = s.ambassador_id::text
    where s.collective_id = ${tenant.collectiveId} and s.is_posted and s.banked_on is null
      and (s.resolution is null or s.resolution <> 'given_back')
    group by s.campaign_id, s.ambassador_id, w.name, a.currency, a.debits_minor, a.credits_minor
    order by since, w.name`)
  return rows.map((row) => ({
    campaignId: row.campaign_id,
    ambassadorId: row.ambassador_id,
    name: row.name,
    currency: row.currency,
    inHandMinor: row.in_hand,
    sinceDay: localDay(row.since, time_zone),
    sales: row.sales,
  }))
}
