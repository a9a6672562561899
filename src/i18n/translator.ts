import { readdirSync, readFileSync } from 'node:fs'
import { LANGS, type Lang } from '../domain/lang.ts'

/** Parameters of a sentence: strings are isolated from the text's direction, numbers are not. */
export type Params = Record<string, string | number>

/** The sentence of a key such as `common.action.give`, in one language. Throws for an unknown key. */
export type T = (key: string, params?: Params) => string

type Sentence = string | Partial<Record<Intl.LDMLPluralRule, string>>
type Catalogue = ReadonlyMap<string, Sentence>

const FOLDER = new URL('./catalogues/', import.meta.url)
const ISOLATE_START = '\u2068'
const ISOLATE_END = '\u2069'

const translators = new Map<Lang, T>()

/** The translator of a language; its catalogues are read once. */
export function translator(lang: Lang): T {
  const known = translators.get(lang)
  if (known) return known
  const made = makeTranslator(lang, readCatalogue(lang))
  translators.set(lang, made)
  return made
}

/** All keys of a language, sorted: the catalogues must have the same ones. */
export function catalogueKeys(lang: Lang): string[] {
  return [...readCatalogue(lang).keys()].sort()
}

/** The catalogues of every language as they are on disk, for checks over the texts themselves. */
export function catalogueSentences(): Record<Lang, Map<string, Sentence>> {
  const entries = LANGS.map((lang) => [lang, new Map(readCatalogue(lang))] as const)
  return Object.fromEntries(entries) as Record<Lang, Map<string, Sentence>>
}

/** A translator over sentences in memory: `n` chooses the plural form, by the CLDR rules of the language. */
export function makeTranslator(lang: Lang, catalogue: Catalogue): T {
  const plurals = new Intl.PluralRules(lang)
  // Western digits in Arabic too, as Morocco writes them, and grouped as amounts are: `10.000` may be read as ten.
  const numbers = new Intl.NumberFormat(lang === 'en' ? 'en' : 'fr', {
    useGrouping: 'min2',
    maximumFractionDigits: 2,
  })
  const written = (value: string | number) =>
    typeof value === 'number' ? numbers.format(value) : `${ISOLATE_START}${value}${ISOLATE_END}`

  return (key, params = {}) => {
    const sentence = catalogue.get(key)
    if (sentence === undefined) throw new Error(`No sentence "${key}" in "${lang}"`)
    const text = typeof sentence === 'string' ? sentence : pluralForm(sentence, plurals, key, params.n)
    return text.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = params[name]
      if (value === undefined) throw new Error(`The sentence "${key}" needs the parameter "${name}"`)
      return written(value)
    })
  }
}

function pluralForm(
  forms: Exclude<Sentence, string>,
  plurals: Intl.PluralRules,
  key: string,
  n: string | number | undefined,
): string {
  if (typeof n !== 'number') throw new Error(`The sentence "${key}" needs the number "n"`)
  const form = forms[plurals.select(n)] ?? forms.other
  if (form === undefined) throw new Error(`The sentence "${key}" has no form for ${n}`)
  return form
}

function readCatalogue(lang: Lang): Map<string, Sentence> {
  const folder = new URL(`${lang}/`, FOLDER)
  const sentences = new Map<string, Sentence>()
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    const area = file.slice(0, -'.json'.length)
    const entries = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Record<string, Sentence>
    for (const [key, sentence] of Object.entries(entries)) sentences.set(`${area}.${key}`, sentence)
  }
  return sentences
}
