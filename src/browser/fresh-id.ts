/**
 * A UUIDv7 (RFC 9562, 5.7) from the time in milliseconds and ten random bytes: what `newId` makes, small enough
 * for a page.
 */
export function freshId(nowMs: number, random: Uint8Array): string {
  const time = nowMs.toString(16).padStart(12, '0')
  const digits = Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('')
  const variant = '89ab'[random[9]! & 3]
  const tail = `${variant}${digits.slice(3, 6)}-${digits.slice(6, 18)}`
  return `${time.slice(0, 8)}-${time.slice(8)}-7${digits.slice(0, 3)}-${tail}`
}
