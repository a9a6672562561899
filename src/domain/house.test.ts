import { brotliCompressSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { BrickState } from './coupon.ts'
import {
  brickAt,
  brickCount,
  brickOf,
  brickPositions,
  brickSize,
  bricksPath,
  HOUSE,
  housePaths,
} from './house.ts'

const seeded = { seed: 21, numRuns: 60 }
const anyCount = fc.integer({ min: 1, max: HOUSE.maxBricks })
const anyState = fc.constantFrom<BrickState>('available', 'promised', 'given', 'banked', 'void')

test('every goal up to a thousand has exactly as many bricks, all of them visible', () => {
  fc.assert(
    fc.property(anyCount, (count) => {
      const bricks = brickPositions(count)
      expect(bricks).toHaveLength(count)
      expect(Math.min(...bricks.map((brick) => brick.width))).toBeGreaterThan(0)
    }),
    seeded,
  )
})

test('bricks stay inside the drawing and never overlap', () => {
  fc.assert(
    fc.property(anyCount, (count) => {
      const bricks = brickPositions(count)
      bricks.forEach((brick, index) => {
        const next = bricks[index + 1]
        expect(brick.x).toBeGreaterThanOrEqual(HOUSE.left)
        expect(brick.x + brick.width).toBeLessThanOrEqual(HOUSE.left + HOUSE.width)
        if (next?.y === brick.y) expect(next.x).toBeGreaterThan(brick.x + brick.width)
      })
    }),
    seeded,
  )
})

test('the house grows from the ground up', () => {
  const heights = brickPositions(1000).map((brick) => brick.y)
  expect(heights[0]).toBeGreaterThan(HOUSE.ground - 2 * brickSize(1000).row)
  expect(heights).toEqual([...heights].sort((one, other) => other - one))
})

test('above a thousand coupons each brick stands for as many', () => {
  expect(brickCount(2500)).toBe(1000)
  expect([1, 2, 3, 2500].map((coupon) => brickOf(coupon, 2500))).toEqual([0, 0, 0, 999])
  const states = Array.from(
    { length: 2500 },
    (_, index): BrickState => (index < 1000 ? 'given' : 'available'),
  )
  expect(housePaths(states).given?.split('h')).toHaveLength(400 + 1)
})

test('there is one path for each state that occurs, and every brick is in one', () => {
  fc.assert(
    fc.property(fc.array(anyState, { minLength: 1, maxLength: 200 }), (states) => {
      const paths = housePaths(states)
      expect(Object.keys(paths).sort()).toEqual([...new Set(states)].sort())
      const drawn = Object.values(paths).join('').split('h').length - 1
      expect(drawn).toBe(states.length)
    }),
    seeded,
  )
})

test('a path leads to the same places as the positions', () => {
  const count = 40
  let x = 0
  let y = 0
  const walked = [...bricksPath([...Array(count).keys()], count).matchAll(/m(-?\d+) ?(-?\d+)h(\d+)/g)].map(
    ([, right, down, width]) => {
      x += Number(right)
      y += Number(down)
      const brick = { x, y, width: Number(width) }
      x += brick.width
      return brick
    },
  )
  expect(walked).toEqual(brickPositions(count))
})

test('a tap in the middle of a brick finds it, a tap on the door or beside the house finds none', () => {
  fc.assert(
    fc.property(anyCount, fc.nat(), (count, pick) => {
      const bricks = brickPositions(count)
      const index = pick % count
      const brick = bricks[index]!
      expect(brickAt(brick.x + brick.width / 2, brick.y, count)).toBe(index)
    }),
    seeded,
  )
  expect(brickAt(225, 800, 1000)).toBeUndefined()
  expect(brickAt(1000, 200, 1000)).toBeUndefined()
})

test('a thousand bricks in any mix of states are under 6 KB compressed', () => {
  const size = (states: BrickState[]) =>
    brotliCompressSync(Object.values(housePaths(states)).join(' ')).length
  fc.assert(
    fc.property(fc.array(anyState, { minLength: 1000, maxLength: 1000 }), (states) => {
      expect(size(states)).toBeLessThan(4000)
    }),
    { seed: 21, numRuns: 10 },
  )
})
