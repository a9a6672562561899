import type { Act } from '../db/act.ts'
import type { Tenant } from '../db/tenant.ts'
import type { SaleRecord } from './sale-claim.ts'

/**
 * Whether a record follows the one before on its phone's chain. A phone whose chain broke is quarantined for good:
 * two phones may speak with its voice, so a person has to look at all that comes from it.
 */
export async function followChain(
  tenant: Tenant,
  record: SaleRecord,
  ambassadorId: string,
  act: Act,
): Promise<'follows' | 'device_unknown' | 'device_revoked' | 'chain_gap'> {
  const device = await tenant
    .selectFrom('device')
    .selectAll()
    .where('device.id', '=', record.id)
    .where('device.ambassador_id', '=', ambassadorId)
    .forUpdate()
    .executeTakeFirst()
  if (!device) return 'device_unknown'
  if (device.revoked_at) return 'device_revoked'
  if (device.quarantined_at) return 'chain_gap'
  if (record.sequence !== device.last_sequence + 1 || previousOf(record) !== device.last_hash) {
    await quarantine(tenant, record.id, act)
    return 'chain_gap'
  }
  await tenant
    .updateTable('device')
    .set({ last_sequence: record.sequence, last_hash: record.payloadHash, last_seen_at: act.now })
    .where('device.id', '=', record.id)
    .execute()
  return 'follows'
}

export async function quarantine(tenant: Tenant, deviceId: string, act: Act): Promise<void> {
  await tenant
    .updateTable('device')
    .set({ quarantined_at: act.now })
    .where('device.id', '=', deviceId)
    .where('device.quarantined_at', 'is', null)
    .execute()
}

/** The hash that the record itself says came before; its shape was checked with its signature. */
function previousOf(record: SaleRecord): unknown {
  return (JSON.parse(record.payload) as { previous?: unknown }).previous
}
