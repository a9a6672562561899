import { type Act, record } from '../db/act.ts'
import type { Tenant } from '../db/tenant.ts'
import { MAX_MINOR } from '../domain/money.ts'
import { lockInCustody } from './campaign-in-custody.ts'
import { salesInHand } from './cash.ts'
import { decide, type RemittanceDecided } from './decide-remittance.ts'
import { findRemittance, type Remittance, type RemittanceWay } from './remittance-facts.ts'

export { confirmRemittance } from './confirm-remittance.ts'
export type { RemittanceDecided } from './decide-remittance.ts'
export { openRemittances, type Remittance, type RemittanceWay, remittancesOf } from './remittance-facts.ts'

export interface RemittanceWish {
  readonly id: string
  readonly campaignId: string
  readonly ambassadorId: string
  /** The sales whose cash it brings. */
  readonly saleIds: readonly string[]
  readonly amountMinor: bigint
  readonly way: RemittanceWay
  readonly note: string | null
  /** A small clean picture of the bank's slip. */
  readonly slip?: Uint8Array
  readonly as: 'ambassador' | 'treasurer'
  readonly personId: string
}

export type RemittanceDeclared =
  | { readonly ok: true; readonly status: 'declared' | 'exists'; readonly remittance: Remittance }
  | {
      readonly ok: false
      readonly status:
        | 'campaign_unknown'
        | 'no_sales'
        | 'sale_not_in_hand'
        | 'sale_in_another_remittance'
        | 'amount_invalid'
        | 'exists_with_different_content'
    }

/** Says that cash changes hands. Nothing moves in the books before the other side confirms. */
export function declareRemittance(
  tenant: Tenant,
  wish: RemittanceWish,
  act: Act,
): Promise<RemittanceDeclared> {
  return tenant.transaction(async (inside) => {
    const campaign = await lockInCustody(inside, wish.campaignId, act.now)
    const known = await findRemittance(inside, wish.id)
    if (known)
      return isSame(known, wish)
        ? { ok: true, status: 'exists', remittance: known }
        : refuse('exists_with_different_content')
    if (!campaign) return refuse('campaign_unknown')
    if (wish.amountMinor < 1n || wish.amountMinor > MAX_MINOR) return refuse('amount_invalid')
    const saleIds = [...new Set(wish.saleIds)]
    if (saleIds.length === 0) return refuse('no_sales')
    const inHand = new Map((await salesInHand(inside, wish)).map((sale) => [sale.saleId, sale]))
    const sales = saleIds.map((id) => inHand.get(id))
    if (sales.some((sale) => sale === undefined)) return refuse('sale_not_in_hand')
    if (sales.some((sale) => sale?.remittanceId)) return refuse('sale_in_another_remittance')
    await write(inside, { ...wish, saleIds }, campaign.currency, act)
    const remittance = await findRemittance(inside, wish.id)
    if (!remittance) throw new Error('the remittance was just written')
    return { ok: true, status: 'declared', remittance }
  })
}

/** Says that what was counted is another amount; nothing moves. It can still be confirmed or withdrawn. */
export function disputeRemittance(
  tenant: Tenant,
  wish: {
    readonly id: string
    readonly countedMinor: bigint
    readonly reason: string
    readonly personId: string
  },
  act: Act,
): Promise<RemittanceDecided> {
  return decide(tenant, wish.id, act, async (inside, remittance) => {
    if (remittance.status !== 'declared') return 'already_decided'
    if (remittance.declaredBy === wish.personId) return 'same_person'
    if (wish.countedMinor < 0n || wish.countedMinor > MAX_MINOR) return 'amount_invalid'
    if (wish.reason.trim() === '') return 'reason_missing'
    await setDecision(inside, wish.id, {
      status: 'disputed',
      decided_by: wish.personId,
      decided_at: act.now,
      counted_minor: wish.countedMinor,
      reason: wish.reason,
    })
    return undefined
  })
}

/** Whoever declared a remittance takes it back; its sales are in hand again. */
export function withdrawRemittance(
  tenant: Tenant,
  wish: { readonly id: string; readonly personId: string },
  act: Act,
): Promise<RemittanceDecided> {
  return decide(tenant, wish.id, act, async (inside, remittance) => {
    if (remittance.status !== 'declared' && remittance.status !== 'disputed') return 'already_decided'
    if (remittance.declaredBy !== wish.personId) return 'not_declarer'
    await setDecision(inside, wish.id, {
      status: 'withdrawn',
      decided_by: wish.personId,
      decided_at: act.now,
      counted_minor: null,
    })
    await inside
      .updateTable('remittance_sale')
      .set({ is_open: false })
      .where('remittance_sale.remittance_id', '=', wish.id)
      .execute()
    return undefined
  })
}

interface Decision {
  status: 'disputed' | 'withdrawn'
  decided_by: string
  decided_at: Date
  counted_minor: bigint | null
  reason?: string
}

async function setDecision(tenant: Tenant, id: string, decision: Decision): Promise<void> {
  await tenant.updateTable('remittance').set(decision).where('remittance.id', '=', id).execute()
}

function refuse<Status>(status: Status): { ok: false; status: Status } {
  return { ok: false, status }
}

function isSame(known: Remittance, wish: RemittanceWish): boolean {
  return (
    known.campaignId === wish.campaignId &&
    known.ambassadorId === wish.ambassadorId &&
    known.amountMinor === wish.amountMinor &&
    known.way === wish.way &&
    known.note === wish.note &&
    known.declaredAs === wish.as &&
    known.declaredBy === wish.personId &&
    known.saleIds.join() === [...new Set(wish.saleIds)].sort().join()
  )
}

async function write(tenant: Tenant, wish: RemittanceWish, currency: string, act: Act): Promise<void> {
  await tenant
    .insertInto('remittance', {
      id: wish.id,
      campaign_id: wish.campaignId,
      ambassador_id: wish.ambassadorId,
      amount_minor: wish.amountMinor,
      currency,
      way: wish.way,
      note: wish.note,
      declared_as: wish.as,
      declared_by: wish.personId,
      declared_at: act.now,
      status: 'declared',
    })
    .execute()
  const rows = wish.saleIds.map((sale_id) => ({ remittance_id: wish.id, sale_id }))
  await tenant.insertInto('remittance_sale', rows).execute()
  if (wish.slip) {
    await tenant.insertInto('remittance_slip', { remittance_id: wish.id, image: wish.slip }).execute()
  }
  await record(tenant, { kind: 'remittance_declared', campaignId: wish.campaignId }, act)
}
