import { createHash, randomBytes } from 'node:crypto'
import { type Act, record } from '../db/act.ts'
import type { Tenant } from '../db/tenant.ts'
import { MAX_QUANTITY } from '../domain/coupon.ts'
import { newId } from '../domain/id.ts'
import { post } from '../ledger/post.ts'
import { isActive } from './allot-block.ts'
import { type CampaignInCustody, lockInCustody } from './campaign-in-custody.ts'
import { cashBalance } from './cash.ts'
import { followChain, quarantine } from './device-chain.ts'
import { giveForCash, numbersOf, type Random } from './give-for-cash.ts'
import type { SaleAnswer, SaleClaim, SaleConflict, SaleOrder, SaleRefusal } from './sale-claim.ts'
import { chooseNumbers, judgeNumbers } from './sale-numbers.ts'

export type { SaleAnswer, SaleClaim, SaleContributor } from './sale-claim.ts'

/** Kept apart from the books until a person has looked: nobody knows whether the phone was still its owner's. */
const QUARANTINED: readonly SaleConflict[] = ['device_revoked', 'chain_gap', 'exists_with_different_content']

/**
 * Keeps what an ambassador says was given for cash, in one transaction: its order, coupons, money and event; or, as
 * a named conflict, the sale alone with its cash in suspense. The same claim again gets the same answer.
 */
export function recordSale(
  tenant: Tenant,
  claim: SaleClaim,
  act: Act,
  random: Random = randomBytes,
): Promise<SaleAnswer> {
  return tenant.transaction(async (inside) => {
    const campaign = await lockInCustody(inside, claim.campaignId, act.now)
    const hash = claim.device?.payloadHash ?? contentHash(claim)
    const known = await findSale(inside, claim.id, hash)
    if (known?.isSame) return answerAgain(inside, known)
    // At a form somebody sees the refusal; what a phone says is kept.
    if (known && !claim.device) return refuse('exists_with_different_content')
    if (!campaign) return refuse('campaign_unknown')
    const refused = await whyNot(inside, campaign, claim)
    if (refused) return refused
    const chosen = claim.device ? claim : await chooseNumbers(inside, campaign, claim)
    if ('ok' in chosen) return chosen
    const outcome = await judge(inside, campaign, chosen, known !== undefined, act)
    if (outcome === 'device_unknown') return refuse('device_unknown')
    if (outcome !== 'stored') {
      await keepConflict(inside, campaign, { claim: chosen, hash, outcome, repeats: known }, act)
      return { ok: true, status: outcome, orderId: null, key: null }
    }
    const giving = { ...chosen, saleId: claim.id, bankedOn: null }
    const order = await giveForCash(inside, campaign, giving, act, random)
    await writeSale(inside, campaign, { claim: chosen, hash, outcome, order }, act)
    return { ok: true, status: 'stored', ...order }
  })
}

/** What a sale without a signed record says, but for who took the coupons and when the form was sent again. */
function contentHash({
  id,
  campaignId,
  ambassadorId,
  blockId,
  numbers,
  quantity,
  amountMinor,
}: SaleClaim): string {
  const content = JSON.stringify([id, campaignId, ambassadorId, blockId, numbers, quantity, `${amountMinor}`])
  return createHash('sha256').update(content).digest('base64url')
}

interface KnownSale {
  readonly id: string
  readonly outcome: 'stored' | SaleConflict
  readonly orderId: string | null
  readonly isSame: boolean
}

/** The very same record when it came before, else another one with the same id. */
async function findSale(tenant: Tenant, id: string, hash: string): Promise<KnownSale | undefined> {
  const rows = await tenant
    .selectFrom('sale')
    .select(['sale.id', 'sale.outcome', 'sale.order_id', 'sale.payload_hash'])
    .where((sale) => sale.or([sale('sale.id', '=', id), sale('sale.payload_hash', '=', hash)]))
    .execute()
  const row = rows.find(({ payload_hash }) => payload_hash === hash) ?? rows[0]
  return row && { id: row.id, outcome: row.outcome, orderId: row.order_id, isSame: row.payload_hash === hash }
}

async function answerAgain(tenant: Tenant, known: KnownSale): Promise<SaleAnswer> {
  if (known.orderId !== null) {
    const { key } = await tenant
      .selectFrom('order')
      .select('order.key')
      .where('order.id', '=', known.orderId)
      .executeTakeFirstOrThrow()
    const numbers = await numbersOf(tenant, known.orderId)
    return { ok: true, status: 'already_stored', orderId: known.orderId, key, numbers }
  }
  if (known.outcome === 'stored') throw new Error('a stored sale has an order')
  return { ok: true, status: known.outcome, orderId: null, key: null }
}

