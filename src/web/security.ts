import type { ServerResponse } from 'node:http'
import type { MiddlewareHandler } from 'hono'
import { problemResponse } from './problem.ts'

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Headers of every answer (OWASP ASVS 5.0, chapter 3.4). Addresses hold keys of orders: no referrer leaves the site. */
export const SECURITY_HEADERS = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  // Not no-referrer: browsers would then send `Origin: null` with our own forms.
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-site',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=()',
} as const

/** For who reached us by TLS, here or at a reverse proxy. */
export const STRICT_TRANSPORT = 'max-age=31536000; includeSubDomains'

const EVERY_HEADER = Object.entries(SECURITY_HEADERS)

/**
 * Puts the headers on every answer. Under Node they go on its own answer before anything is said: that costs a
 * tenth of changing a finished `Response`, and holds for what is written past Hono too.
 */
export const securityHeaders: MiddlewareHandler = async (c, next) => {
  const outgoing = (c.env as { outgoing?: ServerResponse } | undefined)?.outgoing
  if (!outgoing) await next()
  const set = (name: string, value: string) => outgoing?.setHeader(name, value) ?? c.header(name, value)
  for (const [name, value] of EVERY_HEADER) set(name, value)
  if (c.req.url.startsWith('https:') || c.req.header('X-Forwarded-Proto') === 'https') {
    set('Strict-Transport-Security', STRICT_TRANSPORT)
  }
  if (outgoing) await next()
}

/**
 * Refuses a change that another site's page sends (OWASP ASVS 5.0, 3.5.1). Old in-app browsers send neither
 * header: they are let through, and the session cookie is SameSite=Lax.
 */
export function sameOrigin(publicUrl: string): MiddlewareHandler {
  return async (c, next) => {
    if (c.req.method !== 'POST') return next()
    const origin = c.req.header('Origin')
    const site = c.req.header('Sec-Fetch-Site')
    const own = origin === undefined || origin === publicUrl || origin === new URL(c.req.url).origin
    if (!own || site === 'cross-site') {
      return problemResponse(c, {
        status: 403,
        code: 'other_origin',
        title: 'This form was sent from another site',
      })
    }
    return next()
  }
}
