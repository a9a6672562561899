import { checkDigits } from './mod97.ts'

export type CheckedReference =
  | { ok: true; reference: string }
  | { ok: false; status: 'not_a_reference' | 'wrong_check_digits' }

/** Orders of one campaign that have a reference of their own, in digits. */
const SEQUENCE_DIGITS = 7
const MAX_TYPED_CHARACTERS = 64

/**
 * The creditor reference of an order, for the contributor to copy into a transfer: `RF`, check digits, the
 * campaign's code (1 to 8 letters A-Z), the order's number in the campaign (1 to 9,999,999, seven digits).
 * Letters first and digits of one width, because the ISO check alone misses a digit typed as a letter one
 * time in 97, and never finds `1B` swapped to `B1`: the shape shows these. Throws RangeError on anything else.
 */
export function orderReference(sequence: number, campaignCode: string): string {
  if (!/^[A-Z]{1,8}$/.test(campaignCode)) throw new RangeError('A campaign code is 1 to 8 letters A-Z')
  const isSequence = Number.isSafeInteger(sequence) && sequence >= 1 && sequence < 10 ** SEQUENCE_DIGITS
  if (!isSequence) throw new RangeError('The number of an order is beyond its reference')
  return makeReference(campaignCode + String(sequence).padStart(SEQUENCE_DIGITS, '0'))
}

/**
 * Checks a reference said to be of an order. One wrong character and two swapped neighbours are always
 * found, also a letter in place of a digit.
 */
export function checkOrderReference(text: string): CheckedReference {
  const checked = checkReference(text)
  if (!checked.ok || /^RF\d{2}[A-Z]{1,8}\d{7}$/.test(checked.reference)) return checked
  return { ok: false, status: 'not_a_reference' }
}

/** The ISO 11649 reference of a body of 1 to 21 characters 0-9 A-Z. Throws RangeError on any other body. */
export function makeReference(body: string): string {
  if (!/^[0-9A-Z]{1,21}$/.test(body)) throw new RangeError('A reference body is 1 to 21 of 0-9 A-Z')
  return `RF${checkDigits('RF', body)}${body}`
}

/** Reads any ISO 11649 reference, spaces and lower case tolerated, into its canonical form. */
export function checkReference(text: string): CheckedReference {
  if (text.length > MAX_TYPED_CHARACTERS) return { ok: false, status: 'not_a_reference' }
  const reference = text.replace(/\s/g, '').replace(/[a-z]/g, (letter) => letter.toUpperCase())
  if (!/^RF\d{2}[0-9A-Z]{1,21}$/.test(reference)) return { ok: false, status: 'not_a_reference' }
  // Made anew and compared, because 00, 01 and 99 would pass a bare remainder test in place of 97, 98 and 02.
  if (makeReference(reference.slice(4)) !== reference) return { ok: false, status: 'wrong_check_digits' }
  return { ok: true, reference }
}

/** The reference in groups of four, as ISO 11649 prints it: `RF18 5390 0754 7034`. */
export function spacedReference(reference: string): string {
  return reference.replace(/(.{4})(?=.)/g, '$1 ')
}
