import type { Lang } from './lang.ts'

const ARABIC_INDIC_ZERO = 0x0660
const PERSIAN_ZERO = 0x06f0

/**
 * What a person typed or pasted as a number, made plain: Arabic-Indic and Persian digits become 0-9,
 * their separators `٫` `٬` become `.` and `,`, and invisible direction marks go. Nothing else changes.
 */
export function plainDigits(text: string): string {
  return text
    .replace(/[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - ARABIC_INDIC_ZERO))
    .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - PERSIAN_ZERO))
    .replaceAll('\u066b', '.')
    .replaceAll('\u066c', ',')
}

/** A whole number as the pages write it: Western digits in Arabic too, and `10 000` but in English. */
export function formatNumber(value: number, lang: Lang): string {
  return new Intl.NumberFormat(lang === 'en' ? 'en' : 'fr', { useGrouping: value > 9999 }).format(value)
}
