/** The candidate that takes the fewest letters to change, add or drop. At least one candidate is needed. */
export function nearestName(name: string, candidates: readonly string[]): string {
  const [nearest] = [...candidates].sort((one, other) => distance(name, one) - distance(name, other))
  if (nearest === undefined) throw new Error('nearestName needs candidates')
  return nearest
}

/** Levenshtein's distance, one row of the table at a time. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1]
    for (const [j, other] of [...to].entries()) {
      const change = row[j]! + (letter === other ? 0 : 1)
      next.push(Math.min(change, row[j + 1]! + 1, next[j]! + 1))
    }
    row = next
  }
  return row[to.length]!
}
