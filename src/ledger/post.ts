import type { Tenant } from '../db/tenant.ts'
import { newId } from '../domain/id.ts'
import { type AccountName, accountId, type CampaignMoney } from './accounts.ts'

export type TransferKind =
  | 'given'
  | 'settled'
  | 'fee'
  | 'refund_due'
  | 'refunded'
  | 'spent'
  | 'overflow'
  | 'suspense'

/** One movement: `debit` receives, `credit` gives; the amount is in minor units of the campaign's currency. */
export interface Posting {
  readonly campaign: CampaignMoney
  readonly debit: AccountName
  readonly credit: AccountName
  readonly amountMinor: bigint
  readonly kind: TransferKind
  readonly orderId?: string | null
  readonly paymentId?: string | null
  /** The local day it belongs to, in the collective's zone. */
  readonly day: string
  readonly postedAt: Date
  readonly postedBy: string
}

/** Writes one immutable transfer and returns its id. The database refuses whatever does not balance. */
export async function post(tenant: Tenant, posting: Posting): Promise<string> {
  const id = newId()
  await tenant
    .insertInto('transfer', {
      id,
      campaign_id: posting.campaign.campaignId,
      debit_account_id: await accountId(tenant, posting.campaign, posting.debit),
      credit_account_id: await accountId(tenant, posting.campaign, posting.credit),
      amount_minor: posting.amountMinor,
      currency: posting.campaign.currency,
      kind: posting.kind,
      order_id: posting.orderId ?? null,
      payment_id: posting.paymentId ?? null,
      reverses_id: null,
      day: posting.day,
      posted_at: posting.postedAt,
      posted_by: posting.postedBy,
    })
    .execute()
  return id
}
