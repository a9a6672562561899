export type NormalisedEmail = { ok: true; email: string } | { ok: false; status: 'unreadable' }

const MAX_BYTES = 254
const MAX_LOCAL_BYTES = 64

/**
 * Reads an email address: one `@`, a dot in the domain, no space, control or bracket, at most 254 bytes
 * (RFC 5321). The whole address becomes lower case, because no real mailbox differs by case and one person
 * must not become two. Whether it exists is known only by writing to it.
 */
export function normaliseEmail(text: string): NormalisedEmail {
  if (text.length > MAX_BYTES * 2 || !text.isWellFormed()) return { ok: false, status: 'unreadable' }
  const email = text.trim().toLowerCase().normalize('NFC')
  const [local = '', domain = '', ...more] = email.split('@')
  const isReadable =
    more.length === 0 &&
    bytes(email) <= MAX_BYTES &&
    bytes(local) <= MAX_LOCAL_BYTES &&
    isLocalPart(local) &&
    isDomain(domain)
  return isReadable ? { ok: true, email } : { ok: false, status: 'unreadable' }
}

function isLocalPart(local: string): boolean {
  return local.split('.').every((atom) => /^[^\s\p{C}"(),:;<>[\\\]]+$/u.test(atom))
}

function isDomain(domain: string): boolean {
  const labels = domain.split('.')
  const isTopLevel = /^(?=.*\p{L}).{2,}$/u.test(labels.at(-1) ?? '')
  return labels.length >= 2 && isTopLevel && labels.every((label) => LABEL.test(label))
}

const LABEL = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?$/u

function bytes(text: string): number {
  return new TextEncoder().encode(text).length
}
