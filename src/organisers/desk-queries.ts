import { sql } from 'kysely'
import type { Tenant } from '../db/tenant.ts'
import type { LocalDay } from '../domain/days.ts'
import type { Lang, LocalizedText } from '../domain/lang.ts'
import type { Currency, Money } from '../domain/money.ts'

/** Rows of one list on the desk; the rest waits until these are dealt with. */
export const MAX_ROWS = 50

/** A word of encouragement that nobody has let through or hidden yet. */
export interface WaitingWord {
  readonly orderId: string
  readonly text: string
  readonly lang: Lang
  /** Null when anonymous. */
  readonly name: string | null
}

/** The oldest first. */
export async function waitingWords(tenant: Tenant): Promise<WaitingWord[]> {
  const rows = await tenant
    .selectFrom('order')
    .select(['order.id', 'order.word', 'order.lang', 'order.name', 'order.anonymous'])
    .where('order.word', 'is not', null)
    .where('order.word_allowed_at', 'is', null)
    .where('order.word_hidden_at', 'is', null)
    .where('order.status', '=', 'paid')
    .orderBy('order.created_at')
    .limit(MAX_ROWS)
    .execute()
  return rows.map(({ id, word, lang, name, anonymous }) => ({
    orderId: id,
    text: word ?? '',
    lang: lang as Lang,
    name: anonymous ? null : name,
  }))
}

/** An order by bank transfer whose money has not been seen. */
export interface ExpectedTransfer {
  readonly orderId: string
  readonly reference: string
  readonly amount: Money
  readonly quantity: number
  /** Also of who is anonymous to others: whoever matches the money needs it. */
  readonly name: string | null
  readonly expiresAt: Date
  /** Its numbers are free again; money that comes late still finds coupons while there are any. */
  readonly isExpired: boolean
}

/** Money may still come for an order that is over: it must find a door at the desk, to give it back. */
const AWAITED = ['reserved', 'expired', 'cancelled'] as const

/** The first to expire first. With `find`, also those that are over, by a part of their reference or name. */
export async function expectedTransfers(tenant: Tenant, find = ''): Promise<ExpectedTransfer[]> {
  const query = transferQuery(tenant)
    .where('order.status', 'in', find === '' ? ['reserved'] : [...AWAITED])
    .orderBy('order.status', 'desc')
    .orderBy('order.expires_at')
    .limit(MAX_ROWS)
  const pattern = `%${find.replace(/[\\%_]/g, '\\$&')}%`
  const reference = `%${find.replace(/[^0-9a-z]/gi, '').toUpperCase()}%`
  const rows = await (find === ''
    ? query
    : query.where((row) =>
        row.or([
          row('order.name', 'ilike', pattern),
          ...(reference === '%%' ? [] : [row('order.reference', 'like', reference)]),
        ]),
      )
  ).execute()
  return rows.map(transferOf)
}

/** One of them, or undefined when it is not waiting for a transfer. */
export async function expectedTransfer(
  tenant: Tenant,
  orderId: string,
): Promise<ExpectedTransfer | undefined> {
  const row = await transferQuery(tenant)
    .where('order.id', '=', orderId)
    .where('order.status', 'in', [...AWAITED])
    .executeTakeFirst()
  return row && transferOf(row)
}

function transferQuery(tenant: Tenant) {
  return tenant
    .selectFrom('order')
    .select([
      'order.id',
      'order.reference',
      'order.amount_minor',
      'order.currency',
      'order.quantity',
      'order.name',
      'order.expires_at',
      'order.status',
    ])
    .where('order.method', '=', 'transfer')
}

type TransferRow = Awaited<ReturnType<ReturnType<typeof transferQuery>['execute']>>[number]

function transferOf(row: TransferRow): ExpectedTransfer {
  return {
    orderId: row.id,
    reference: row.reference ?? '',
    amount: { minor: row.amount_minor, currency: row.currency as Currency },
    quantity: row.quantity,
    name: row.name,
    expiresAt: row.expires_at,
    isExpired: row.status !== 'reserved',
  }
}

/** Card payments of one day that a provider holds for the association. */
export interface AwaitedPayout {
  readonly provider: string
  readonly day: LocalDay
  readonly currency: Currency
  readonly paymentIds: readonly string[]
  readonly totalMinor: bigint
}

