/**
 * The remainder by 97 of an upper-case text of 0-9 and A-Z, read as one number in which A is 10 and Z is 35
 * (ISO 7064 MOD 97-10, as IBAN and ISO 11649 use it).
 */
export function mod97(text: string): number {
  let remainder = 0
  for (const character of text) {
    const value = Number.parseInt(character, 36)
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97
  }
  return remainder
}

/** The two check digits that make `prefix` + digits + `body` valid once the first four characters go last. */
export function checkDigits(prefix: string, body: string): string {
  return String(98 - mod97(`${body}${prefix}00`)).padStart(2, '0')
}
