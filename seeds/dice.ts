/** Numbers that look random and come again with the same seed (mulberry32, by Tommy Ettinger, public domain). */
export interface Dice {
  /** From 0 up to but not 1. */
  next(): number
  /** A whole number from 0 to `limit - 1`. */
  below(limit: number): number
  pick<Item>(items: readonly Item[]): Item
  /** An item by its weight; at least one weight is above 0. */
  weighted<Item>(items: readonly (readonly [Item, number])[]): Item
}

export function rollDice(seed: number): Dice {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return {
    next,
    below,
    pick: (items) => items[below(items.length)]!,
    weighted(items) {
      let rest = next() * items.reduce((sum, [, weight]) => sum + weight, 0)
      const found = items.find(([, weight]) => {
        rest -= weight
        return rest < 0
      })
      return (found ?? items.at(-1)!)[0]
    },
  }
}
