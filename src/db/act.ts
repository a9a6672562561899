import { newId } from '../domain/id.ts'
import type { Tenant } from './tenant.ts'

/** When something is done, and by whom: `user:ID` for a person, never a name. */
export interface Act {
  readonly now: Date
  readonly actor: string
}

/** A fact of a campaign, or of the collective when `campaignId` is absent. No personal data in `data`. */
export interface Fact {
  readonly kind: string
  readonly campaignId?: string
  readonly orderId?: string
  readonly data?: Readonly<Record<string, string | number>>
}

/** Writes the one event row of what was done. The campaign's row is locked until the transaction ends. */
export async function record(tenant: Tenant, fact: Fact, act: Act): Promise<void> {
  await tenant
    .insertInto('event', {
      id: newId(),
      campaign_id: fact.campaignId ?? null,
      kind: fact.kind,
      at: act.now,
      actor: act.actor,
      order_id: fact.orderId ?? null,
      data: JSON.stringify(fact.data ?? {}),
    })
    .execute()
}
