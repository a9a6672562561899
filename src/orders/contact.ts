import { normaliseEmail } from '../domain/email.ts'
import { normalisePhone } from '../domain/phone.ts'

export type ReadContact =
  | { readonly ok: true; readonly email: string | null; readonly phone: string | null }
  | { readonly ok: false; readonly status: 'contact_needed' | 'email_unreadable' | 'phone_unreadable' }

/** The one field "email or phone": what holds a letter or an @ is meant as an email. */
export function contactKind(text: string): 'email' | 'phone' {
  return /[@\p{L}]/u.test(text) ? 'email' : 'phone'
}

/** Reads a way to reach somebody; an empty one is refused. */
export function readContact(text: string | null | undefined): ReadContact {
  if (typeof text !== 'string' || text.trim() === '') return { ok: false, status: 'contact_needed' }
  if (contactKind(text) === 'email') {
    const read = normaliseEmail(text)
    return read.ok ? { ok: true, email: read.email, phone: null } : { ok: false, status: 'email_unreadable' }
  }
  const read = normalisePhone(text)
  return read.ok ? { ok: true, email: null, phone: read.phone } : { ok: false, status: 'phone_unreadable' }
}
