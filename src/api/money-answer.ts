/** An amount as the API writes it. Throws RangeError above 2^53 - 1, where a JSON number would be another one. */
export function moneyAnswer(minor: bigint, currency: string): { amountMinor: number; currency: string } {
  const amountMinor = Number(minor)
  if (!Number.isSafeInteger(amountMinor)) throw new RangeError('The amount is too large for a JSON number')
  return { amountMinor, currency }
}
