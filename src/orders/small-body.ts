import type { Context, MiddlewareHandler } from 'hono'
import { bodyAtMost } from '../web/body-at-most.ts'

/** The largest form here is a name, a contact and 140 characters: this is a hundred times that. */
const MAX_BYTES = 64 * 1024

/** Refuses a body that no form of ours can be, with the page that `answer` makes. */
export function smallBody(answer: (c: Context) => Promise<Response> | Response): MiddlewareHandler {
  return bodyAtMost(MAX_BYTES, answer)
}
