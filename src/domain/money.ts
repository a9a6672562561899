import { plainDigits } from './digits.ts'
import type { Lang } from './lang.ts'

export const CURRENCIES = ['MAD', 'EUR', 'USD', 'CAD', 'GBP', 'XOF', 'TND'] as const

export type Currency = (typeof CURRENCIES)[number]

/** An amount in whole minor units (centimes; whole francs for XOF; millimes for TND). */
export type Money = { readonly minor: bigint; readonly currency: Currency }

export type ParsedMoney =
  | { ok: true; money: Money }
  | { ok: false; status: 'unreadable' | 'negative' | 'too_many_decimals' | 'too_large' }

/** The largest amount, in minor units: what a JSON number still carries exactly. */
export const MAX_MINOR = 2n ** 53n - 1n

const MAX_TYPED_CHARACTERS = 64

const NO_BREAK_SPACE = '\u00a0'
const NARROW_NO_BREAK_SPACE = '\u202f'

// Digits after the separator (ISO 4217), the unit people say, and what else they type for it.
const UNITS: Record<Currency, { digits: number; unit: string; arabic?: string; typed: string[] }> = {
  MAD: { digits: 2, unit: 'DH', arabic: 'درهم', typed: ['DHS', 'دراهم', 'درهما', 'د.م.', 'د.م'] },
  EUR: { digits: 2, unit: '€', typed: ['EUROS', 'EURO'] },
  USD: { digits: 2, unit: 'US$', typed: ['$US', '$'] },
  CAD: { digits: 2, unit: 'CA$', typed: ['$CA', '$'] },
  GBP: { digits: 2, unit: '£', typed: [] },
  XOF: { digits: 0, unit: 'FCFA', typed: ['F CFA', 'CFA'] },
  TND: { digits: 3, unit: 'DT', arabic: 'د.ت', typed: ['د.ت.'] },
}

// Morocco's locales group with a dot, which reads as a decimal point to the diaspora and clashes with bank
// papers written `1 200,00`: a narrow no-break space is unmistakable. English keeps what its readers expect.
const MARKS: Record<Lang, { group: string; decimal: string }> = {
  ar: { group: NARROW_NO_BREAK_SPACE, decimal: ',' },
  fr: { group: NARROW_NO_BREAK_SPACE, decimal: ',' },
  en: { group: ',', decimal: '.' },
  es: { group: NARROW_NO_BREAK_SPACE, decimal: ',' },
}

const wholeNumber = new Intl.NumberFormat('en', { useGrouping: 'always', maximumFractionDigits: 0 })

/** True for one of the codes of `CURRENCIES`, in upper case. */
export function isCurrency(value: unknown): value is Currency {
  return (CURRENCIES as readonly unknown[]).includes(value)
}

/** How many digits of the currency are below one unit: 2, XOF 0, TND 3. */
export function minorDigits(currency: Currency): number {
  return UNITS[currency].digits
}

/** An amount of `minor` units; a balance may be negative. Throws RangeError beyond `MAX_MINOR` either way. */
export function money(minor: bigint, currency: Currency): Money {
  if (minor > MAX_MINOR || minor < -MAX_MINOR) throw new RangeError('An amount is beyond MAX_MINOR')
  return { minor, currency }
}

/** The sum of two amounts. Throws when the currencies differ: that is a bug, never an input. */
export function add(left: Money, right: Money): Money {
  requireSameCurrency(left.currency, right.currency)
  return money(left.minor + right.minor, left.currency)
}

/** `left` less `right`, negative when `right` is larger. Throws when the currencies differ. */
export function subtract(left: Money, right: Money): Money {
  requireSameCurrency(left.currency, right.currency)
  return money(left.minor - right.minor, left.currency)
}

/** The amount `count` times, for example the price of `count` coupons. Throws unless 0, 1, 2... */
export function times(amount: Money, count: number): Money {
  if (!Number.isSafeInteger(count) || count < 0) throw new RangeError('A count must be 0, 1, 2...')
  return money(amount.minor * BigInt(count), amount.currency)
}

/** The sum of all amounts, zero of `currency` when there is none. Throws on any other currency. */
export function sum(amounts: readonly Money[], currency: Currency): Money {
  return amounts.reduce(add, money(0n, currency))
}

/**
 * The amount as people say it: `250 DH`, `250 درهم`, `1 200,50 DH`, in English `1,200.50 DH`.
 * The unit always follows the number after U+00A0, and decimals are shown only when there are any.
 * Currencies of three decimals always show them: `1,200 DT` would be read as two different amounts.
 * Digits are Western in every language and no direction mark is added: the page isolates the amount.
 */
