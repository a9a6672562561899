/** The middle of several measurements and how far they lie apart. */
export interface Spread {
  readonly median: number
  readonly least: number
  readonly most: number
}

/** Of at least one figure. */
export function spread(figures: readonly number[]): Spread {
  const sorted = [...figures].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
  return { median, least: sorted[0]!, most: sorted.at(-1)! }
}

/** Figure by figure, one series as a share of another of the same rounds. */
export function shares(figures: readonly number[], beside: readonly number[]): Spread {
  return spread(figures.map((figure, round) => figure / beside[round]!))
}
