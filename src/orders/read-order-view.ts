import type { Campaign, Collective } from '../db/directory.ts'
import { findCampaign } from '../db/directory.ts'
import { readProgress } from '../db/progress.ts'
import type { Tenant } from '../db/tenant.ts'
import { type BrickState, decodeBricks } from '../domain/coupon.ts'
import { type LocalDay, localDay } from '../domain/days.ts'
import type { Lang } from '../domain/lang.ts'
import { type Money, money } from '../domain/money.ts'
import type { OrderFacts } from '../domain/order.ts'
import { dreamTitle, findAmbassador } from './campaign-at.ts'
import { isProposed } from './propose-ambassador.ts'
import type { OrderServices } from './services.ts'

/** Money that the association gives back; `doneOn` is null until it has. */
interface RefundOnPage {
  readonly amount: Money
  readonly reason: string
  readonly doneOn: LocalDay | null
}

/** All that the page of one order shows, in one language. */
export interface OrderView {
  readonly campaign: Campaign
  readonly order: OrderFacts
  readonly dream: string
  /** Through whom the coupons were taken, while that link still stands. */
  readonly ambassador: { readonly slug: string } | undefined
  /** Where a transfer goes. */
  readonly account: { readonly accountNumber: string; readonly bankName: string | null }
  readonly refunds: readonly RefundOnPage[]
  /** As many as the house has bricks. */
  readonly bricks: readonly BrickState[]
  /** Whether the contributor has offered to become an ambassador. */
  readonly proposed: boolean
}

export async function readOrderView(
  services: Pick<OrderServices, 'db' | 'now'>,
  collective: Collective,
  order: OrderFacts,
  lang: Lang,
): Promise<OrderView> {
  const campaign = await findCampaign(services.db, collective, { id: order.campaignId })
  if (!campaign) throw new Error('an order belongs to a campaign')
  const isPaid = order.status === 'paid'
  const [dream, ambassador, account, refunds, bricks, proposed] = await Promise.all([
    dreamTitle(services, campaign, lang),
    order.ambassadorId ? findAmbassador(services, campaign, { id: order.ambassadorId }) : undefined,
    readAccount(services, campaign),
    readRefunds(services, campaign, order),
    isPaid ? readBricks(services.db.of(collective.id), campaign.id) : [],
    isPaid ? isProposed(services.db.of(collective.id), order.id) : false,
  ])
  return { campaign, order, dream, ambassador, account, refunds, bricks, proposed }
}

async function readAccount(services: Pick<OrderServices, 'db'>, campaign: Campaign) {
  const row = await services.db
    .of(campaign.collective.id)
    .selectFrom('association')
    .select(['association.account_number', 'association.bank_name'])
    .where('association.id', '=', campaign.associationId)
    .executeTakeFirstOrThrow()
  return { accountNumber: row.account_number, bankName: row.bank_name }
}

async function readRefunds(
  services: Pick<OrderServices, 'db'>,
  campaign: Campaign,
  order: OrderFacts,
): Promise<RefundOnPage[]> {
  const rows = await services.db
    .of(campaign.collective.id)
    .selectFrom('refund')
    .innerJoin('payment', (join) =>
      join
        .onRef('payment.collective_id', '=', 'refund.collective_id')
        .onRef('payment.id', '=', 'refund.payment_id'),
    )
    .select(['refund.amount_minor', 'refund.reason', 'refund.done_at'])
    .where('payment.order_id', '=', order.id)
    .orderBy('refund.created_at')
    .execute()
  return rows.map((row) => ({
    amount: money(row.amount_minor, campaign.currency),
    reason: row.reason,
    doneOn: row.done_at && localDay(row.done_at, campaign.collective.timeZone),
  }))
}

async function readBricks(tenant: Tenant, campaignId: string): Promise<BrickState[]> {
  const { bricks } = await readProgress(tenant, campaignId)
  return decodeBricks(bricks)
}
