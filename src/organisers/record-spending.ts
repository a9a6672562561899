import { type Act, record } from '../db/act.ts'
import type { Collective } from '../db/directory.ts'
import type { Tenant } from '../db/tenant.ts'
import { type LocalDay, localDay } from '../domain/days.ts'
import { newId } from '../domain/id.ts'
import { isSameText, type LocalizedText } from '../domain/lang.ts'
import type { AccountKind } from '../ledger/accounts.ts'
import { balances } from '../ledger/balances.ts'
import { post } from '../ledger/post.ts'
import { lockCampaign } from './locked-campaign.ts'

export const MAX_PURPOSE_CHARACTERS = 160

/** Money of a campaign that went into the home. `amountMinor` is in minor units of its currency. */
export interface NewSpending {
  /** Made by whoever asks; the same id again records nothing more, and is refused with other content. */
  readonly id?: string
  readonly campaignId: string
  readonly amountMinor: bigint
  readonly purpose: LocalizedText
  readonly spentOn: LocalDay
}

export type SpendingRecorded =
  | { readonly ok: true; readonly status: 'created' | 'exists'; readonly spendingId: string }
  | {
      readonly ok: false
      readonly status:
        | 'campaign_unknown'
        | 'exists_with_different_content'
        | 'not_scheduled'
        | 'amount_invalid'
        | 'day_in_future'
        | 'more_than_banked'
    }

/**
 * Writes one transfer from the bank to the home and what it was for. Never more than the bank holds once what is
 * due back to contributors is put aside, and never more than was given for the home.
 */
export function recordSpending(
  tenant: Tenant,
  collective: Pick<Collective, 'timeZone'>,
  wish: NewSpending,
  act: Act,
): Promise<SpendingRecorded> {
  return tenant.transaction(async (inside) => {
    const campaign = await lockCampaign(inside, collective, wish.campaignId, act.now)
    if (!campaign) return { ok: false, status: 'campaign_unknown' }
    const spendingId = wish.id ?? newId()
    const known = await findSpending(inside, spendingId)
    if (known) {
      return isSame(known, wish)
        ? { ok: true, status: 'exists', spendingId }
        : { ok: false, status: 'exists_with_different_content' }
    }
    if (campaign.status === 'draft') return { ok: false, status: 'not_scheduled' }
    if (wish.amountMinor < 1n) return { ok: false, status: 'amount_invalid' }
    if (wish.spentOn > localDay(act.now, collective.timeZone)) return { ok: false, status: 'day_in_future' }
    if (wish.amountMinor > (await spendableMinor(inside, wish.campaignId))) {
      return { ok: false, status: 'more_than_banked' }
    }
    const transferId = await post(inside, {
      campaign: { campaignId: wish.campaignId, currency: campaign.currency },
      debit: { kind: 'home' },
      credit: { kind: 'bank' },
      amountMinor: wish.amountMinor,
      kind: 'spent',
      day: wish.spentOn,
      postedAt: act.now,
      postedBy: act.actor,
    })
    await inside
      .insertInto('spending', {
        id: spendingId,
        campaign_id: wish.campaignId,
        transfer_id: transferId,
        purpose: JSON.stringify(wish.purpose),
        spent_on: wish.spentOn,
      })
      .execute()
    await record(
      inside,
      { kind: 'spending_recorded', campaignId: wish.campaignId, data: { spendingId } },
      act,
    )
    return { ok: true, status: 'created', spendingId }
  })
}

/**
 * What may go into the home of a campaign, in minor units: what lies at the bank less all that is still due back,
 * wherever that lies, and what was given less what was spent already; the smaller of the two, never below zero.
 */
export async function spendableMinor(tenant: Tenant, campaignId: string): Promise<bigint> {
  const accounts = await balances(tenant, campaignId)
  const held = (kind: AccountKind) =>
    accounts.reduce((sum, one) => (one.kind === kind ? sum + one.debitsMinor - one.creditsMinor : sum), 0n)
  // What is owed stands on the credit side, so it counts below zero.
  const atBank = held('bank') + held('refunds_due')
  const unspent = -held('fund') - held('home')
  const least = atBank < unspent ? atBank : unspent
  return least > 0n ? least : 0n
}

function findSpending(tenant: Tenant, spendingId: string) {
  return tenant
    .selectFrom('spending')
    .innerJoin('transfer', (join) =>
      join
        .onRef('transfer.collective_id', '=', 'spending.collective_id')
        .onRef('transfer.id', '=', 'spending.transfer_id'),
    )
    .select(['spending.campaign_id', 'spending.purpose', 'spending.spent_on', 'transfer.amount_minor'])
    .where('spending.id', '=', spendingId)
    .executeTakeFirst()
}

function isSame(known: NonNullable<Awaited<ReturnType<typeof findSpending>>>, wish: NewSpending): boolean {
  return (
    known.campaign_id === wish.campaignId &&
    known.amount_minor === wish.amountMinor &&
    known.spent_on === wish.spentOn &&
    isSameText(known.purpose, wish.purpose)
  )
}
