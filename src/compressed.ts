import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Context, MiddlewareHandler } from 'hono'

// Below this the saving is smaller than a packet.
const LEAST_BYTES = 1024

/**
 * Compresses the pages and documents that are made for one reader, whole and not as a stream: a stream would go on
 * as slowly as its reader reads. Answers to programs that post are too small to gain by it.
 */
export const compressed: MiddlewareHandler = async (c, next) => {
  await next()
  if (c.req.method === 'HEAD' || (c.req.method === 'POST' && c.req.path.startsWith('/api/'))) return
  const { headers } = c.res
  // What has a tag was negotiated already: its tag names these very bytes.
  if (!isText(headers.get('Content-Type')) || headers.has('Content-Encoding') || headers.has('ETag')) return
  if (!headers.get('Vary')?.includes('Accept-Encoding')) headers.append('Vary', 'Accept-Encoding')
  if (!acceptsEncoding(c, 'gzip')) return
  const plain = new Uint8Array(await c.res.arrayBuffer())
  const isSmall = plain.length < LEAST_BYTES
  const body = isSmall ? plain : new Uint8Array(await promisify(gzip)(plain))
  const { status } = c.res
  c.res = undefined
  c.res = new Response(body, { status, headers })
  if (!isSmall) c.res.headers.set('Content-Encoding', 'gzip')
  c.res.headers.delete('Content-Length')
}

/** Whether the reader takes this encoding (RFC 9110, 12.5.3); `q=0` says no. */
export function acceptsEncoding(c: Context, encoding: string): boolean {
  const wanted = (c.req.header('Accept-Encoding') ?? '')
    .split(',')
    .map((part) => part.trim().split(/\s*;\s*/))
  return wanted.some(([name, quality]) => name === encoding && !/^q=0(?:\.0*)?$/.test(quality ?? ''))
}

function isText(type: string | null): boolean {
  return /^(?:text\/(?!event-stream)|image\/svg|application\/(?:[\w.-]+\+)?(?:json|xml))/.test(type ?? '')
}
