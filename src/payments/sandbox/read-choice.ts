import type { Context } from 'hono'
import { z } from 'zod'
import type { Problem } from '../../web/problem.ts'
import { CALLBACK_MODES, type CallbackMode, OUTCOMES, type Outcome } from './decide.ts'

const shape = z.strictObject({
  outcome: z.enum(OUTCOMES),
  callback: z.enum(CALLBACK_MODES).default('before_return'),
})

export type Choice =
  | { readonly ok: true; readonly outcome: Outcome; readonly mode: CallbackMode }
  /** Without a problem a form was sent: its page is shown again. */
  | { readonly ok: false; readonly problem?: Problem }

export function isJson(c: Context): boolean {
  return /^application\/json\b/.test(c.req.header('Content-Type') ?? '')
}

/** What was chosen on the page: a pressed button, or the same from a script. */
export async function readChoice(c: Context): Promise<Choice> {
  if (isJson(c)) return readJson(await c.req.text())
  const { outcome } = await c.req.parseBody().catch(() => ({ outcome: undefined }))
  const parsed = shape.safeParse({ outcome })
  return parsed.success
    ? { ok: true, outcome: parsed.data.outcome, mode: parsed.data.callback }
    : { ok: false }
}

function readJson(text: string): Choice {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { ok: false, problem: { status: 400, code: 'malformed', title: 'The body is not JSON' } }
  }
  const parsed = shape.safeParse(value)
  if (parsed.success) return { ok: true, outcome: parsed.data.outcome, mode: parsed.data.callback }
  const errors = parsed.error.issues.map(({ path, code, message }) => ({
    field: path.join('.'),
    code: code === 'unrecognized_keys' ? 'unknown_field' : 'unreadable',
    message,
  }))
  return { ok: false, problem: { status: 422, code: 'invalid', title: 'The choice cannot be read', errors } }
}
