import type { Context, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'

/** The largest form here is a name, a contact and 140 characters: this is a hundred times that. */
const MAX_BYTES = 64 * 1024

/** Refuses a body that no form of ours can be, with the page that `answer` makes. */
export function smallBody(answer: (c: Context) => Promise<Response> | Response): MiddlewareHandler {
  return bodyLimit({ maxSize: MAX_BYTES, onError: answer })
}
