/**
 * The whole truth about a campaign's progress at one position, in coupons, as the live stream sends it.
 * `given` includes `banked`; `bricks` is the code of `decodeBricks`, one brick a coupon up to 1000 bricks.
 */
export interface LiveProgress {
  readonly position: number
  readonly available: number
  readonly reserved: number
  readonly given: number
  readonly banked: number
  readonly goal: number
  readonly bricks: string
}
