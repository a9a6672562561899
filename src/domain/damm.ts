// The totally anti-symmetric quasigroup of order 10 from H. Michael Damm's thesis (Marburg, 2004).
const TABLE = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
]

/**
 * The Damm check digit of a number spoken or copied by hand: one wrong digit and two swapped neighbours
 * are always found. 572 gives 4. Throws RangeError unless `digits` is one or more of 0-9.
 */
export function dammDigit(digits: string): string {
  if (!/^[0-9]+$/.test(digits)) throw new RangeError('A Damm digit needs digits')
  return [...digits].reduce((row, digit) => TABLE[Number(row)]!.charAt(Number(digit)), '0')
}

/** True when the last of `digits` is the check digit of those before it. */
export function hasDammDigit(digits: string): boolean {
  return /^[0-9]{2,}$/.test(digits) && dammDigit(digits) === '0'
}

/**
 * A coupon's number as people say and print it: as wide as the goal, a dash, the check digit.
 * Coupon 42 of 1000 is `0042-7`. Throws RangeError outside 1..goal.
 */
export function couponLabel(number: number, goal: number): string {
  const isCoupon = Number.isSafeInteger(number) && Number.isSafeInteger(goal) && number >= 1 && number <= goal
  if (!isCoupon) throw new RangeError('A coupon number lies between 1 and the goal')
  const digits = String(number).padStart(String(goal).length, '0')
  return `${digits}-${dammDigit(digits)}`
}
