import fc from 'fast-check'
import { expect, test } from 'vitest'
import { layers } from './layers.ts'

const counts = {
  goal: 1000,
  available: 328,
  allotted: 20,
  reserved: 30,
  sold: 612,
  void: 10,
  banked: 204,
  inHand: 0,
}

test('what is promised is not given, and what is given is banked or on its way', () => {
  expect(layers(counts)).toEqual({ promised: 30, inHand: 0, onItsWay: 408, banked: 204, given: 612 })
})

test('cash with ambassadors is a layer of its own', () => {
  expect(layers({ ...counts, inHand: 100 })).toMatchObject({ inHand: 100, onItsWay: 308, given: 612 })
})

test('the layers of what is given always add up to it', () => {
  const some = fc.nat({ max: 1000 })
  fc.assert(
    fc.property(
      some,
      some,
      some,
      some,
      some,
      some,
      (available, reserved, spoilt, inHand, onItsWay, banked) => {
        const sold = inHand + onItsWay + banked
        const goal = available + reserved + spoilt + sold
        const made = layers({ goal, available, allotted: 0, reserved, sold, void: spoilt, banked, inHand })
        expect(made).toEqual({ promised: reserved, inHand, onItsWay, banked, given: sold })
      },
    ),
    { seed: 21 },
  )
})

test('coupons that appear, vanish or are banked before they are given are a bug', () => {
  expect(() => layers({ ...counts, available: 329 })).toThrow(RangeError)
  expect(() => layers({ ...counts, sold: 611 })).toThrow(RangeError)
  expect(() => layers({ ...counts, banked: 613 })).toThrow(RangeError)
  expect(() => layers({ ...counts, available: 329, reserved: 29.5, void: 9.5 })).toThrow(RangeError)
  expect(() => layers({ ...counts, available: 359, reserved: -1 })).toThrow(RangeError)
  expect(() => layers({ ...counts, inHand: 409 })).toThrow(RangeError)
  expect(() => layers({ ...counts, inHand: -1 })).toThrow(RangeError)
})
