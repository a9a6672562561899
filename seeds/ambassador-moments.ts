import type { LocalDay } from '../src/domain/days.ts'
import { newIdAt } from '../src/domain/id.ts'
import { addAmbassador } from '../src/organisers/add-ambassador.ts'
import { onDay } from './campaign-moments.ts'
import { AMBASSADORS, type SeededAmbassador } from './content/ambassadors.ts'
import type { Stage } from './stage.ts'
import { type Moment, must } from './timeline.ts'

const JOINS_AT_HOUR = 18

/**
 * Each ambassador joining, on a day counted from the first of the delivered campaign. Who contributed first
 * keeps the id of that order, as a proposal made on its thank-you page does.
 */
export function ambassadorMoments(
  { collective, actor }: Pick<Stage, 'collective' | 'actor'>,
  firstDay: LocalDay,
  contributorOrderId: string,
): Moment[] {
  const ids = new Map<string, string>()
  return AMBASSADORS.map((ambassador) => {
    const at = onDay(collective.timeZone, firstDay, ambassador.joinedOnDay, JOINS_AT_HOUR)
    const run: Moment['run'] = async ({ db }) => {
      const { slug, name, firstWords, came } = ambassador
      const id = came === 'contributor' ? contributorOrderId : newIdAt(at)
      const invitedBy = inviterOf(came, ids)
      const wish = { id, slug, name, firstWords, invitedBy }
      must(await addAmbassador(db.of(collective.id), wish, { now: at, actor }))
      ids.set(slug, id)
    }
    return { at, run }
  })
}

function inviterOf(came: SeededAmbassador['came'], ids: ReadonlyMap<string, string>): string | null {
  if (typeof came === 'string') return null
  const inviter = ids.get(came.invitedBy)
  if (inviter === undefined) throw new Error(`${came.invitedBy} invites before joining`)
  return inviter
}
