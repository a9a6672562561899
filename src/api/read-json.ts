import type { Context } from 'hono'
import type { ProblemName } from './problems.ts'

export type JsonReading =
  | { readonly ok: true; readonly value: unknown }
  | {
      readonly ok: false
      readonly status: Extract<ProblemName, 'content_type_unsupported' | 'json_unreadable'>
    }

// Made once: it keeps nothing between texts, and making one costs more than reading an order.
const UTF8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Reads the body as JSON (RFC 8259): UTF-8 only, and no key twice in an object, because two readers of such a
 * text would see two different wishes.
 */
export async function readJson(c: Context): Promise<JsonReading> {
  if (!isJson(c.req.header('Content-Type') ?? '')) return { ok: false, status: 'content_type_unsupported' }
  const bytes = await c.req.arrayBuffer()
  try {
    const text = UTF8.decode(bytes)
    const value: unknown = JSON.parse(text)
    return repeatsKey(text, value) ? { ok: false, status: 'json_unreadable' } : { ok: true, value }
  } catch {
    return { ok: false, status: 'json_unreadable' }
  }
}

function isJson(contentType: string): boolean {
  return /^application\/json\s*(?:;\s*charset="?utf-8"?\s*)?$/i.test(contentType.trim())
}

/**
 * Whether a flat object has a key twice. In a text that is JSON, a string before a colon is a key. Objects with
 * objects inside are left alone: no field takes one.
 */
function repeatsKey(text: string, value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const values = Object.values(value)
  if (values.some((inside) => typeof inside === 'object' && inside !== null)) return false
  const strings = text.match(/"(?:[^"\\]|\\.)*"\s*:?/gs) ?? []
  return strings.filter((string) => string.endsWith(':')).length > values.length
}
