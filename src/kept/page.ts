import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Encoding } from './negotiate.ts'

/** A public answer as it goes out, in every encoding. */
export interface KeptPage {
  readonly type: string
  readonly cacheControl: string
  readonly bodies: Readonly<Partial<Record<Encoding, Buffer>>> & { readonly identity: Buffer }
  /** Of the content: the same in every process that made the same page. */
  readonly tag: string
  /** Headers ready to be written, made when they are first needed. */
  readonly heads: Map<string, string[]>
  readonly bytes: number
}

/** What a rendering gives. */
export interface Rendered {
  readonly body: string | Buffer
  readonly type: string
  /** By default browsers ask each time whether it is still so. */
  readonly cacheControl?: string
}

const REVALIDATE = 'no-cache'
// Done at every change. Measured on a campaign's page of 31 KB: quality 7 makes 7,253 bytes in 0.7 ms, 9 makes 7,242
// in 10 ms, 5 makes 7,582 in 0.5 ms.
const BROTLI_QUALITY = 7
const GZIP_LEVEL = 6
const TAG_CHARACTERS = 22

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)

// As small as they can be already.
const PACKED = ['image/png', 'application/pdf']

/** Packs a rendering in every encoding that makes it smaller. */
export async function packPage({ body, type, cacheControl = REVALIDATE }: Rendered): Promise<KeptPage> {
  const identity = typeof body === 'string' ? Buffer.from(body) : body
  const packed = PACKED.includes(type) ? {} : await pack(identity)
  const bodies = { identity, ...packed }
  const tag = createHash('sha256').update(identity).digest('base64url').slice(0, TAG_CHARACTERS)
  const bytes = Object.values(bodies).reduce((sum, { length }) => sum + length, 0)
  return { type, cacheControl, bodies, tag, heads: new Map(), bytes }
}

async function pack(plain: Buffer): Promise<{ br: Buffer; gzip: Buffer }> {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
  }
  const [br, gzipped] = await Promise.all([brotli(plain, { params }), zip(plain, { level: GZIP_LEVEL })])
  return { br, gzip: gzipped }
}
