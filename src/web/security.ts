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
export const securityHeaders: MiddlewareHandler = async (c, next) => {
  await next()
  c.header('Content-Security-Policy', CONTENT_SECURITY_POLICY)
  c.header('X-Content-Type-Options', 'nosniff')
  // Not no-referrer: browsers would then send `Origin: null` with our own forms.
  c.header('Referrer-Policy', 'same-origin')
  c.header('Cross-Origin-Opener-Policy', 'same-origin')
  c.header('Cross-Origin-Resource-Policy', 'same-site')
  c.header('Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=()')
  if (c.req.url.startsWith('https:') || c.req.header('X-Forwarded-Proto') === 'https') {
    c.header('Strict-Transport-Security', 'max-age=31536000; includeSubDomains')
  }
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
