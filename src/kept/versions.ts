import { sql } from 'kysely'
import type { Database } from '../db/database.ts'

/** How far the public facts of a collective have come. Both only ever grow. */
export interface Versions {
  readonly revision: bigint
  /** The position of each campaign, by its id. */
  readonly positions: ReadonlyMap<string, bigint>
}

/** Stands for all collectives together: which there are, and every change of what does not count coupons. */
export const INSTALLATION = 'installation'

/**
 * The versions of these collectives in one look-up, by their ids. `INSTALLATION` may be among them: it alone
 * costs more with more collectives. One that has no version yet is not in the answer.
 */
export async function readVersions(db: Database, ids: readonly string[]): Promise<Map<string, Versions>> {
  const versions = new Map<string, Versions>()
  const collectives = ids.filter((id) => id !== INSTALLATION)
  const isWhole = collectives.length < ids.length
  const { rows } = await sql<{
    id: string | null
    revision: bigint
    positions: Record<string, string> | null
  }>`
    select r.collective_id as id, r.revision,
      (select jsonb_object_agg(c.id, c.position::text) from campaign c where c.collective_id = r.collective_id) as positions
    from collective_revision r where r.collective_id = any (${collectives}::uuid[])
    union all
    select null, (sum(revision) + count(*))::bigint, null from collective_revision where ${isWhole} having ${isWhole}`.execute(
    db.shared,
  )
  for (const { id, revision, positions } of rows) {
    const pairs = Object.entries(positions ?? {}).map(([campaign, at]) => [campaign, BigInt(at)] as const)
    versions.set(id ?? INSTALLATION, { revision: revision ?? 0n, positions: new Map(pairs) })
  }
  return versions
}
