import { direction, inLang, type Lang, type LocalizedText, langOf } from '../domain/lang.ts'
import { type Params, translator } from '../i18n/translator.ts'

/** A text with its language, so that the template can shape and direct it. */
export interface Said {
  readonly text: string
  readonly lang: Lang
  readonly dir: 'rtl' | 'ltr'
}

/** A sentence of the catalogues. */
export function sentence(lang: Lang, key: string, params: Params = {}): Said {
  return said(lang, translator(lang)(key, params))
}

/** What people wrote, in the reader's language or the first that there is. */
export function written(text: LocalizedText, lang: Lang): Said {
  return said(langOf(text, lang), inLang(text, lang))
}

/** What somebody wrote in a language that we know. */
export function said(lang: Lang, text: string): Said {
  return { text, lang, dir: direction(lang) }
}

const ARABIC_FIRST = /^[^\p{L}]*\p{Script=Arabic}/u

/** What somebody wrote in whatever language: its first letter tells the direction. */
export function typed(lang: Lang, text: string): Said {
  return { text, lang, dir: ARABIC_FIRST.test(text) ? 'rtl' : 'ltr' }
}
