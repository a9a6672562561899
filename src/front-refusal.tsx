import type { IncomingMessage, ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import { LANGS, type Lang } from './domain/lang.ts'
import { translator } from './i18n/translator.ts'
import type { Assets } from './web/assets.ts'
import { ErrorPage, requestLang } from './web/error-pages.tsx'
import { prefersJson } from './web/problem.ts'
import { renderPage } from './web/render.ts'
import { SECURITY_HEADERS } from './web/security.ts'

/** Answers 503 from what was written beforehand: who is refused for too much work must not cost any. */
export type Refuse = (incoming: IncomingMessage, outgoing: ServerResponse) => void

// The clients that were refused together must not come back together.
const RETRY_AFTER_S = [2, 3, 4, 5, 6] as const
// What is left of a longer body is not worth reading to keep the connection.
const LONGEST_DRAINED_BYTES = 64 * 1024

type Form = 'problem' | 'page' | 'page_again'

interface Written {
  readonly plain: Buffer
  readonly zipped: Buffer
  readonly headers: Readonly<Record<string, string>>
}

/** Writes every refusal there is: for machines, for who reads a page, for who sends a form, in each language. */
export function writeRefusals(look: { readonly assets: Assets; readonly publicUrl: string }): Refuse {
  const written = Object.fromEntries(
    LANGS.map((lang) => [
      lang,
      { problem: problem(lang), page: page(look, lang), page_again: page(look, lang, true) },
    ]),
  ) as Record<Lang, Record<Form, Written>>
  let turn = 0
  return (incoming, outgoing) => {
    const { form, lang } = wantedBy(incoming)
    const { plain, zipped, headers } = written[lang][form]
    const takesGzip =
      form !== 'problem' && /\bgzip\b(?!\s*;\s*q=0)/.test(String(incoming.headers['accept-encoding']))
    const body = takesGzip ? zipped : plain
    turn = (turn + 1) % RETRY_AFTER_S.length
    const retryAfter = String(RETRY_AFTER_S[turn])
    outgoing.writeHead(503, {
      ...headers,
      'Content-Length': body.length,
      'Retry-After': retryAfter,
      // A browser knows no Retry-After: the page that somebody wanted to read comes back for it.
      ...(form === 'page_again' && { Refresh: retryAfter }),
      ...(takesGzip && { 'Content-Encoding': 'gzip' }),
      // Node reads the rest of a body that nobody wanted; not without an end.
      ...(!endsSoon(incoming) && { Connection: 'close' }),
    })
    outgoing.end(body)
  }
}

function wantedBy({ method, url = '/', headers }: IncomingMessage): { form: Form; lang: Lang } {
  const path = url.split('?', 1)[0] ?? '/'
  const isForMachine = prefersJson(path, headers.accept)
  const lang = requestLang(path, headers['accept-language'], isForMachine ? 'en' : undefined)
  if (isForMachine) return { form: 'problem', lang }
  return { form: method === 'GET' ? 'page_again' : 'page', lang }
}

function endsSoon({ headers }: IncomingMessage): boolean {
  if (headers['transfer-encoding'] !== undefined) return false
  return Number(headers['content-length'] ?? 0) <= LONGEST_DRAINED_BYTES
}

function problem(lang: Lang): Written {
  const body = {
    type: 'urn:twiza:problem:overloaded',
    title: translator(lang)('api.problem_overloaded'),
    status: 503,
    code: 'overloaded',
  }
  const written = inBytes(JSON.stringify(body), 'application/problem+json; charset=utf-8', lang)
  // Any page of the world may read the API: its script must be told, too, that it came at a bad moment.
  return { ...written, headers: { ...written.headers, 'Access-Control-Allow-Origin': '*' } }
}

function page(look: { assets: Assets; publicUrl: string }, lang: Lang, isRead = false): Written {
  const { assets, publicUrl } = look
  // An address without anything in it is the one that the reader is at, whatever it is.
  const again = isRead ? '' : undefined
  const html = renderPage(
    <ErrorPage kind="overloaded" lang={lang} assets={assets} origin={publicUrl} retryPath={again} />,
  )
  return inBytes(html, 'text/html; charset=utf-8', lang)
}

function inBytes(text: string, type: string, lang: Lang): Written {
  const plain = Buffer.from(text)
  const headers = {
    ...SECURITY_HEADERS,
    'Content-Type': type,
    'Content-Language': lang,
    'Cache-Control': 'no-store',
    Vary: 'Accept, Accept-Language, Accept-Encoding',
  }
  return { plain, zipped: gzipSync(plain), headers }
}
