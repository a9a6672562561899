import { StartFailure } from './domain/start-failure.ts'

/** Since this edition the data knows that Morocco left daylight saving on 20 September 2026. */
const OLDEST_TIME_ZONE_DATA = '2026c'

/**
 * Refuses to count days with old time-zone data.
 * @param edition such as `2026c`, by default that of the running Node
 */
export function checkTimeZoneData(edition: string | undefined = process.versions.tz): void {
  if (edition !== undefined && /^\d{4}[a-z]$/.test(edition) && edition >= OLDEST_TIME_ZONE_DATA) return
  throw new StartFailure(
    'time_zones_too_old',
    `The time-zone data of this Node is ${edition ?? 'unknown'}, but Twiza needs ${OLDEST_TIME_ZONE_DATA} or newer: start it with npm, which brings the right Node.`,
  )
}
