import { sql } from 'kysely'
import type { Tenant } from '../db/tenant.ts'

/** An ambassador whom another invited, and whom they invited in turn. */
export interface Invited {
  readonly id: string
  readonly name: string
  /** False while the organisers have not answered yet. */
  readonly isAccepted: boolean
  /** Coupons given through them in the campaign. */
  readonly given: number
  /** Coupons given through all who came by them. */
  readonly brought: number
  readonly invited: readonly Invited[]
}

export interface InvitedRow {
  readonly id: string
  readonly name: string
  readonly invitedBy: string
  readonly isAccepted: boolean
  readonly given: number
}

const MAX_INVITED = 500
const MAX_DEPTH = 30

/** Everybody who came by this ambassador, as a tree in order of arrival. Who left without giving is not in it. */
export async function readInvited(
  tenant: Tenant,
  campaignId: string,
  ambassadorId: string,
): Promise<readonly Invited[]> {
  const rows = await tenant.all(sql<InvitedRow>`
    with recursive came as (
      select a.id, a.name, a.invited_by, a.accepted_at, a.ended_at, a.proposed_at, 1 as depth
      from ambassador a where a.collective_id = ${tenant.collectiveId} and a.invited_by = ${ambassadorId}
      union all
      select a.id, a.name, a.invited_by, a.accepted_at, a.ended_at, a.proposed_at, came.depth + 1
      from ambassador a join came on a.invited_by = came.id
      where a.collective_id = ${tenant.collectiveId} and came.depth < ${MAX_DEPTH}
    )
    select came.id, came.name, came.invited_by as "invitedBy", came.accepted_at is not null as "isAccepted",
      coalesce(t.given, 0) as given
    from came left join ambassador_tally t on t.collective_id = ${tenant.collectiveId}
      and t.ambassador_id = came.id and t.campaign_id = ${campaignId}
    where came.ended_at is null or came.accepted_at is not null
    order by came.proposed_at, came.id limit ${MAX_INVITED}`)
  return treeOf(rows, ambassadorId)
}

/** Rows of who invited whom, as a tree below one of them. */
export function treeOf(rows: readonly InvitedRow[], rootId: string): readonly Invited[] {
  const byInviter = Map.groupBy(rows, ({ invitedBy }) => invitedBy)
  const below = (id: string): Invited[] =>
    (byInviter.get(id) ?? []).map(({ invitedBy: _, ...one }) => {
      const invited = below(one.id)
      return {
        ...one,
        invited,
        brought: invited.reduce((sum, { given, brought }) => sum + given + brought, 0),
      }
    })
  return below(rootId)
}

/** How many are in a tree, and how many coupons were given through them. */
export function countInvited(invited: readonly Invited[]): { people: number; given: number } {
  return invited.reduce(
    (sum, one) => {
      const rest = countInvited(one.invited)
      return { people: sum.people + 1 + rest.people, given: sum.given + one.given + rest.given }
    },
    { people: 0, given: 0 },
  )
}
