import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import type { Context, Handler } from 'hono'
import { preferredEncoding } from './kept/negotiate.ts'

interface StaticFile {
  readonly type: string
  readonly plain: Uint8Array<ArrayBuffer>
  readonly packed: Readonly<Record<'br' | 'gzip', Uint8Array<ArrayBuffer>>> | undefined
}

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  woff2: 'font/woff2',
}
const PACKED = ['css', 'js', 'svg']
// The name says the content, so it never changes.
const FOR_EVER = 'public, max-age=31536000, immutable'

/** Serves the built files of one folder under `/assets/`, read and compressed once. */
export function staticAssets(folder: string): Handler {
  const files = new Map<string, StaticFile>()
  return async (c, next) => {
    const name = c.req.path.slice('/assets/'.length)
    const file = files.get(name) ?? (await readStatic(folder, name))
    if (!file) return next()
    files.set(name, file)
    return answer(c, file)
  }
}

function answer(c: Context, { type, plain, packed }: StaticFile): Response {
  c.header('Content-Type', type)
  c.header('Cache-Control', FOR_EVER)
  if (!packed) return c.body(plain, 200, { 'Content-Length': String(plain.length) })
  c.header('Vary', 'Accept-Encoding', { append: true })
  const encoding = preferredEncoding(c.req.header('Accept-Encoding'))
  if (encoding !== 'identity') c.header('Content-Encoding', encoding)
  const body = encoding === 'identity' ? plain : packed[encoding]
  return c.body(body, 200, { 'Content-Length': String(body.length) })
}

async function readStatic(folder: string, name: string): Promise<StaticFile | undefined> {
  const extension = /^\w[\w-]*\.(\w+)$/.exec(name)?.[1]
  const type = extension && TYPES[extension]
  if (!type) return undefined
  const plain = await readFile(join(folder, name)).catch(() => undefined)
  if (!plain) return undefined
  if (!PACKED.includes(extension)) return { type, plain, packed: undefined }
  const [br, zipped] = await Promise.all([promisify(brotliCompress)(plain), promisify(gzip)(plain)])
  return { type, plain, packed: { br, gzip: zipped } }
}
