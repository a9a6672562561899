import type { Tenant } from '../db/tenant.ts'
import { newId } from '../domain/id.ts'

export const ACCOUNT_KINDS = [
  'bank',
  'card',
  'cash',
  'fund',
  'overflow',
  'home',
  'fees',
  'refunds_due',
  'suspense',
] as const
export type AccountKind = (typeof ACCOUNT_KINDS)[number]

/** An account by its meaning. `holder` is the provider of a card account or the ambassador of a cash account. */
export interface AccountName {
  readonly kind: AccountKind
  readonly holder?: string
}

export interface CampaignMoney {
  readonly campaignId: string
  readonly currency: string
}

/** The id of an account of a campaign; it is opened when first needed. */
export async function accountId(tenant: Tenant, campaign: CampaignMoney, name: AccountName): Promise<string> {
  const holder = name.holder ?? ''
  const find = () =>
    tenant
      .selectFrom('account')
      .select('account.id')
      .where('account.campaign_id', '=', campaign.campaignId)
      .where('account.kind', '=', name.kind)
      .where('account.holder', '=', holder)
      .executeTakeFirst()
  const found = await find()
  if (found) return found.id
  await tenant
    .insertInto('account', {
      id: newId(),
      campaign_id: campaign.campaignId,
      kind: name.kind,
      holder,
      currency: campaign.currency,
    })
    .onConflict((conflict) =>
      conflict.columns(['collective_id', 'campaign_id', 'kind', 'holder']).doNothing(),
    )
    .execute()
  const opened = await find()
  if (!opened) throw new Error(`account ${name.kind} could not be opened`)
  return opened.id
}
