import { type Dice, rollDice } from '../../seeds/dice.ts'

/** The dice of the seeds, with what tests need beside. */
export interface SeededRandom extends Dice {
  /** The items in another order; the given list stays as it is. */
  shuffled<Item>(items: readonly Item[]): Item[]
  bytes(count: number): Uint8Array
}

export function seededRandom(seed: number): SeededRandom {
  const dice = rollDice(seed)
  return {
    ...dice,
    shuffled(items) {
      const mixed = [...items]
      for (let at = mixed.length - 1; at > 0; at -= 1) {
        const other = dice.below(at + 1)
        ;[mixed[at], mixed[other]] = [mixed[other]!, mixed[at]!]
      }
      return mixed
    },
    bytes: (count) => Uint8Array.from({ length: count }, () => dice.below(256)),
  }
}

/** The seed of this run: `SEED=` of the environment replays one, which a failing test prints. */
export function seedOfRun(): number {
  const given = process.env.SEED
  return given === undefined || given === '' ? (Math.random() * 2 ** 32) >>> 0 : Number(given)
}
