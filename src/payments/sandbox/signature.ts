import { createHmac, createSecretKey, hkdfSync, type KeyObject, timingSafeEqual } from 'node:crypto'

export const SIGNATURE_HEADER = 'Sandbox-Signature'
const SECRET_MIN_BYTES = 16
/** How far the sender's clock may be from ours. */
const TOLERANCE_S = 300

const KEY_BYTES = 32

/** The key of callbacks out of the installation's secret. Throws when the secret is unset or too short. */
export function callbackKey(secret: string | undefined): KeyObject {
  const bytes = Buffer.from(secret ?? '')
  if (bytes.length < SECRET_MIN_BYTES) {
    throw new RangeError(`The sandbox needs a secret of at least ${SECRET_MIN_BYTES} bytes`)
  }
  return createSecretKey(Buffer.from(hkdfSync('sha256', bytes, '', 'twiza sandbox callback', KEY_BYTES)))
}

/** The value of the header for a body sent at `now`: `t=SECONDS,v1=HEX`, HMAC-SHA-256 over `SECONDS.BODY`. */
export function signCallback(key: KeyObject, body: string, now: Date): string {
  const seconds = Math.floor(now.getTime() / 1000)
  return `t=${seconds},v1=${digest(key, seconds, body).toString('hex')}`
}

/** Compares in constant time, and only then looks at the age. */
export function checkSignature(
  key: KeyObject,
  header: string | null,
  body: string,
  now: Date,
): 'right' | 'signature_missing' | 'signature_wrong' | 'too_old' {
  if (!header) return 'signature_missing'
  const match = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header)
  if (!match?.[1] || !match[2]) return 'signature_wrong'
  const seconds = Number(match[1])
  if (!timingSafeEqual(Buffer.from(match[2], 'hex'), digest(key, seconds, body))) return 'signature_wrong'
  const age = Math.abs(Math.floor(now.getTime() / 1000) - seconds)
  return age > TOLERANCE_S ? 'too_old' : 'right'
}

function digest(key: KeyObject, seconds: number, body: string): Buffer {
  return createHmac('sha256', key).update(`${seconds}.${body}`).digest()
}
