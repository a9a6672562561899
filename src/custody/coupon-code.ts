import { createHmac, timingSafeEqual } from 'node:crypto'

// Crockford's 32 letters and digits: no I, L, O or U, so that a code survives being read out.
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const CODE_BYTES = 5

/**
 * The 8 characters printed on a coupon, which only somebody who holds it knows: HMAC-SHA-256 of its campaign and
 * number, cut to 40 bits. `key` is the key derived for coupon codes.
 */
export function couponCode(key: Uint8Array, campaignId: string, number: number): string {
  const bytes = createHmac('sha256', key).update(`${campaignId}:${number}`).digest().subarray(0, CODE_BYTES)
  const bits = BigInt(`0x${bytes.toString('hex')}`)
  return Array.from({ length: 8 }, (_, at) => LETTERS[Number((bits >> BigInt(35 - at * 5)) & 31n)]).join('')
}

/** Whether `text`, as somebody typed it, is the code of that coupon. Takes I and L for 1, O for 0, any case. */
export function isCouponCode(key: Uint8Array, campaignId: string, number: number, text: string): boolean {
  const typed = text.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll(/[IL]/g, '1').replaceAll('O', '0')
  if (!/^[0-9A-Z]{8}$/.test(typed)) return false
  return timingSafeEqual(Buffer.from(typed), Buffer.from(couponCode(key, campaignId, number)))
}
