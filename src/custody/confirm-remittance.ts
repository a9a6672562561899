import type { Act } from '../db/act.ts'
import type { Tenant } from '../db/tenant.ts'
import { newId } from '../domain/id.ts'
import { MAX_MINOR } from '../domain/money.ts'
import { post } from '../ledger/post.ts'
import { bankCovered, due } from './bank-covered.ts'
import { type CampaignInCustody, readInCustody } from './campaign-in-custody.ts'
import { cashBalance, salesInHand } from './cash.ts'
import { decide, type RemittanceDecided } from './decide-remittance.ts'
import type { Remittance } from './remittance-facts.ts'

export interface RemittanceCount {
  readonly id: string
  readonly countedMinor: bigint
  /** Why it is another amount than was declared, or than the coupons say. */
  readonly reason?: string
  /** Who counted: never who declared, nor the ambassador. */
  readonly personId: string
}

/**
 * Confirms what was counted: the cash moves to the bank and the coupons that it covers are banked. What is missing
 * or too much is a line with its reason, and what is too much waits in suspense.
 */
export function confirmRemittance(
  tenant: Tenant,
  wish: RemittanceCount,
  act: Act,
): Promise<RemittanceDecided> {
  return decide(tenant, wish.id, act, async (inside, remittance) => {
    if (remittance.status !== 'declared' && remittance.status !== 'disputed') return 'already_decided'
    if (remittance.declaredBy === wish.personId) return 'same_person'
    if (await isOf(inside, remittance.ambassadorId, wish.personId)) return 'same_person'
    if (wish.countedMinor < 0n || wish.countedMinor > MAX_MINOR) return 'amount_invalid'
    const campaign = await readInCustody(inside, remittance.campaignId, act.now)
    if (!campaign) throw new Error('a remittance belongs to a campaign')
    const expected = await expectedOf(inside, remittance)
    const reason = reasonOf(wish, remittance)
    if (!reason && (wish.countedMinor !== expected || wish.countedMinor !== remittance.amountMinor)) {
      return 'reason_missing'
    }
    const moved = wish.countedMinor < expected ? wish.countedMinor : expected
    const saleIds = new Set(remittance.saleIds)
    await bankCovered(inside, campaign, { ...remittance, movedMinor: moved, saleIds }, act)
    await keepSurplus(inside, campaign, wish.countedMinor - moved, act)
    await writeLine(inside, remittance, 'surplus', wish.countedMinor - moved, reason)
    await writeLine(inside, remittance, 'short', expected - moved, reason)
    await markConfirmed(inside, wish, reason, act)
    return undefined
  })
}

async function isOf(tenant: Tenant, ambassadorId: string, personId: string): Promise<boolean> {
  const row = await tenant
    .selectFrom('ambassador')
    .select('ambassador.person_id')
    .where('ambassador.id', '=', ambassadorId)
    .executeTakeFirst()
  return row?.person_id === personId
}

/** What its sales ask for, less what was handed over before and covered none. */
async function expectedOf(tenant: Tenant, remittance: Remittance): Promise<bigint> {
  const sales = await salesInHand(tenant, remittance)
  const handedOver = due(sales) - (await cashBalance(tenant, remittance))
  const expected = due(sales.filter(({ saleId }) => remittance.saleIds.includes(saleId))) - handedOver
  return expected > 0n ? expected : 0n
}

function reasonOf(wish: RemittanceCount, remittance: Remittance): string | null {
  const given = wish.reason?.trim() || remittance.reason
  // Who hands over a part says why on declaring it.
  return given || (wish.countedMinor === remittance.amountMinor ? remittance.note : null) || null
}

async function keepSurplus(
  tenant: Tenant,
  campaign: CampaignInCustody,
  amountMinor: bigint,
  act: Act,
): Promise<void> {
  if (amountMinor === 0n) return
  await post(tenant, {
    campaign: { campaignId: campaign.id, currency: campaign.currency },
    debit: { kind: 'bank' },
    credit: { kind: 'suspense' },
    amountMinor,
    kind: 'suspense',
    day: campaign.today,
    postedAt: act.now,
    postedBy: act.actor,
  })
}

async function writeLine(
  tenant: Tenant,
  remittance: Remittance,
  kind: 'short' | 'surplus',
  amountMinor: bigint,
  reason: string | null,
): Promise<void> {
  if (amountMinor === 0n || reason === null) return
  await tenant
    .insertInto('remittance_line', {
      id: newId(),
      remittance_id: remittance.id,
      kind,
      amount_minor: amountMinor,
      reason,
    })
    .execute()
}

async function markConfirmed(
  tenant: Tenant,
  wish: RemittanceCount,
  reason: string | null,
  act: Act,
): Promise<void> {
  await tenant
    .updateTable('remittance')
    .set({
      status: 'confirmed',
      decided_by: wish.personId,
      decided_at: act.now,
      counted_minor: wish.countedMinor,
      reason,
    })
    .where('remittance.id', '=', wish.id)
    .execute()
  await tenant
    .updateTable('remittance_sale')
    .set({ is_open: false })
    .where('remittance_sale.remittance_id', '=', wish.id)
    .execute()
}