/** The oldest day first. */
export async function awaitedPayouts(tenant: Tenant): Promise<AwaitedPayout[]> {
  const rows = await tenant.all(
    sql<{ provider: string; day: string; currency: string; payments: string[]; total: string }>`
      select p.provider, t.day, t.currency, array_agg(p.id::text order by p.id) as payments,
        sum(t.amount_minor)::text as total
      from transfer t
      join payment p on p.collective_id = t.collective_id and p.id = t.payment_id
      where t.collective_id = ${tenant.collectiveId} and t.kind in ('given', 'refund_due') and p.provider <> 'transfer'
        and not exists (select from transfer s where s.collective_id = t.collective_id
          and s.payment_id = t.payment_id and s.kind in ('settled', 'refunded'))
        and not exists (select from transfer m where m.collective_id = t.collective_id and m.reverses_id = t.id)
      group by p.provider, t.day, t.currency order by t.day, p.provider`,
  )
  return rows.map(({ provider, day, currency, payments, total }) => ({
    provider,
    day: day as LocalDay,
    currency: currency as Currency,
    paymentIds: payments,
    totalMinor: BigInt(total),
  }))
}

export interface DueRefund {
  readonly id: string
  readonly amount: Money
  readonly provider: string
  readonly reference: string | null
  /** Also of who is anonymous to others: whoever gives the money back needs it. */
  readonly name: string | null
  readonly reason: string
  readonly since: Date
}

/** The oldest first. */
export async function dueRefunds(tenant: Tenant): Promise<DueRefund[]> {
  const rows = await tenant
    .selectFrom('refund')
    .innerJoin('payment', (join) =>
      join
        .onRef('payment.collective_id', '=', 'refund.collective_id')
        .onRef('payment.id', '=', 'refund.payment_id'),
    )
    .innerJoin('order', (join) =>
      join
        .onRef('order.collective_id', '=', 'payment.collective_id')
        .onRef('order.id', '=', 'payment.order_id'),
    )
    .select(['refund.id', 'refund.amount_minor', 'refund.currency', 'refund.reason', 'refund.created_at'])
    .select(['payment.provider', 'order.reference', 'order.name'])
    .where('refund.done_at', 'is', null)
    .orderBy('refund.created_at')
    .limit(MAX_ROWS)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    amount: { minor: row.amount_minor, currency: row.currency as Currency },
    provider: row.provider,
    reference: row.reference,
    name: row.name,
    reason: row.reason,
    since: row.created_at,
  }))
}

export interface DeskAmbassador {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly phone: string | null
  readonly email: string | null
  /** Coupons that their people gave, in all campaigns. */
  readonly given: number
}

/** Those who wait for an answer, the oldest first. */
export async function proposedAmbassadors(tenant: Tenant): Promise<DeskAmbassador[]> {
  const rows = await ambassadorQuery(tenant)
    .where('ambassador.accepted_at', 'is', null)
    .orderBy('ambassador.proposed_at')
    .limit(MAX_ROWS)
    .execute()
  return rows.map((row) => ({ ...row, given: 0 }))
}

/** Those who offer coupons, by name. */
export async function acceptedAmbassadors(tenant: Tenant): Promise<DeskAmbassador[]> {
  const rows = await ambassadorQuery(tenant)
    .where('ambassador.accepted_at', 'is not', null)
    .orderBy('ambassador.name')
    .execute()
  const tallies = await tenant
    .selectFrom('ambassador_tally')
    .select(['ambassador_tally.ambassador_id', 'ambassador_tally.given'])
    .execute()
  const given = new Map<string, number>()
  for (const { ambassador_id, given: count } of tallies) {
    given.set(ambassador_id, (given.get(ambassador_id) ?? 0) + count)
  }
  return rows.map((row) => ({ ...row, given: given.get(row.id) ?? 0 }))
}

function ambassadorQuery(tenant: Tenant) {
  return tenant
    .selectFrom('ambassador')
    .select(['ambassador.id', 'ambassador.slug', 'ambassador.name', 'ambassador.phone', 'ambassador.email'])
    .where('ambassador.ended_at', 'is', null)
}

/** The title of every campaign, by the campaign's id. */
export async function dreamTitles(tenant: Tenant): Promise<Map<string, LocalizedText>> {
  const rows = await tenant
    .selectFrom('dream')
    .select(['dream.campaign_id', 'dream.lang', 'dream.title'])
    .execute()
  const titles = new Map<string, LocalizedText>()
  for (const { campaign_id, lang, title } of rows) {
    titles.set(campaign_id, { ...titles.get(campaign_id), [lang]: title })
  }
  return titles
}
