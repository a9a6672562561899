import type { Act } from '../db/act.ts'
import type { Tenant } from '../db/tenant.ts'
import type { LocalDay } from '../domain/days.ts'
import { post } from '../ledger/post.ts'
import type { CampaignInCustody } from './campaign-in-custody.ts'
import { cashBalance, type SaleInHand, salesInHand } from './cash.ts'

/**
 * Moves cash of an ambassador to the bank and banks the coupons of every sale that all that was handed over covers:
 * first those named, then the others, each oldest first. What covers none stays for the oldest. The caller holds
 * the campaign's lock and knows that there is so much cash.
 */
export async function bankCovered(
  tenant: Tenant,
  campaign: CampaignInCustody,
  from: { readonly ambassadorId: string; readonly movedMinor: bigint; readonly saleIds: ReadonlySet<string> },
  act: Act,
): Promise<void> {
  const of = { campaignId: campaign.id, ambassadorId: from.ambassadorId }
  const sales = await salesInHand(tenant, of)
  let handedOver = due(sales) - (await cashBalance(tenant, of)) + from.movedMinor
  let unmoved = from.movedMinor
  const move = async (amountMinor: bigint, orderId: string | null) => {
    if (amountMinor === 0n) return
    await post(tenant, {
      campaign: { campaignId: campaign.id, currency: campaign.currency },
      debit: { kind: 'bank' },
      credit: { kind: 'cash', holder: from.ambassadorId },
      amountMinor,
      kind: 'settled',
      orderId,
      day: campaign.today,
      postedAt: act.now,
      postedBy: act.actor,
    })
    unmoved -= amountMinor
  }
  const isNamed = ({ saleId }: SaleInHand) => from.saleIds.has(saleId)
  for (const inOrder of [sales.filter(isNamed), sales.filter((sale) => !isNamed(sale))]) {
    for (const sale of inOrder) {
      if (sale.amountMinor > handedOver) break
      handedOver -= sale.amountMinor
      await move(sale.amountMinor < unmoved ? sale.amountMinor : unmoved, sale.orderId)
      await markBanked(tenant, sale, campaign.today)
    }
  }
  await move(unmoved, null)
}

export function due(sales: readonly SaleInHand[]): bigint {
  return sales.reduce((sum, sale) => sum + sale.amountMinor, 0n)
}

async function markBanked(tenant: Tenant, sale: SaleInHand, today: LocalDay): Promise<void> {
  await tenant.updateTable('sale').set({ banked_on: today }).where('sale.id', '=', sale.saleId).execute()
  if (sale.orderId === null) return
  await tenant
    .updateTable('coupon')
    .set({ banked_on: today })
    .where('coupon.order_id', '=', sale.orderId)
    .where('coupon.state', '=', 'sold')
    .execute()
}
