import { type Act, record } from '../db/act.ts'
import { lockCampaignRow } from '../db/lock-campaign.ts'
import type { Tenant } from '../db/tenant.ts'
import { findRemittance, type Remittance } from './remittance-facts.ts'

export type RemittanceDecided =
  | { readonly ok: true; readonly remittance: Remittance }
  | {
      readonly ok: false
      readonly status:
        | 'remittance_unknown'
        | 'already_decided'
        /** One person on both sides. */
        | 'same_person'
        | 'reason_missing'
        | 'amount_invalid'
        | 'not_declarer'
    }

type Refusal = Extract<RemittanceDecided, { ok: false }>['status']

/** Locks the campaign first, then decides of the remittance as it now is, with one event. */
export async function decide(
  tenant: Tenant,
  id: string,
  act: Act,
  work: (tenant: Tenant, remittance: Remittance) => Promise<Refusal | undefined>,
): Promise<RemittanceDecided> {
  return tenant.transaction(async (inside) => {
    const seen = await findRemittance(inside, id)
    if (!seen) return { ok: false, status: 'remittance_unknown' }
    await lockCampaignRow(inside, seen.campaignId)
    // As it is under the lock: somebody may have decided meanwhile.
    const remittance = (await findRemittance(inside, id)) ?? seen
    const refused = await work(inside, remittance)
    if (refused) return { ok: false, status: refused }
    const decided = (await findRemittance(inside, id)) ?? remittance
    await record(inside, { kind: `remittance_${decided.status}`, campaignId: decided.campaignId }, act)
    return { ok: true, remittance: decided }
  })
}
