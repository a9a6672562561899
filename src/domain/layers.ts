/**
 * Coupons of one campaign by state, in one snapshot. Of those that are `sold`, `banked` are on the association's
 * statement, and `inHand` are cash with ambassadors.
 */
export type Counts = {
  goal: number
  available: number
  allotted: number
  reserved: number
  sold: number
  void: number
  banked: number
  inHand: number
}

/** Progress, in coupons, never as one number: `given` is `inHand` + `onItsWay` + `banked`. */
export type Layers = { promised: number; inHand: number; onItsWay: number; banked: number; given: number }

/**
 * The layers of progress: promised (reserved, unpaid), in hand (cash with ambassadors), on its way (paid,
 * not yet on the statement), banked. Throws when the counts do not add up to the goal: coupons are conserved.
 */
export function layers(counts: Counts): Layers {
  const { inHand } = counts
  const onItsWay = counts.sold - counts.banked - inHand
  const isWhole = [...Object.values(counts), onItsWay].every((n) => Number.isSafeInteger(n) && n >= 0)
  const total = counts.available + counts.allotted + counts.reserved + counts.sold + counts.void
  if (!isWhole || total !== counts.goal) throw new RangeError('The coupons of the campaign do not add up')
  return { promised: counts.reserved, inHand, onItsWay, banked: counts.banked, given: counts.sold }
}
