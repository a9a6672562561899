import type { MiddlewareHandler } from 'hono'
import { DOCUMENT_PATH, OPERATIONS } from './operations.ts'
import { refuse } from './problems.ts'

interface KnownPath {
  readonly pattern: RegExp
  readonly allowed: readonly string[]
}

const PREFLIGHT_SECONDS = '86400'

/**
 * The door of `/api/v1`: says which paths and methods there are. Any page of the world may read; taking coupons
 * from another site's page is refused by `sameOrigin`, so its preflight is not granted either.
 */
export const apiGate: MiddlewareHandler = async (c, next) => {
  // The readable page is no part of it.
  if (c.req.path === '/api') return next()
  const known = KNOWN_PATHS.find(({ pattern }) => pattern.test(c.req.path))
  if (!known) return refuse(c, 'not_found')
  const isReadable = known.allowed.includes('GET')
  if (isReadable) c.header('Access-Control-Allow-Origin', '*')
  if (c.req.method === 'OPTIONS') {
    c.header('Allow', known.allowed.join(', '))
    if (isReadable) {
      c.header('Access-Control-Allow-Methods', 'GET, HEAD')
      c.header('Access-Control-Allow-Headers', '*')
      c.header('Access-Control-Max-Age', PREFLIGHT_SECONDS)
    }
    return c.body(null, 204)
  }
  if (!known.allowed.includes(c.req.method)) {
    c.header('Allow', known.allowed.join(', '))
    return refuse(c, 'method_not_allowed')
  }
  return next()
}

const KNOWN_PATHS: readonly KnownPath[] = [
  ...OPERATIONS.map(({ method, path }) => known(path, method)),
  known(DOCUMENT_PATH, 'get'),
]

function known(path: string, method: 'get' | 'post'): KnownPath {
  return {
    pattern: new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`),
    allowed: method === 'get' ? ['GET', 'HEAD', 'OPTIONS'] : ['POST', 'OPTIONS'],
  }
}
