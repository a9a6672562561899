import { type Act, record } from '../db/act.ts'
import type { Tenant } from '../db/tenant.ts'

/** A phone as its owner names it; `publicKey` is P-256, SPKI in base64url, checked by the caller. */
export interface NewDevice {
  readonly id: string
  readonly ambassadorId: string
  readonly name: string
  readonly publicKey: string
}

export interface Device {
  readonly id: string
  readonly ambassadorId: string
  readonly name: string
  readonly publicKey: string
  readonly revokedAt: Date | null
}

/** Makes a phone known. The same again is `exists`: its answer may have been lost. */
export function registerDevice(
  tenant: Tenant,
  device: NewDevice,
  act: Act,
): Promise<
  { ok: true; status: 'created' | 'exists' } | { ok: false; status: 'exists_with_different_content' }
> {
  return tenant.transaction(async (inside) => {
    const made = await inside
      .insertInto('device', {
        id: device.id,
        ambassador_id: device.ambassadorId,
        name: device.name,
        public_key: device.publicKey,
        created_at: act.now,
        last_seen_at: act.now,
      })
      .onConflict((conflict) => conflict.columns(['collective_id', 'id']).doNothing())
      .returning('id')
      .executeTakeFirst()
    if (made) {
      await record(inside, { kind: 'device_registered', data: { deviceId: device.id } }, act)
      return { ok: true, status: 'created' }
    }
    const known = await findDevice(inside, device.id)
    const isSame = known?.ambassadorId === device.ambassadorId && known.publicKey === device.publicKey
    return isSame ? { ok: true, status: 'exists' } : { ok: false, status: 'exists_with_different_content' }
  })
}

/**
 * Ends a phone that is lost or stolen: what it still sends is kept and waits for the treasurer. Its blocks stay as they
 * are, for nobody knows yet what was given from them.
 */
export function revokeDevice(
  tenant: Tenant,
  { deviceId, ambassadorId }: { readonly deviceId: string; readonly ambassadorId: string },
  act: Act,
): Promise<{ ok: true; status: 'revoked' | 'already_revoked' } | { ok: false; status: 'device_unknown' }> {
  return tenant.transaction(async (inside) => {
    const known = await findDevice(inside, deviceId)
    if (known?.ambassadorId !== ambassadorId) return { ok: false, status: 'device_unknown' }
    const [ended] = await inside
      .updateTable('device')
      .set({ revoked_at: act.now, revoked_by: act.actor })
      .where('device.id', '=', deviceId)
      .where('device.revoked_at', 'is', null)
      .returning('device.id')
      .execute()
    if (!ended) return { ok: true, status: 'already_revoked' }
    await record(inside, { kind: 'device_revoked', data: { deviceId } }, act)
    return { ok: true, status: 'revoked' }
  })
}

/** Also one that is revoked: its voice must be known to be set aside. */
export async function findDevice(tenant: Tenant, id: string): Promise<Device | undefined> {
  return await devices(tenant).where('device.id', '=', id).executeTakeFirst()
}

/** The phones of an ambassador, the oldest first. */
export async function devicesOf(tenant: Tenant, ambassadorId: string): Promise<Device[]> {
  return await devices(tenant).where('device.ambassador_id', '=', ambassadorId).orderBy('device.id').execute()
}

function devices(tenant: Tenant) {
  return tenant
    .selectFrom('device')
    .select([
      'device.id',
      'device.ambassador_id as ambassadorId',
      'device.name',
      'device.public_key as publicKey',
      'device.revoked_at as revokedAt',
    ])
}
