/** The languages of the pages, the default first. A catalogue folder exists for each. */
export const LANGS = ['ar', 'fr', 'en', 'es'] as const

export type Lang = (typeof LANGS)[number]

/** A short text in some of the languages, for example an update's title. */
export type LocalizedText = Partial<Record<Lang, string>>

export const DEFAULT_LANG: Lang = 'ar'

export function isLang(value: unknown): value is Lang {
  return (LANGS as readonly unknown[]).includes(value)
}

export function direction(lang: Lang): 'rtl' | 'ltr' {
  return lang === 'ar' ? 'rtl' : 'ltr'
}

/** The text in the reader's language, else in the first language that has one, else empty. */
export function inLang(text: LocalizedText, lang: Lang): string {
  return text[lang] ?? LANGS.map((other) => text[other]).find((found) => found !== undefined) ?? ''
}

/** Whether two texts say the same in every language; one without a text there and an empty one are the same. */
export function isSameText(one: LocalizedText, other: LocalizedText): boolean {
  return LANGS.every((lang) => (one[lang] ?? '') === (other[lang] ?? ''))
}

/** The language in which `inLang` would answer, for the `lang` attribute of the element. */
export function langOf(text: LocalizedText, lang: Lang): Lang {
  return text[lang] !== undefined ? lang : (LANGS.find((other) => text[other] !== undefined) ?? lang)
}
