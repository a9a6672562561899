import type { Context, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'

/**
 * Refuses a body of more bytes with what `answer` makes. A body that says its length is judged by it, for Node lets
 * no more in than was said; only one in chunks is counted, which makes a stream of it and costs ten times as much.
 */
export function bodyAtMost(
  maxBytes: number,
  answer: (c: Context) => Response | Promise<Response>,
): MiddlewareHandler {
  const counted = bodyLimit({ maxSize: maxBytes, onError: answer })
  return async (c, next) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return next()
    const length = c.req.header('Content-Length')
    if (length === undefined || c.req.header('Transfer-Encoding')) return counted(c, next)
    return Number(length) <= maxBytes ? next() : answer(c)
  }
}
