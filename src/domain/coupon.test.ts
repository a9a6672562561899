import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type BrickState, decodeBricks, encodeBricks, encodeRuns, MAX_BRICKS } from './coupon.ts'

const seeded = { seed: 21 }
const anyState = fc.constantFrom<BrickState>('available', 'promised', 'given', 'banked', 'void')

test('a house half built is a few letters and counts', () => {
  const runs = [
    { state: 'banked', count: 204 },
    { state: 'given', count: 408 },
    { state: 'promised', count: 30 },
    { state: 'available', count: 358 },
  ] as const
  expect(encodeRuns(runs)).toBe('b204g408p30a358')
  expect(decodeBricks('b204g408p30a358')).toHaveLength(1000)
})

test('neighbouring runs of one state are joined and empty ones left out', () => {
  const runs = [
    { state: 'given', count: 2 },
    { state: 'void', count: 0 },
    { state: 'given', count: 3 },
    { state: 'void', count: 1 },
  ] as const
  expect(encodeRuns(runs)).toBe('g5v1')
  expect(runs[0].count).toBe(2)
})

test('no bricks are an empty text', () => {
  expect(encodeBricks([])).toBe('')
  expect(decodeBricks('')).toEqual([])
})

test('the bricks come out of the text as they went in', () => {
  fc.assert(
    fc.property(fc.array(anyState, { maxLength: 1200 }), (states) => {
      const code = encodeBricks(states)
      expect(code).toMatch(/^(?:[apgbv][1-9]\d*)*$/)
      expect(decodeBricks(code)).toEqual(states)
    }),
    seeded,
  )
})

test.each(['x5', '5', 'a', 'a0', 'a-1', 'a1.5', 'a1 ', 'A5', 'a05', 'a5b', 'a٥', 'a1e3'])(
  '"%s" is refused as malformed',
  (code) => {
    expect(() => decodeBricks(code)).toThrow(RangeError)
  },
)

test('a million bricks are decoded and one more is refused before room is made for it', () => {
  expect(decodeBricks(`g${MAX_BRICKS}`)).toHaveLength(MAX_BRICKS)
  expect(() => decodeBricks(`g${MAX_BRICKS}a1`)).toThrow(RangeError)
  expect(() => decodeBricks('g9999999')).toThrow(RangeError)
  expect(() => decodeBricks('g99999999999')).toThrow(RangeError)
})

test('a million bricks of alternating states survive too', () => {
  const code = 'g1a1'.repeat(MAX_BRICKS / 2)
  expect(encodeBricks(decodeBricks(code))).toBe(code)
})
