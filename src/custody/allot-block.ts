import { sql } from 'kysely'
import { type Act, record } from '../db/act.ts'
import type { Tenant } from '../db/tenant.ts'
import { type Block, type BlockKind, findBlock, requireBlock, writeStep } from './block-facts.ts'
import { type CampaignInCustody, lockInCustody } from './campaign-in-custody.ts'

export const BOOKLET_SIZES = [10, 20, 25] as const
export const MAX_PHONE_NUMBERS = 20

export interface BlockWish {
  readonly id: string
  readonly campaignId: string
  readonly ambassadorId: string
  readonly kind: BlockKind
  /** Coupons. */
  readonly size: number
  /** The phone that takes it; for phone blocks only. */
  readonly deviceId?: string
}

export type BlockAllotted =
  | { readonly ok: true; readonly status: 'created' | 'exists'; readonly block: Block }
  | {
      readonly ok: false
      readonly status:
        | 'exists_with_different_content'
        | 'campaign_unknown'
        | 'campaign_not_open'
        | 'ambassador_unknown'
        | 'ambassador_not_active'
        | 'size_invalid'
        | 'device_unknown'
        | 'device_revoked'
        | 'block_open'
        | 'no_run_free'
    }

/**
 * Puts the highest free run of numbers into the hands of an ambassador: whoever gives online takes the lowest. A
 * phone's block is accepted at once; a booklet once its holder says that it came.
 */
export function allotBlock(tenant: Tenant, wish: BlockWish, act: Act): Promise<BlockAllotted> {
  return tenant.transaction(async (inside) => {
    const campaign = await lockInCustody(inside, wish.campaignId, act.now)
    const known = await findBlock(inside, wish.id)
    if (known) {
      return isSame(known, wish)
        ? { ok: true, status: 'exists', block: known }
        : { ok: false, status: 'exists_with_different_content' }
    }
    if (!campaign) return { ok: false, status: 'campaign_unknown' }
    const refused = await whyNot(inside, campaign, wish)
    if (refused) return { ok: false, status: refused }
    const last = await endOfRun(inside, wish, act.now)
    if (last === undefined) return { ok: false, status: 'no_run_free' }
    await write(inside, wish, last, act)
    return { ok: true, status: 'created', block: await requireBlock(inside, wish.id) }
  })
}

function isSame(block: Block, wish: BlockWish): boolean {
  return (
    block.campaignId === wish.campaignId &&
    block.ambassadorId === wish.ambassadorId &&
    block.kind === wish.kind &&
    block.deviceId === (wish.deviceId ?? null) &&
    block.last - block.first + 1 === wish.size
  )
}

type AllotRefusal = Extract<BlockAllotted, { ok: false }>['status']

async function whyNot(
  tenant: Tenant,
  campaign: CampaignInCustody,
  wish: BlockWish,
): Promise<AllotRefusal | undefined> {
  // Booklets are printed before the first day, so a scheduled campaign will do.
  if (!['scheduled', 'live', 'funded'].includes(campaign.status)) return 'campaign_not_open'
  const ambassador = await tenant
    .selectFrom('ambassador')
    .select([
      'ambassador.accepted_at',
      'ambassador.paused_at',
      'ambassador.thanked_at',
      'ambassador.ended_at',
    ])
    .where('ambassador.id', '=', wish.ambassadorId)
    .executeTakeFirst()
  if (!ambassador) return 'ambassador_unknown'
  if (!isActive(ambassador)) return 'ambassador_not_active'
  if (!isSize(wish)) return 'size_invalid'
  return wish.kind === 'phone' ? whyNotPhone(tenant, wish) : undefined
}

export function isActive(ambassador: {
  accepted_at: Date | null
  paused_at: Date | null
  thanked_at: Date | null
  ended_at: Date | null
}): boolean {
  const { accepted_at, paused_at, thanked_at, ended_at } = ambassador
  return accepted_at !== null && paused_at === null && thanked_at === null && ended_at === null
}

function isSize({ kind, size, deviceId }: BlockWish): boolean {
  if (kind === 'booklet') return deviceId === undefined && BOOKLET_SIZES.some((allowed) => allowed === size)
  return Number.isSafeInteger(size) && size >= 1 && size <= MAX_PHONE_NUMBERS
}

async function whyNotPhone(tenant: Tenant, wish: BlockWish): Promise<AllotRefusal | undefined> {
  const device = wish.deviceId && (await readDevice(tenant, wish.deviceId, wish.ambassadorId))
  if (!device) return 'device_unknown'
  if (device.revoked_at || device.quarantined_at) return 'device_revoked'
  const open = await tenant
    .selectFrom('block')
    .select('block.id')
    .where('block.device_id', '=', device.id)
    .where('block.status', 'in', ['allotted', 'accepted'])
    .executeTakeFirst()
  return open && 'block_open'
}

function readDevice(tenant: Tenant, deviceId: string, ambassadorId: string) {
  return tenant
    .selectFrom('device')
    .select(['device.id', 'device.revoked_at', 'device.quarantined_at'])
    .where('device.id', '=', deviceId)
    .where('device.ambassador_id', '=', ambassadorId)
    .executeTakeFirst()
}

/** The last number of the highest free run that is long enough, or undefined. */
async function endOfRun(tenant: Tenant, wish: BlockWish, now: Date): Promise<number | undefined> {
  // What is over frees its numbers first, whether or not the clock has come by.
  await tenant.one(sql`select expire_reservations(${tenant.collectiveId}, ${wish.campaignId}, ${now})`)
  // From the top: reading ends at the first run that is long enough, however many coupons are free below it.
  const [run] = await tenant.all(sql<{ last: number }>`
    select last from (
      select number as last, lead(number, ${wish.size}::integer - 1) over (order by number desc) as first from coupon
      where collective_id = ${tenant.collectiveId} and campaign_id = ${wish.campaignId} and state = 'available'
    ) free
    where first = last - ${wish.size}::integer + 1 order by last desc limit 1`)
  return run?.last
}

async function write(tenant: Tenant, wish: BlockWish, last: number, act: Act): Promise<void> {
  const first = last - wish.size + 1
  const isPhone = wish.kind === 'phone'
  await tenant
    .insertInto('block', {
      id: wish.id,
      campaign_id: wish.campaignId,
      ambassador_id: wish.ambassadorId,
      kind: wish.kind,
      device_id: wish.deviceId ?? null,
      first,
      last,
      status: isPhone ? 'accepted' : 'allotted',
      created_at: act.now,
    })
    .execute()
  await tenant
    .updateTable('coupon')
    .set({ state: 'allotted', block_id: wish.id })
    .where('coupon.campaign_id', '=', wish.campaignId)
    .where('coupon.number', '>=', first)
    .where('coupon.number', '<=', last)
    .execute()
  const holder = `ambassador:${wish.ambassadorId}`
  await writeStep(tenant, wish.id, 'allotted', holder, [], act)
  if (isPhone) await writeStep(tenant, wish.id, 'accepted', act.actor, [], { ...act, actor: holder })
  await record(
    tenant,
    { kind: 'block_allotted', campaignId: wish.campaignId, data: { quantity: wish.size } },
    act,
  )
}
