import type { LocalDay } from '../domain/days.ts'
import type { Lang } from '../domain/lang.ts'

const LOCALES: Record<Lang, string> = { ar: 'ar-MA-u-nu-latn', fr: 'fr', en: 'en-GB', es: 'es' }

/** A local day as people write it: "3 March 2027". It is already local, so no zone is applied. */
export function formatDay(day: LocalDay, lang: Lang): string {
  const format = new Intl.DateTimeFormat(LOCALES[lang], { dateStyle: 'long', timeZone: 'UTC' })
  return format.format(new Date(`${day}T00:00:00Z`))
}

/** A local day for people and machines. */
export function DayText({ lang, day }: { lang: Lang; day: LocalDay }) {
  return <time dateTime={day}>{formatDay(day, lang)}</time>
}