async function whyNot(
  tenant: Tenant,
  campaign: CampaignInCustody,
  claim: SaleClaim,
): Promise<Extract<SaleAnswer, { ok: false }> | undefined> {
  const ambassador = await tenant
    .selectFrom('ambassador')
    .select([
      'ambassador.accepted_at',
      'ambassador.paused_at',
      'ambassador.thanked_at',
      'ambassador.ended_at',
    ])
    .where('ambassador.id', '=', claim.ambassadorId)
    .executeTakeFirst()
  if (!ambassador) return refuse('ambassador_unknown')
  if (!isShaped(claim)) return refuse('numbers_invalid')
  // The price never changes once it is announced: a phone cannot have known another.
  if (claim.amountMinor !== campaign.priceMinor * BigInt(claim.quantity)) return refuse('amount_invalid')
  if (claim.device) return undefined
  if (!isActive(ambassador)) return refuse('ambassador_not_active')
  const inHandMinor = await cashBalance(tenant, claim)
  const limitMinor = campaign.cashLimitMinor
  if (inHandMinor + claim.amountMinor <= limitMinor) return undefined
  return { ok: false, status: 'cash_limit', limitMinor, inHandMinor }
}

function isShaped({ numbers, quantity, device }: SaleClaim): boolean {
  if (!Number.isSafeInteger(quantity) || quantity < 1 || quantity > MAX_QUANTITY) return false
  if (numbers === null) return device === undefined
  return (
    numbers.length === quantity && new Set(numbers).size === quantity && numbers.every(Number.isSafeInteger)
  )
}

async function judge(
  tenant: Tenant,
  campaign: CampaignInCustody,
  claim: SaleClaim,
  isOtherContent: boolean,
  act: Act,
): Promise<'stored' | 'device_unknown' | SaleConflict> {
  const chain = claim.device ? await followChain(tenant, claim.device, claim.ambassadorId, act) : 'follows'
  if (chain === 'device_unknown') return chain
  if (isOtherContent) {
    if (claim.device) await quarantine(tenant, claim.device.id, act)
    return 'exists_with_different_content'
  }
  if (chain !== 'follows') return chain
  // After the last day, until the organisers close: what was given in time is still on its way here.
  if (campaign.closedAt !== null) return 'campaign_closed'
  return claim.numbers === null ? 'stored' : judgeNumbers(tenant, { ...claim, numbers: claim.numbers })
}

interface ToKeep {
  readonly claim: SaleClaim
  readonly hash: string
  readonly outcome: 'stored' | SaleConflict
  readonly order?: SaleOrder
  readonly repeats?: KnownSale | undefined
}

async function keepConflict(
  tenant: Tenant,
  campaign: CampaignInCustody,
  kept: ToKeep,
  act: Act,
): Promise<void> {
  const { claim, outcome } = kept
  await writeSale(tenant, campaign, kept, act)
  if (isPosted(outcome)) {
    await post(tenant, {
      campaign: { campaignId: campaign.id, currency: campaign.currency },
      debit: { kind: 'cash', holder: claim.ambassadorId },
      credit: { kind: 'suspense' },
      amountMinor: claim.amountMinor,
      kind: 'suspense',
      day: campaign.today,
      postedAt: act.now,
      postedBy: act.actor,
    })
  }
  await record(tenant, { kind: 'sale_in_conflict', campaignId: campaign.id, data: { outcome } }, act)
}

function isPosted(outcome: 'stored' | SaleConflict): boolean {
  return outcome === 'stored' || !QUARANTINED.includes(outcome)
}

async function writeSale(tenant: Tenant, campaign: CampaignInCustody, kept: ToKeep, act: Act): Promise<void> {
  const { claim, hash, outcome, order, repeats } = kept
  const numbers = order?.numbers ?? claim.numbers
  if (!numbers) throw new Error('a conflict is about numbers')
  await tenant
    .insertInto('sale', {
      id: repeats ? newId() : claim.id,
      campaign_id: campaign.id,
      ambassador_id: claim.ambassadorId,
      block_id: await blockOf(tenant, claim),
      device_id: claim.device?.id ?? null,
      sequence: claim.device?.sequence ?? null,
      numbers: [...numbers],
      amount_minor: claim.amountMinor,
      currency: campaign.currency,
      given_at: claim.givenAt,
      received_at: act.now,
      payload: claim.device?.payload ?? null,
      payload_hash: hash,
      signature: claim.device?.signature ?? null,
      outcome,
      repeats_id: repeats?.id ?? null,
      order_id: order?.orderId ?? null,
      contributor: order ? null : JSON.stringify(claim.contributor),
      is_posted: isPosted(outcome),
    })
    .execute()
}

/** A phone may name a block that is not of this campaign; the sale is kept without it. */
async function blockOf(tenant: Tenant, { blockId, campaignId }: SaleClaim): Promise<string | null> {
  if (blockId === null) return null
  const block = await tenant
    .selectFrom('block')
    .select('block.id')
    .where('block.id', '=', blockId)
    .where('block.campaign_id', '=', campaignId)
    .executeTakeFirst()
  return block?.id ?? null
}

function refuse(status: SaleRefusal): Extract<SaleAnswer, { ok: false }> {
  return { ok: false, status }
}
