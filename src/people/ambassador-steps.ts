import type { Act } from '../db/act.ts'
import type { PeopleTenantTables } from '../db/tables-people.ts'
import type { Tenant } from '../db/tenant.ts'
import { newId } from '../domain/id.ts'
import { freeSlug, RESERVED_AMBASSADOR_SLUGS, slugify } from '../domain/slug.ts'

export type AmbassadorStepKind = PeopleTenantTables['ambassador_step']['kind']

// The name of an ambassador whose own name has no letter that an address could carry.
const NAMELESS = 'ambassador'

/** Writes what happened to an ambassador: one dated row, in the transaction of the change. */
export async function recordStep(
  tenant: Tenant,
  ambassadorId: string,
  kind: AmbassadorStepKind,
  act: Act,
): Promise<void> {
  await tenant
    .insertInto('ambassador_step', {
      id: newId(),
      ambassador_id: ambassadorId,
      kind,
      at: act.now,
      actor: act.actor,
    })
    .execute()
}

/** A free short name for an address, made from a person's name. Somebody else may take it before the insert. */
export async function proposeSlug(tenant: Tenant, name: string): Promise<string> {
  const wished = slugify(name) || NAMELESS
  const rows = await tenant
    .selectFrom('ambassador')
    .select('ambassador.slug')
    .where('ambassador.slug', 'like', `${wished.slice(0, 50)}%`)
    .execute()
  const taken = new Set(rows.map(({ slug }) => slug))
  return freeSlug(wished, (slug) => taken.has(slug) || RESERVED_AMBASSADOR_SLUGS.has(slug))
}
