import { type Act, record } from '../db/act.ts'
import type { Tenant } from '../db/tenant.ts'
import { recordStep } from '../people/ambassador-steps.ts'

export type AmbassadorDecided =
  | { readonly ok: true }
  | { readonly ok: false; readonly status: 'ambassador_unknown' | 'already_accepted' | 'already_declined' }

/** Lets a person who proposed to offer coupons do so: their link works from now on. */
export function acceptAmbassador(tenant: Tenant, ambassadorId: string, act: Act): Promise<AmbassadorDecided> {
  return decide(tenant, ambassadorId, 'accepted', act)
}

/** Says no to a proposal. The name in the address stays taken, so that no link ever changes its owner. */
export function declineAmbassador(
  tenant: Tenant,
  ambassadorId: string,
  act: Act,
): Promise<AmbassadorDecided> {
  return decide(tenant, ambassadorId, 'declined', act)
}

function decide(
  tenant: Tenant,
  ambassadorId: string,
  decision: 'accepted' | 'declined',
  act: Act,
): Promise<AmbassadorDecided> {
  return tenant.transaction(async (inside) => {
    const proposed = await inside
      .selectFrom('ambassador')
      .select(['ambassador.accepted_at', 'ambassador.ended_at'])
      .where('ambassador.id', '=', ambassadorId)
      .forUpdate()
      .executeTakeFirst()
    if (!proposed) return { ok: false, status: 'ambassador_unknown' }
    if (proposed.ended_at) return { ok: false, status: 'already_declined' }
    if (proposed.accepted_at) return { ok: false, status: 'already_accepted' }
    await inside
      .updateTable('ambassador')
      .set(decision === 'accepted' ? { accepted_at: act.now } : { ended_at: act.now })
      .where('ambassador.id', '=', ambassadorId)
      .execute()
    await recordStep(inside, ambassadorId, decision, act)
    await record(inside, { kind: `ambassador_${decision}`, data: { ambassadorId } }, act)
    return { ok: true }
  })
}
