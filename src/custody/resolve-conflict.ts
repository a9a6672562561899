import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { type Act, record } from '../db/act.ts'
import type { Tenant } from '../db/tenant.ts'
import type { LocalDay } from '../domain/days.ts'
import type { AccountName } from '../ledger/accounts.ts'
import { balances } from '../ledger/balances.ts'
import { post } from '../ledger/post.ts'
import { reverse } from '../ledger/reverse.ts'
import { bankCovered } from './bank-covered.ts'
import { type CampaignInCustody, lockInCustody } from './campaign-in-custody.ts'
import { cashBalance } from './cash.ts'
import { giveForCash, type Random } from './give-for-cash.ts'
import type { SaleContributor } from './sale-claim.ts'
import { judgeNumbers } from './sale-numbers.ts'

/**
 * `numbers_given`: other numbers, the lowest free. `accepted`: its own numbers, which are still unsold.
 * `given_back`: the cash goes back to the contributor. `refused`: there was no such sale; only when it is not posted.
 */
export type Resolution = 'numbers_given' | 'given_back' | 'accepted' | 'refused'

export type ConflictResolved =
  | {
      readonly ok: true
      readonly status: 'resolved' | 'already_resolved'
      readonly orderId: string | null
    }
  | { readonly ok: false; readonly status: ResolveRefusal }
  | { readonly ok: false; readonly status: 'only_n_left'; readonly remaining: number }

type ResolveRefusal =
  | 'sale_unknown'
  | 'not_a_conflict'
  | 'resolved_otherwise'
  | 'resolution_invalid'
  | 'numbers_not_free'
  /** The cash is banked, and the bank holds too little to give it back. */
  | 'bank_too_low'

/** Decides of a sale that could not be stored as it came; a second decision changes nothing. */
export function resolveConflict(
  tenant: Tenant,
  wish: { readonly saleId: string; readonly resolution: Resolution },
  act: Act,
  random: Random = randomBytes,
): Promise<ConflictResolved> {
  return tenant.transaction(async (inside) => {
    const seen = await findSale(inside, wish.saleId)
    if (!seen) return refuse('sale_unknown')
    const campaign = await lockInCustody(inside, seen.campaign_id, act.now)
    const sale = await findSale(inside, wish.saleId)
    if (!campaign || !sale) throw new Error('a sale belongs to a campaign for ever')
    if (sale.outcome === 'stored') return refuse('not_a_conflict')
    if (sale.resolution !== null) {
      return sale.resolution === wish.resolution
        ? { ok: true, status: 'already_resolved', orderId: sale.order_id }
        : refuse('resolved_otherwise')
    }
    const decided = await decide(inside, campaign, sale, wish.resolution, act, random)
    if ('ok' in decided) return decided
    await markResolved(inside, sale, wish.resolution, decided.orderId, act)
    // What was handed over may cover another sale now that this one counts, or no longer does.
    await bankCovered(
      inside,
      campaign,
      { ambassadorId: sale.ambassador_id, movedMinor: 0n, saleIds: new Set() },
      act,
    )
    const data = { resolution: wish.resolution }
    await record(inside, { kind: 'sale_resolved', campaignId: campaign.id, data }, act)
    return { ok: true, status: 'resolved', orderId: decided.orderId }
  })
}

type Sale = NonNullable<Awaited<ReturnType<typeof findSale>>>
type Refused = Extract<ConflictResolved, { ok: false }>

function findSale(tenant: Tenant, id: string) {
  return tenant.selectFrom('sale').selectAll().where('sale.id', '=', id).executeTakeFirst()
}

function refuse(status: ResolveRefusal): Refused {
  return { ok: false, status }
}

async function decide(
  tenant: Tenant,
  campaign: CampaignInCustody,
  sale: Sale,
  resolution: Resolution,
  act: Act,
  random: Random,
): Promise<{ orderId: string | null } | Refused> {
  if (resolution === 'refused') return sale.is_posted ? refuse('resolution_invalid') : { orderId: null }
  if (resolution === 'given_back') {
    if (!sale.is_posted) return refuse('resolution_invalid')
    return (await giveBack(tenant, campaign, sale, act)) ? { orderId: null } : refuse('bank_too_low')
  }
  const refused = await whyNotGiven(tenant, campaign, sale, resolution)
  if (refused) return refused
  if (sale.is_posted && sale.banked_on === null) await undoSuspense(tenant, campaign, sale, act)
  const order = await giveForCash(
    tenant,
    campaign,
    {
      saleId: sale.id,
      ambassadorId: sale.ambassador_id,
      quantity: sale.numbers.length,
      contributor: sale.contributor as unknown as SaleContributor,
      numbers: resolution === 'accepted' ? sale.numbers : null,
      bankedOn: sale.banked_on as LocalDay | null,
    },
    act,
    random,
  )
  return { orderId: order.orderId }
}

