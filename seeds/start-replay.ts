import type { Database } from '../src/db/database.ts'
import { type Campaign, type Collective, listCampaigns } from '../src/db/directory.ts'
import { addDays, localDay } from '../src/domain/days.ts'
import { freeSlug } from '../src/domain/slug.ts'
import { onDay } from './campaign-moments.ts'
import { FOUNDING_REPLAY } from './content/founding-replay.ts'
import { REPLAY_DAYS } from './plan-replay.ts'
import { startCampaign } from './start-campaign.ts'

const SCHEDULED_AT_HOUR = 10

/**
 * A fresh campaign to replay. The server's clock is real, so it began nine days ago: its page says day 10 of 21
 * when it sells out, and the terminal says which day is being played.
 */
export async function startReplay(
  db: Database,
  collective: Collective,
  { now, actor }: { readonly now: Date; readonly actor: string },
): Promise<Campaign> {
  const taken = new Set((await listCampaigns(db, collective)).map(({ slug }) => slug))
  const slug = freeSlug(FOUNDING_REPLAY.slug, (wished) => taken.has(wished))
  const firstDay = addDays(localDay(now, collective.timeZone), 1 - REPLAY_DAYS)
  const act = { now: onDay(collective.timeZone, firstDay, 0, SCHEDULED_AT_HOUR), actor }
  return await startCampaign(db, collective, { slug, dream: FOUNDING_REPLAY.dream, firstDay }, act)
}
