import type { Tenant } from '../db/tenant.ts'
import { canonicalId, isUuid7 } from '../domain/id.ts'
import type { Lang } from '../domain/lang.ts'
import { readContact } from './contact.ts'

/** The wish to be told of the next dream, as sent. */
export interface NextDreamWish {
  readonly id: unknown
  readonly contact: string | null | undefined
  readonly consent: boolean
  readonly lang: Lang
  readonly now: Date
}

export type KeptWish =
  | { readonly ok: true; readonly status: 'created' | 'exists' }
  | { readonly ok: false; readonly status: 'invalid'; readonly errors: { field: string; code: string }[] }

/** Keeps how to reach somebody when the next dream begins; the same id again is the same wish. */
export async function keepWish(tenant: Tenant, campaignId: string, wish: NextDreamWish): Promise<KeptWish> {
  const contact = readContact(wish.contact)
  const errors: { field: string; code: string }[] = []
  if (!isUuid7(wish.id)) errors.push({ field: 'id', code: 'id_unreadable' })
  if (!contact.ok) errors.push({ field: 'contact', code: contact.status })
  if (!wish.consent) errors.push({ field: 'consent', code: 'wish_consent_needed' })
  if (!isUuid7(wish.id) || !contact.ok || errors.length > 0) return { ok: false, status: 'invalid', errors }
  const kept = await tenant
    .insertInto('wish', {
      id: canonicalId(wish.id),
      campaign_id: campaignId,
      email: contact.email,
      phone: contact.phone,
      lang: wish.lang,
      created_at: wish.now,
    })
    .onConflict((conflict) => conflict.columns(['collective_id', 'id']).doNothing())
    .returning('wish.id')
    .executeTakeFirst()
  return { ok: true, status: kept ? 'created' : 'exists' }
}
