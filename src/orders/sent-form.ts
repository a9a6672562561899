import type { Context } from 'hono'
import { plainDigits } from '../domain/digits.ts'

/** What a browser, or anybody, sent as a form: one text a name. */
export interface SentForm {
  /** The text of a field; undefined when absent, null when repeated or a file: no rule accepts null. */
  value(name: string): string | null | undefined
  /** The same for showing it again: the first text, or an empty one. */
  shown(name: string): string
}

/** Reads a form of either encoding. What is not a form at all reads as one without fields: never throws. */
export async function readForm(c: Context): Promise<SentForm> {
  const fields = await fieldsOf(c)
  return {
    value(name) {
      const [first, ...more] = fields.getAll(name)
      if (first === undefined) return undefined
      return typeof first === 'string' && more.length === 0 ? first : null
    },
    shown(name) {
      const first = fields.get(name)
      return typeof first === 'string' ? first : ''
    },
  }
}

/** A typed whole number, in Western or Arabic digits, up to nine of them; else the text as it came. */
export function wholeNumber(text: string | null | undefined): number | string | null | undefined {
  if (typeof text !== 'string') return text
  const plain = plainDigits(text).trim()
  return /^\d{1,9}$/.test(plain) ? Number(plain) : text
}

async function fieldsOf(c: Context): Promise<URLSearchParams | FormData> {
  const type = c.req.header('Content-Type') ?? ''
  if (type.startsWith('application/x-www-form-urlencoded')) return new URLSearchParams(await c.req.text())
  if (!type.startsWith('multipart/form-data')) return new URLSearchParams()
  try {
    return await c.req.formData()
  } catch {
    return new URLSearchParams()
  }
}
