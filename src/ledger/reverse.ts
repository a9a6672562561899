import type { Tenant } from '../db/tenant.ts'
import { newId } from '../domain/id.ts'

/** Corrects a transfer by its exact mirror. A second correction of the same transfer is refused by name. */
export async function reverse(
  tenant: Tenant,
  transferId: string,
  when: { day: string; postedAt: Date; postedBy: string },
): Promise<{ ok: true; id: string } | { ok: false; status: 'transfer_unknown' | 'already_reversed' }> {
  const original = await tenant
    .selectFrom('transfer')
    .selectAll()
    .where('transfer.id', '=', transferId)
    .executeTakeFirst()
  if (!original) return { ok: false, status: 'transfer_unknown' }
  const id = newId()
  const written = await tenant
    .insertInto('transfer', {
      id,
      campaign_id: original.campaign_id,
      debit_account_id: original.credit_account_id,
      credit_account_id: original.debit_account_id,
      amount_minor: original.amount_minor,
      currency: original.currency,
      kind: 'correction',
      order_id: original.order_id,
      payment_id: null,
      reverses_id: transferId,
      day: when.day,
      posted_at: when.postedAt,
      posted_by: when.postedBy,
    })
    .onConflict((conflict) => conflict.columns(['collective_id', 'reverses_id']).doNothing())
    .returning('transfer.id')
    .executeTakeFirst()
  return written ? { ok: true, id } : { ok: false, status: 'already_reversed' }
}
