import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { MiddlewareHandler } from 'hono'
import { preferredEncoding } from './kept/negotiate.ts'

// Below this the saving is smaller than a packet.
const LEAST_BYTES = 1024
// Brotli takes longer than one reader's page is worth.
const GZIP = ['gzip', 'identity'] as const

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
  if (preferredEncoding(c.req.header('Accept-Encoding'), GZIP) !== 'gzip') return
  const plain = new Uint8Array(await c.res.arrayBuffer())
  const isSmall = plain.length < LEAST_BYTES
  const body = isSmall ? plain : new Uint8Array(await promisify(gzip)(plain))
  const { status } = c.res
  c.res = undefined
  c.res = new Response(body, { status, headers })
  if (!isSmall) c.res.headers.set('Content-Encoding', 'gzip')
  c.res.headers.delete('Content-Length')
}

function isText(type: string | null): boolean {
  return /^(?:text\/(?!event-stream)|image\/svg|application\/(?:[\w.-]+\+)?(?:json|xml))/.test(type ?? '')
}
