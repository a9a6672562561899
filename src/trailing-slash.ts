import type { MiddlewareHandler } from 'hono'

const MOVED_FOR_GOOD = 308

/**
 * Sends an address that ends with a slash to the one without. The place is named within this site, so that
 * neither a forged Host nor a path of several slashes leads elsewhere.
 */
export const withoutTrailingSlash: MiddlewareHandler = async (c, next) => {
  // Cheap, and nearly always enough: making a URL costs more than finding the route.
  if (!c.req.path.endsWith('/')) return next()
  const { pathname, search } = new URL(c.req.url)
  const isRead = c.req.method === 'GET' || c.req.method === 'HEAD'
  if (!isRead || pathname === '/' || !pathname.endsWith('/')) return next()
  return c.redirect(`/${pathname.replace(/^[/\\]+|\/+$/g, '')}${search}`, MOVED_FOR_GOOD)
}
