import type { Lang } from './lang.ts'

declare const localDayBrand: unique symbol

/** A calendar day without time or zone, 'YYYY-MM-DD'. Compares as text. */
export type LocalDay = string & { readonly [localDayBrand]: true }

const SECOND_MS = 1000
const DAY_MS = 86_400 * SECOND_MS

// Moroccan month names need ar-MA (`ar` alone has the Levantine ones), day before month needs en-GB.
const LOCALES: Record<Lang, string> = { ar: 'ar-MA', fr: 'fr', en: 'en-GB', es: 'es' }

/**
 * The day when `text` is one of the calendar written 'YYYY-MM-DD', else undefined: no 30 February.
 * Only the years 1900 to 2999 are read, so that counting on from an input never leaves the calendar.
 */
export function parseDay(text: string): LocalDay | undefined {
  return /^(?:19|2\d)/.test(text) && isCalendarDay(text) ? text : undefined
}

/** The day that clocks in `timeZone` (IANA name) show at `instant`. Throws on an invalid date or zone. */
export function localDay(instant: Date, timeZone: string): LocalDay {
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {}
  for (const part of dayFormatter(timeZone).formatToParts(instant)) parts[part.type] = part.value
  return requireDay(`${parts.year?.padStart(4, '0')}-${parts.month}-${parts.day}`)
}

/** The day `count` days later, or earlier when negative. Throws on a fraction and beyond year 9999. */
export function addDays(day: LocalDay, count: number): LocalDay {
  if (!Number.isSafeInteger(count)) throw new RangeError('Days are counted in whole numbers')
  const moved = new Date(midnightUtc(day) + count * DAY_MS)
  return requireDay(Number.isNaN(moved.getTime()) ? '' : moved.toISOString().slice(0, 10))
}

/** How many days `to` is after `from`: 0 for the same day, negative when before. */
export function daysBetween(from: LocalDay, to: LocalDay): number {
  return (midnightUtc(to) - midnightUtc(from)) / DAY_MS
}

/**
 * The first instant of `day` in `timeZone`. Usually midnight; where clocks jump over midnight, the jump;
 * where a zone skipped the whole day (Samoa, 2011-12-30), the start of the next.
 */
export function startOfDay(day: LocalDay, timeZone: string): Date {
  // Zones lie between -12 and +14 hours, so one day each side brackets it; offsets are whole seconds.
  let before = (midnightUtc(day) - DAY_MS) / SECOND_MS
  let after = (midnightUtc(day) + DAY_MS) / SECOND_MS
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (localDay(new Date(middle * SECOND_MS), timeZone) < day) before = middle
    else after = middle
  }
  return new Date(after * SECOND_MS)
}

/** True for an IANA zone name that this machine knows, written as IANA writes it; no bare offsets. */
export function isTimeZone(text: string): boolean {
  if (!/^[A-Z][\w+-]*(?:\/[\w+-]+){0,2}$/.test(text)) return false
  try {
    const known = new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone
    return known === text || known.toLowerCase() !== text.toLowerCase()
  } catch {
    return false
  }
}

/** The day for readers: `3 مارس`, `3 mars`, `3 March`, `3 de marzo`; with `{ year: true }` and its year. */
export function formatDay(day: LocalDay, lang: Lang, options: { year?: boolean } = {}): string {
  const text = textFormatter(lang, options.year === true).format(midnightUtc(day))
  return lang === 'fr' ? text.replace(/^1 /, '1er ') : text
}

function midnightUtc(day: LocalDay): number {
  return Date.parse(`${day}T00:00:00Z`)
}

function requireDay(text: string): LocalDay {
  if (!isCalendarDay(text)) throw new RangeError('The day is outside the years 0001 to 9999')
  return text
}

function isCalendarDay(text: string): text is LocalDay {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text.startsWith('0000')) return false
  const midnight = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(text)
}

// Making a formatter costs a hundred times its use. Zones come from checked settings, so the maps stay small.
const dayFormatters = new Map<string, Intl.DateTimeFormat>()
const textFormatters = new Map<string, Intl.DateTimeFormat>()

function dayFormatter(timeZone: string): Intl.DateTimeFormat {
  const known = dayFormatters.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
  dayFormatters.set(timeZone, made)
  return made
}

function textFormatter(lang: Lang, year: boolean): Intl.DateTimeFormat {
  const key = `${lang} ${year}`
  const known = textFormatters.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(LOCALES[lang], {
    timeZone: 'UTC',
    calendar: 'gregory',
    numberingSystem: 'latn',
    day: 'numeric',
    month: 'long',
    ...(year ? { year: 'numeric' } : {}),
  })
  textFormatters.set(key, made)
  return made
}
