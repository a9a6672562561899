import { plainDigits } from './digits.ts'

export type NormalisedPhone = { ok: true; phone: string } | { ok: false; status: 'unreadable' }

const MAX_TYPED_CHARACTERS = 40

/**
 * Reads a telephone number into E.164: `+212612345678`. Moroccan numbers (05 fixed, 06 and 07 mobile) may be
 * typed as `06 12 34 56 78`, `+212 (0)6...`, `00212...` or `212...`; other countries need `+` or `00` and
 * 8 to 15 digits. Spaces, dots, dashes, slashes and brackets are tolerated, Arabic digits too.
 */
export function normalisePhone(text: string): NormalisedPhone {
  if (text.length > MAX_TYPED_CHARACTERS) return { ok: false, status: 'unreadable' }
  const typed = plainDigits(text).replace(/[\s./()\u2010-\u2014-]/g, '')
  const digits = typed.replace(/^(?:\+|00)/, '')
  const isInternational = digits.length < typed.length
  const moroccan = isInternational
    ? /^2120?([5-7]\d{8})$/.exec(digits)
    : /^(?:0|2120?)([5-7]\d{8})$/.exec(digits)
  if (moroccan) return { ok: true, phone: `+212${moroccan[1]}` }
  const isForeign = isInternational && /^[1-9]\d{7,14}$/.test(digits) && !digits.startsWith('212')
  return isForeign ? { ok: true, phone: `+${digits}` } : { ok: false, status: 'unreadable' }
}
