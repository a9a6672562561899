import { openLiveHub } from '../../src/campaigns/live-hub.ts'
import type { Database } from '../../src/db/database.ts'
import { readProgress } from '../../src/db/progress.ts'
import { type KeptOptions, openKept } from '../../src/kept/kept.ts'

/**
 * What an application keeps in memory, so that every request asks first whether it is still so: a test that
 * changes something sees it at once, and one that should see it and does not has found a mistake.
 */
export function openTestKept(options: KeptOptions) {
  const kept = openKept({ maxAgeMs: 0, idleMs: 0, pauseMs: 20, ...options })
  return { kept, liveHub: testHub(options.db, kept) }
}

function testHub(db: Database, { watch }: ReturnType<typeof openKept>) {
  return openLiveHub({ watch, read: (id, campaign) => readProgress(db.of(id), campaign) })
}
