import { createHash, createHmac, pbkdf2Sync } from 'node:crypto'

const ITERATIONS = 4096
const HASH_BYTES = 32
const SALT_BYTES = 16

/**
 * What PostgreSQL keeps of a password (SCRAM-SHA-256, RFC 5803), so that the password itself never
 * appears in a statement or a server's log. `password` is plain ASCII, `salt` has at least 16 bytes.
 */
export function scramVerifier(password: string, salt: Buffer): string {
  const short = salt.subarray(0, SALT_BYTES)
  const salted = pbkdf2Sync(password, short, ITERATIONS, HASH_BYTES, 'sha256')
  const storedKey = createHash('sha256').update(hmac(salted, 'Client Key')).digest('base64')
  const serverKey = hmac(salted, 'Server Key').toString('base64')
  return `SCRAM-SHA-256$${ITERATIONS}:${short.toString('base64')}$${storedKey}:${serverKey}`
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
