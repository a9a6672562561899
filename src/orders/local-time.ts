import { formatDay, localDay } from '../domain/days.ts'
import type { Lang } from '../domain/lang.ts'
import type { T } from '../i18n/translator.ts'

/** Until when numbers are kept, in the collective's zone; the day is left out when it is today. */
export function keptUntil(t: T, lang: Lang, until: Date, now: Date, timeZone: string): string {
  const day = localDay(until, timeZone)
  const time = localHour(until, timeZone)
  if (day === localDay(now, timeZone)) return t('order.kept_until_today', { time })
  return t('order.kept_until', { day: formatDay(day, lang), time })
}

/** The hour that clocks in `timeZone` show, as `14:05` in every language. */
function localHour(instant: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(instant)
}
