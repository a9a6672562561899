// Ships to the browser: keep it tiny and free of imports.

export const COUPON_STATES = ['available', 'allotted', 'reserved', 'sold', 'void'] as const

export type CouponState = (typeof COUPON_STATES)[number]

/** What the public sees of a coupon: `promised` is reserved, `given` is sold, `banked` is given and on the statement. */
export type BrickState = 'available' | 'promised' | 'given' | 'banked' | 'void'

export type BrickRun = { state: BrickState; count: number }

/** Coupons in one order. */
export const MAX_QUANTITY = 50

/** Bricks in one house: what `decodeBricks` is ready to make room for. */
export const MAX_BRICKS = 1_000_000

const STATES: Record<string, BrickState> = {
  a: 'available',
  p: 'promised',
  g: 'given',
  b: 'banked',
  v: 'void',
}

/** The bricks in order as a short ASCII text, one letter and one count a run: `b204g408p30a358`. */
export function encodeBricks(states: readonly BrickState[]): string {
  return encodeRuns(states.map((state) => ({ state, count: 1 })))
}

/** The same text from runs, as a database gives them; neighbours of one state are joined, empty runs dropped. */
export function encodeRuns(runs: readonly BrickRun[]): string {
  let code = ''
  let open: BrickRun | undefined
  for (const { state, count } of runs) {
    if (count === 0) continue
    if (open?.state === state) open.count += count
    else {
      if (open) code += open.state.charAt(0) + open.count
      open = { state, count }
    }
  }
  return open ? code + open.state.charAt(0) + open.count : code
}

/** The bricks of a text made by `encodeBricks`. Throws RangeError when malformed or above `MAX_BRICKS`. */
export function decodeBricks(code: string): BrickState[] {
  if (!/^(?:[apgbv][1-9]\d{0,6})*$/.test(code)) throw new RangeError('Not a code of bricks')
  const states: BrickState[] = []
  for (const run of code.match(/[a-z]\d+/g) ?? []) {
    const end = states.length + Number(run.slice(1))
    if (end > MAX_BRICKS) throw new RangeError('Too many bricks')
    while (states.length < end) states.push(STATES[run.charAt(0)] as BrickState)
  }
  return states
}
