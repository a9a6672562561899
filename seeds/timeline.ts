import { type LocalDay, localDay } from '../src/domain/days.ts'
import { openGatherer } from '../src/orders/gather-orders.ts'
import type { OrderServices } from '../src/orders/services.ts'

/** Something that happens at an instant: `services` has that instant as its clock. */
export interface Moment {
  readonly at: Date
  readonly run: (services: OrderServices, today: LocalDay) => Promise<void>
}

/** Lets everything happen in the order of time, each local day in one transaction. */
export async function live(
  services: OrderServices,
  timeZone: string,
  moments: readonly Moment[],
): Promise<void> {
  const inOrder = moments.toSorted((one, other) => one.at.getTime() - other.at.getTime())
  const days = Map.groupBy(inOrder, ({ at }) => localDay(at, timeZone))
  for (const [day, momentsOfDay] of days) {
    await services.db.transaction(async (db) => {
      for (const { at, run } of momentsOfDay) {
        const now = () => at
        await run({ ...services, db, now, gatherer: openGatherer({ db, now }) }, day)
      }
    })
  }
}

/** For what cannot be refused in a world that we made up ourselves. */
export function must<Outcome extends { readonly ok: boolean }>(
  outcome: Outcome,
): Extract<Outcome, { ok: true }> {
  if (!outcome.ok) throw new Error(`the demonstration was refused: ${JSON.stringify(outcome)}`)
  return outcome as Extract<Outcome, { ok: true }>
}
