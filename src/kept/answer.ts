import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Context } from 'hono'
import { SECURITY_HEADERS, STRICT_TRANSPORT } from '../web/security.ts'
import { type Encoding, matches, preferredEncoding } from './negotiate.ts'
import type { KeptPage } from './page.ts'

/** Writes a kept page on Node's own answer; the security headers go along, for nothing else adds them. */
export function writeKept(incoming: IncomingMessage, outgoing: ServerResponse, page: KeptPage): void {
  const { headers, method } = incoming
  const encoding = encodingOf(page, headers['accept-encoding'])
  const isSecure = headers['x-forwarded-proto'] === 'https'
  if (matches(headers['if-none-match'], tagOf(page, encoding))) {
    outgoing.writeHead(304, headOf(page, encoding, isSecure, 304))
    outgoing.end()
    return
  }
  outgoing.writeHead(200, headOf(page, encoding, isSecure, 200))
  if (method === 'HEAD') outgoing.end()
  else outgoing.end(page.bodies[encoding])
}

/** The same through Hono, whose own layers add the rest. */
export function sendKept(c: Context, page: KeptPage): Response {
  const encoding = encodingOf(page, c.req.header('Accept-Encoding'))
  const status = matches(c.req.header('If-None-Match'), tagOf(page, encoding)) ? 304 : 200
  for (const [name, value] of pageHeaders(page, encoding, status)) c.header(name, value)
  if (status === 304) return c.body(null, status)
  return c.body(new Uint8Array(page.bodies[encoding] ?? page.bodies.identity), status)
}

function encodingOf(page: KeptPage, header: string | undefined): Encoding {
  const wanted = preferredEncoding(header)
  return page.bodies[wanted] ? wanted : 'identity'
}

/** Each encoding is another sequence of bytes, so it has a tag of its own (RFC 9110, 8.8.3). */
function tagOf({ tag }: KeptPage, encoding: Encoding): string {
  return encoding === 'identity' ? `"${tag}"` : `"${tag}-${encoding}"`
}

/** Names and values in one row, as Node takes them fastest. */
function headOf(page: KeptPage, encoding: Encoding, isSecure: boolean, status: 200 | 304): string[] {
  const key = `${encoding} ${status} ${isSecure}`
  const known = page.heads.get(key)
  if (known) return known
  const made = [...Object.entries(SECURITY_HEADERS), ...pageHeaders(page, encoding, status)].flat()
  if (isSecure) made.push('Strict-Transport-Security', STRICT_TRANSPORT)
  page.heads.set(key, made)
  return made
}

function pageHeaders(page: KeptPage, encoding: Encoding, status: 200 | 304): [string, string][] {
  const { type, cacheControl, bodies } = page
  const headers: [string, string][] = [
    ['ETag', tagOf(page, encoding)],
    ['Cache-Control', cacheControl],
  ]
  if (bodies.br) headers.push(['Vary', 'Accept-Encoding'])
  if (status === 304) return headers
  headers.push(
    ['Content-Type', type],
    ['Content-Length', String((bodies[encoding] ?? bodies.identity).length)],
  )
  if (encoding !== 'identity') headers.push(['Content-Encoding', encoding])
  return headers
}
