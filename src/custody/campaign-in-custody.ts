import { sql } from 'kysely'
import { lockCampaignRow } from '../db/lock-campaign.ts'
import type { Tenant } from '../db/tenant.ts'
import { type CampaignStatus, campaignStatus } from '../domain/campaign.ts'
import { type LocalDay, localDay } from '../domain/days.ts'

/** A campaign and what its collective says of cash, as numbers and cash change hands. */
export interface CampaignInCustody {
  readonly id: string
  readonly priceMinor: bigint
  readonly currency: string
  readonly status: CampaignStatus
  /** By the organisers, not by the calendar. */
  readonly closedAt: Date | null
  readonly available: number
  readonly collectiveNumber: number
  /** The most cash an ambassador may hold and still give more online. */
  readonly cashLimitMinor: bigint
  readonly today: LocalDay
}

/** When a collective has set no limit: the cash of ten coupons. */
const DEFAULT_LIMIT_COUPONS = 10n

/** The campaign, locked until the transaction ends, or undefined. */
export async function lockInCustody(
  tenant: Tenant,
  campaignId: string,
  now: Date,
): Promise<CampaignInCustody | undefined> {
  await lockCampaignRow(tenant, campaignId)
  return readInCustody(tenant, campaignId, now)
}

export async function readInCustody(
  tenant: Tenant,
  campaignId: string,
  now: Date,
): Promise<CampaignInCustody | undefined> {
  const row = await tenant
    .selectFrom('campaign')
    .selectAll()
    .where('campaign.id', '=', campaignId)
    .executeTakeFirst()
  if (!row) return undefined
  const of = await readCollective(tenant)
  const facts = {
    scheduledAt: row.scheduled_at,
    closedAt: row.closed_at,
    deliveredAt: row.delivered_at,
    firstDay: row.first_day as LocalDay,
    lastDay: row.last_day as LocalDay,
    goal: row.goal,
    sold: row.sold,
  }
  return {
    id: row.id,
    priceMinor: row.price_minor,
    currency: row.currency,
    status: campaignStatus(facts, now, of.time_zone),
    closedAt: row.closed_at,
    available: row.available,
    collectiveNumber: of.number,
    cashLimitMinor: cashLimit(of, row.price_minor),
    today: localDay(now, of.time_zone),
  }
}

interface CollectiveRow {
  number: number
  time_zone: string
  cash_limit_minor: bigint | null
}

export function readCollective(tenant: Tenant): Promise<CollectiveRow> {
  return tenant.one(
    sql<CollectiveRow>`
      select number, time_zone, cash_limit_minor from collective where id = ${tenant.collectiveId}`,
  )
}

/** The most cash that an ambassador may hold and still give more online, in minor units. */
export function cashLimit(collective: Pick<CollectiveRow, 'cash_limit_minor'>, priceMinor: bigint): bigint {
  return collective.cash_limit_minor ?? priceMinor * DEFAULT_LIMIT_COUPONS
}
