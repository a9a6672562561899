import type { Act } from '../db/act.ts'
import type { Tenant } from '../db/tenant.ts'
import type { LocalizedText } from '../domain/lang.ts'

export const MAX_GOAL = 1000
export const MAX_WORDS_CHARACTERS = 280

export interface Pledge {
  readonly campaignId: string
  readonly ambassadorId: string
  /** Coupons; null to set none. */
  readonly goal: number | null
  /** What the ambassador says of this dream, in the languages they wish. */
  readonly words: LocalizedText
}

/** Keeps what an ambassador sets out to do and says of a dream; the last word holds. */
export async function keepPledge(tenant: Tenant, pledge: Pledge, act: Act): Promise<void> {
  const told = { goal: pledge.goal, words: JSON.stringify(pledge.words), changed_at: act.now }
  await tenant
    .insertInto('pledge', { campaign_id: pledge.campaignId, ambassador_id: pledge.ambassadorId, ...told })
    .onConflict((conflict) =>
      conflict.columns(['collective_id', 'campaign_id', 'ambassador_id']).doUpdateSet(told),
    )
    .execute()
}