async function whyNotGiven(
  tenant: Tenant,
  campaign: CampaignInCustody,
  sale: Sale,
  resolution: 'accepted' | 'numbers_given',
): Promise<Refused | undefined> {
  if (resolution === 'accepted') {
    const claim = { campaignId: campaign.id, ambassadorId: sale.ambassador_id, blockId: sale.block_id }
    const judged = await judgeNumbers(tenant, { ...claim, numbers: sale.numbers })
    return judged === 'stored' ? undefined : refuse('numbers_not_free')
  }
  if (campaign.available >= sale.numbers.length) return undefined
  return { ok: false, status: 'only_n_left', remaining: campaign.available }
}

/** False when the association's account holds too little of what was handed over already. */
async function giveBack(tenant: Tenant, campaign: CampaignInCustody, sale: Sale, act: Act): Promise<boolean> {
  const inHand = sale.banked_on
    ? 0n
    : await cashBalance(tenant, { campaignId: campaign.id, ambassadorId: sale.ambassador_id })
  if (inHand >= sale.amount_minor) {
    await undoSuspense(tenant, campaign, sale, act)
    return true
  }
  // The ambassador has handed over some of it: that part comes from the bank.
  const all = await balances(tenant, campaign.id)
  const bank = all.find(({ kind }) => kind === 'bank')
  const fromBank = sale.amount_minor - inHand
  if (!bank || bank.debitsMinor - bank.creditsMinor < fromBank) return false
  await fromSuspense(tenant, campaign, { kind: 'bank' }, fromBank, act)
  await fromSuspense(tenant, campaign, { kind: 'cash', holder: sale.ambassador_id }, inHand, act)
  return true
}

async function fromSuspense(
  tenant: Tenant,
  campaign: CampaignInCustody,
  credit: AccountName,
  amountMinor: bigint,
  act: Act,
): Promise<void> {
  if (amountMinor === 0n) return
  await post(tenant, {
    campaign: { campaignId: campaign.id, currency: campaign.currency },
    debit: { kind: 'suspense' },
    credit,
    amountMinor,
    kind: 'suspense',
    day: campaign.today,
    postedAt: act.now,
    postedBy: act.actor,
  })
}

/**
 * Corrects the transfer that put the sale's cash into suspense. One of the same amount and moment between the same
 * accounts is as good as another.
 */
async function undoSuspense(
  tenant: Tenant,
  campaign: CampaignInCustody,
  sale: Sale,
  act: Act,
): Promise<void> {
  const { id } = await tenant.one(sql<{ id: string }>`
    select t.id from account a
      join transfer t on t.collective_id = a.collective_id and t.debit_account_id = a.id
      join account c on c.collective_id = t.collective_id and c.id = t.credit_account_id and c.kind = 'suspense'
    where a.collective_id = ${tenant.collectiveId} and a.campaign_id = ${campaign.id} and a.kind = 'cash'
      and a.holder = ${sale.ambassador_id} and t.kind = 'suspense' and t.amount_minor = ${sale.amount_minor}
      and t.posted_at = ${sale.received_at} and not exists (
        select from transfer m where m.collective_id = t.collective_id and m.reverses_id = t.id)
    limit 1`)
  const done = await reverse(tenant, id, { day: campaign.today, postedAt: act.now, postedBy: act.actor })
  if (!done.ok) throw new Error(`the transfer was looked at under the lock: ${done.status}`)
}

async function markResolved(
  tenant: Tenant,
  sale: Sale,
  resolution: Resolution,
  orderId: string | null,
  act: Act,
): Promise<void> {
  await tenant
    .updateTable('sale')
    .set({
      order_id: orderId,
      contributor: null,
      is_posted: sale.is_posted || orderId !== null,
      resolved_at: act.now,
      resolved_by: act.actor,
      resolution,
    })
    .where('sale.id', '=', sale.id)
    .execute()
}