export function formatMoney(amount: Money, lang: Lang): string {
  const { digits, unit, arabic } = UNITS[amount.currency]
  const { group, decimal } = MARKS[lang]
  const size = amount.minor < 0n ? -amount.minor : amount.minor
  const scale = 10n ** BigInt(digits)
  const whole = wholeNumber.format(size / scale).replaceAll(',', group)
  const rest = size % scale
  const decimals = rest > 0n || digits > 2 ? decimal + String(rest).padStart(digits, '0') : ''
  const sign = amount.minor < 0n ? '-' : ''
  return `${sign}${whole}${decimals}${NO_BREAK_SPACE}${lang === 'ar' && arabic ? arabic : unit}`
}

/**
 * Reads an amount as typed or as found in a bank statement: `250`, `1 200,00`, `1.200,50`, `1,200.50`,
 * with any space, with or without the unit or code of the currency, in Western or Arabic digits.
 * A single separator before exactly three digits groups thousands (`1.200` is 1200), except in a
 * currency of three decimals, where it is the decimal point. With `lang`, the language of the form that
 * was filled in, the decimal mark of that language never groups alone: `1,200` is `too_many_decimals` in
 * Arabic, French and Spanish, as is `1.200` in English. Nothing is ever rounded or guessed as zero.
 */
export function parseMoney(text: string, currency: Currency, lang?: Lang): ParsedMoney {
  if (text.length > MAX_TYPED_CHARACTERS) return { ok: false, status: 'unreadable' }
  const decimalMark = lang && MARKS[lang].decimal
  const typed = withoutUnit(
    plainDigits(inMarksOf(decimalMark, text)).replace(/\s/g, ' ').trim().toUpperCase(),
    currency,
  )
  const unsigned = typed.replace(/^[-\u2212+] ?| ?[-\u2212]$/, '')
  const digits = minorDigits(currency)
  const number = readNumber(unsigned, digits, decimalMark)
  if (!number) return { ok: false, status: 'unreadable' }
  if (/[-\u2212]/.test(typed)) return { ok: false, status: 'negative' }
  if (number.decimals.length > digits) return { ok: false, status: 'too_many_decimals' }
  const minor = BigInt(number.whole + number.decimals.padEnd(digits, '0'))
  return minor > MAX_MINOR ? { ok: false, status: 'too_large' } : { ok: true, money: { minor, currency } }
}

// The Arabic separators say which is which; only as a comma and a dot would they take the language's meaning.
function inMarksOf(decimalMark: string | undefined, text: string): string {
  return decimalMark === ',' ? text.replaceAll('\u066b', ',').replaceAll('\u066c', '.') : text
}

function withoutUnit(typed: string, currency: Currency): string {
  const { unit, arabic, typed: others } = UNITS[currency]
  const known = [currency, unit, ...(arabic ? [arabic] : []), ...others].sort((a, b) => b.length - a.length)
  const after = known.find((name) => typed.endsWith(name))
  if (after) return typed.slice(0, -after.length).trim()
  const before = known.find((name) => typed.startsWith(name))
  return before ? typed.slice(before.length).trim() : typed
}

const GROUPED = /^[1-9]\d{0,2}([ .,])\d{3}(?:\1\d{3})*$/

function readNumber(
  text: string,
  digits: number,
  decimalMark: string | undefined,
): { whole: string; decimals: string } | undefined {
  const at = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','))
  const hasDecimals = at >= 0 && !isGroupMark(text, at, digits, decimalMark)
  const whole = readWhole(hasDecimals ? text.slice(0, at) : text)
  if (whole === undefined) return undefined
  if (!hasDecimals) return { whole, decimals: '' }
  const decimals = text.slice(at + 1)
  return /^\d+$/.test(decimals) ? { whole, decimals } : undefined
}

function isGroupMark(text: string, at: number, digits: number, decimalMark: string | undefined): boolean {
  const mark = text.charAt(at)
  if (text.slice(0, at).includes(mark)) return true
  return digits !== 3 && mark !== decimalMark && GROUPED.test(text)
}

function readWhole(text: string): string | undefined {
  if (/^\d+$/.test(text)) return text
  return GROUPED.test(text) ? text.replace(/[ .,]/g, '') : undefined
}

function requireSameCurrency(left: Currency, right: Currency): void {
  if (left !== right) throw new TypeError(`Amounts of ${left} and ${right} cannot meet`)
}
