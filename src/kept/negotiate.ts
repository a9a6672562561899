/** How a body may be packed, what is smallest first. */
export const ENCODINGS = ['br', 'gzip', 'identity'] as const

export type Encoding = (typeof ENCODINGS)[number]

/** Browsers send a handful of different headers; anything else is read anew. */
const MAX_REMEMBERED = 100
const remembered = new Map<string, Encoding>()

/**
 * The encoding that an Accept-Encoding header likes best of those there are, the smaller one of equals
 * (RFC 9110, 12.5.3). Without a header, or where nothing of ours is accepted, the plain body.
 */
export function preferredEncoding(
  header: string | undefined,
  offered: readonly Encoding[] = ENCODINGS,
): Encoding {
  if (header === undefined) return 'identity'
  const known = offered === ENCODINGS ? remembered.get(header) : undefined
  if (known) return known
  const encoding = best(header, offered)
  if (offered === ENCODINGS && remembered.size < MAX_REMEMBERED) remembered.set(header, encoding)
  return encoding
}

function best(header: string, offered: readonly Encoding[]): Encoding {
  const wanted = new Map<string, number>()
  for (const range of header.toLowerCase().split(',')) {
    const [name = '', ...parameters] = range.split(';').map((part) => part.trim())
    wanted.set(name === 'x-gzip' ? 'gzip' : name, qualityOf(parameters))
  }
  let found: { encoding: Encoding; quality: number } | undefined
  for (const encoding of offered) {
    // The plain body is for who likes nothing else: it needs no mention, and none makes it better than a small one.
    const unnamed = encoding === 'identity' ? undefined : wanted.get('*')
    const quality = wanted.get(encoding) ?? unnamed ?? 0
    if (quality > (found?.quality ?? 0)) found = { encoding, quality }
  }
  return found?.encoding ?? 'identity'
}

function qualityOf(parameters: readonly string[]): number {
  const given = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2)
  if (given === undefined) return 1
  return /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(given) ? Number(given) : 0
}

/** Whether an If-None-Match header names this tag. Proxies that pack anew mark it as weak: it is the same page. */
export function matches(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false
  if (header === tag || header === '*') return true
  return header.split(',').some((one) => one.trim().replace(/^W\//, '') === tag)
}
