import type { Tenant } from '../db/tenant.ts'
import { newId } from '../domain/id.ts'
import { MAX_NAME_CHARACTERS } from '../domain/order.ts'
import { cleanText } from '../domain/text.ts'
import { proposeSlug, recordStep } from '../people/ambassador-steps.ts'
import { readContact } from './contact.ts'
import { lockOrder } from './lock-order.ts'

/** A contributor's offer to become an ambassador, as sent. */
export interface Proposal {
  readonly orderId: string
  readonly name: string | null | undefined
  readonly contact: string | null | undefined
  readonly now: Date
}

export type Proposed =
  | { readonly ok: true; readonly status: 'created' | 'exists' }
  | { readonly ok: false; readonly status: 'order_unknown' | 'not_paid' }
  | { readonly ok: false; readonly status: 'invalid'; readonly errors: { field: string; code: string }[] }

const MAX_SLUG_TRIES = 5

/**
 * Proposes the contributor of a paid order as an ambassador, for the organisers to accept. The proposal takes
 * the order's id as its own, so that an order makes at most one.
 */
export async function proposeAmbassador(tenant: Tenant, proposal: Proposal): Promise<Proposed> {
  const contact = readContact(proposal.contact)
  const name = cleanText(proposal.name ?? '', MAX_NAME_CHARACTERS)
  const errors: { field: string; code: string }[] = []
  if (!name.ok)
    errors.push({ field: 'name', code: name.status === 'empty' ? 'name_needed' : nameCode(name.status) })
  if (!contact.ok) errors.push({ field: 'contact', code: contact.status })
  return tenant.transaction(async (inside) => {
    const order = await lockOrder(inside, proposal.orderId)
    if (!order) return { ok: false, status: 'order_unknown' }
    if (await isProposed(inside, order.id)) return { ok: true, status: 'exists' }
    if (order.status !== 'paid') return { ok: false, status: 'not_paid' }
    if (!name.ok || !contact.ok) return { ok: false, status: 'invalid', errors }
    await insertProposal(inside, proposal, {
      name: name.text,
      email: contact.email,
      phone: contact.phone,
      invited_by: order.ambassador_id,
    })
    await recordStep(inside, proposal.orderId, 'proposed', { now: proposal.now, actor: 'contributor' })
    await inside
      .insertInto('event', {
        id: newId(),
        campaign_id: order.campaign_id,
        kind: 'ambassador_proposed',
        at: proposal.now,
        actor: 'contributor',
        order_id: order.id,
      })
      .execute()
    return { ok: true, status: 'created' }
  })
}

/** Whether the contributor of this order has offered to become an ambassador. */
export async function isProposed(tenant: Tenant, orderId: string): Promise<boolean> {
  const found = await tenant
    .selectFrom('ambassador')
    .select('ambassador.id')
    .where('ambassador.id', '=', orderId)
    .executeTakeFirst()
  return found !== undefined
}

interface Person {
  readonly name: string
  readonly email: string | null
  readonly phone: string | null
  readonly invited_by: string | null
}

/** Under the first free short name; somebody else may take it between the look and the insert, so it tries again. */
async function insertProposal(tenant: Tenant, proposal: Proposal, person: Person): Promise<void> {
  for (let tries = 0; tries < MAX_SLUG_TRIES; tries++) {
    const slug = await proposeSlug(tenant, person.name)
    const inserted = await tenant
      .insertInto('ambassador', {
        id: proposal.orderId,
        slug,
        ...person,
        proposed_at: proposal.now,
        accepted_at: null,
        ended_at: null,
      })
      .onConflict((conflict) => conflict.columns(['collective_id', 'slug']).doNothing())
      .returning('ambassador.id')
      .executeTakeFirst()
    if (inserted) return
  }
  throw new Error('no short name stays free for an ambassador')
}

function nameCode(status: 'too_long' | 'has_control_characters'): string {
  return status === 'too_long' ? 'name_too_long' : 'name_unreadable'
}
