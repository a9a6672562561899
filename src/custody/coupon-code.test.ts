import { expect, test } from 'vitest'
import { couponCode, isCouponCode } from './coupon-code.ts'

const key = Buffer.alloc(32, 7)
const campaign = '01890000-0000-7000-8000-000000000001'

test('a code is eight letters and digits, and another for every number and campaign', () => {
  const codes = Array.from({ length: 1000 }, (_, at) => couponCode(key, campaign, at + 1))
  for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/)
  expect(new Set(codes).size).toBe(1000)
  expect(couponCode(key, `${campaign}x`, 1)).not.toBe(codes[0])
})

test('a code is known again as people write it, and no other is', () => {
  const code = couponCode(key, campaign, 12)
  const written = code.toLowerCase().replaceAll('1', 'l').replaceAll('0', 'o')
  expect(isCouponCode(key, campaign, 12, ` ${written.slice(0, 4)}-${written.slice(4)} `)).toBe(true)
  for (const wrong of ['', code.slice(1), `${code}0`, couponCode(key, campaign, 13), 'ééééééé1']) {
    expect(isCouponCode(key, campaign, 12, wrong)).toBe(false)
  }
})
