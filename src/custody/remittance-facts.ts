import { sql } from 'kysely'
import type { Tenant } from '../db/tenant.ts'

export type RemittanceWay = 'hand' | 'deposit' | 'transfer'
export type RemittanceStatus = 'declared' | 'disputed' | 'confirmed' | 'withdrawn'

export interface Remittance {
  readonly id: string
  readonly campaignId: string
  readonly ambassadorId: string
  readonly amountMinor: bigint
  readonly currency: string
  readonly way: RemittanceWay
  readonly note: string | null
  readonly declaredAs: 'ambassador' | 'treasurer'
  readonly declaredBy: string
  readonly declaredAt: Date
  readonly status: RemittanceStatus
  readonly decidedAt: Date | null
  readonly countedMinor: bigint | null
  readonly reason: string | null
  readonly saleIds: readonly string[]
  readonly hasSlip: boolean
  readonly lines: readonly {
    readonly kind: 'short' | 'surplus'
    readonly amountMinor: bigint
    readonly reason: string
  }[]
}

/** What one ambassador handed over, newest first. */
export function remittancesOf(tenant: Tenant, ambassadorId: string): Promise<Remittance[]> {
  return readRemittances(
    tenant,
    sql`r.ambassador_id = ${ambassadorId} order by r.declared_at desc, r.id desc`,
  )
}

/** What waits for a treasurer, declared or disputed, oldest first. */
export function openRemittances(tenant: Tenant): Promise<Remittance[]> {
  return readRemittances(tenant, sql`r.status in ('declared', 'disputed') order by r.declared_at, r.id`)
}

export async function findRemittance(tenant: Tenant, id: string): Promise<Remittance | undefined> {
  const [found] = await readRemittances(tenant, sql`r.id = ${id}`)
  return found
}

interface RemittanceRow extends Omit<Remittance, 'lines'> {
  readonly lines: readonly { kind: 'short' | 'surplus'; amountMinor: string; reason: string }[]
}

async function readRemittances(tenant: Tenant, which: ReturnType<typeof sql>): Promise<Remittance[]> {
  const rows = await tenant.all(sql<RemittanceRow>`
    select r.id, r.campaign_id as "campaignId", r.ambassador_id as "ambassadorId", r.amount_minor as "amountMinor",
      r.currency, r.way, r.note, r.declared_as as "declaredAs", r.declared_by as "declaredBy",
      r.declared_at as "declaredAt", r.status, r.decided_at as "decidedAt", r.counted_minor as "countedMinor", r.reason,
      array(select s.sale_id from remittance_sale s
        where s.collective_id = r.collective_id and s.remittance_id = r.id order by s.sale_id) as "saleIds",
      exists (select from remittance_slip p
        where p.collective_id = r.collective_id and p.remittance_id = r.id) as "hasSlip",
      coalesce((select jsonb_agg(jsonb_build_object('kind', l.kind, 'amountMinor', l.amount_minor::text,
          'reason', l.reason) order by l.id) from remittance_line l
        where l.collective_id = r.collective_id and l.remittance_id = r.id), '[]') as lines
    from remittance r where r.collective_id = ${tenant.collectiveId} and ${which}`)
  return rows.map((row) => ({
    ...row,
    lines: row.lines.map((line) => ({ ...line, amountMinor: BigInt(line.amountMinor) })),
  }))
}
