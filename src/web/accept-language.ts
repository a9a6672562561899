import { isLang, type Lang } from '../domain/lang.ts'

const MAX_RANGES = 20

/** The language of ours that an Accept-Language header likes best (RFC 9110, 12.5.4), else `fallback`. */
export function preferredLang(header: string | undefined, fallback: Lang): Lang {
  let best: { lang: Lang; quality: number } | undefined
  for (const range of (header ?? '').split(',', MAX_RANGES)) {
    const [tag = '', ...parameters] = range
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/)
    const lang = tag.split('-')[0]
    const quality = qualityOf(parameters)
    if (isLang(lang) && quality > (best?.quality ?? 0)) best = { lang, quality }
  }
  return best?.lang ?? fallback
}

function qualityOf(parameters: readonly string[]): number {
  const given = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2)
  if (given === undefined) return 1
  return /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(given) ? Number(given) : 0
}
