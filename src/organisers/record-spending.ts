import type { Collective } from '../db/directory.ts'
import type { Tenant } from '../db/tenant.ts'
import { type LocalDay, localDay } from '../domain/days.ts'
import { newId } from '../domain/id.ts'
import type { LocalizedText } from '../domain/lang.ts'
import { balances } from '../ledger/balances.ts'
import { post } from '../ledger/post.ts'
import { type Act, record } from './act.ts'
import { lockCampaign } from './locked-campaign.ts'

export const MAX_PURPOSE_CHARACTERS = 160

/** Money of a campaign that went into the home. `amountMinor` is in minor units of its currency. */
export interface NewSpending {
  /** Made by whoever asks; the same id again records nothing more. */
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
        | 'not_scheduled'
        | 'amount_invalid'
        | 'day_in_future'
        | 'more_than_banked'
    }

/** Writes one transfer from the bank to the home and what it was for. Never more than the bank holds. */
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
    if (await isThere(inside, spendingId)) return { ok: true, status: 'exists', spendingId }
    if (campaign.status === 'draft') return { ok: false, status: 'not_scheduled' }
    if (wish.amountMinor < 1n) return { ok: false, status: 'amount_invalid' }
    if (wish.spentOn > localDay(act.now, collective.timeZone)) return { ok: false, status: 'day_in_future' }
    if (wish.amountMinor > (await bankedMinor(inside, wish.campaignId))) {
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

/** What the association's bank account holds of a campaign, in minor units. */
export async function bankedMinor(tenant: Tenant, campaignId: string): Promise<bigint> {
  const bank = (await balances(tenant, campaignId)).find(({ kind }) => kind === 'bank')
  return bank ? bank.debitsMinor - bank.creditsMinor : 0n
}

async function isThere(tenant: Tenant, spendingId: string): Promise<boolean> {
  const found = await tenant
    .selectFrom('spending')
    .select('spending.id')
    .where('spending.id', '=', spendingId)
    .executeTakeFirst()
  return found !== undefined
}
