import { plainDigits } from './digits.ts'
import { checkDigits, mod97 } from './mod97.ts'

export type CheckedAccountNumber =
  | { ok: true; kind: 'rib' | 'iban'; account: string }
  | { ok: false; status: 'empty' | 'not_an_account_number' | 'wrong_length' | 'wrong_key' }

const MAX_TYPED_CHARACTERS = 128
const RIB_DIGITS = 24

// Every Moroccan IBAN begins like this: the key of the RIB already makes the remainder constant.
const MOROCCO = 'MA64'

// Lengths of the IBAN registry; a country that is not here may have any length from 15 to 34.
const IBAN_LENGTHS = new Map(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ' +
    'ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 ' +
    'LB28 LC32 LI21 LT20 LU20 LV21 LY25 MA28 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 ' +
    'PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))] as const),
)

/**
 * Reads a bank account number: a Moroccan RIB (24 digits with its key) or an IBAN of any country. Spaces,
 * dots, dashes, lower case and a leading `RIB` or `IBAN` are tolerated. `account` is canonical, without
 * spaces: an IBAN of Morocco becomes the RIB inside it, so that one account has one spelling.
 */
export function checkAccountNumber(text: string): CheckedAccountNumber {
  if (text.length > MAX_TYPED_CHARACTERS) return { ok: false, status: 'not_an_account_number' }
  const typed = plainDigits(text)
    .toUpperCase()
    .replace(/^\s*(?:IBAN|RIB)\s*:?/, '')
    .replace(/[\s.-]/g, '')
  if (typed === '') return { ok: false, status: 'empty' }
  if (/^\d+$/.test(typed)) return checkRib(typed)
  if (/^[A-Z]{2}\d{2}[0-9A-Z]*$/.test(typed)) return checkIban(typed)
  return { ok: false, status: 'not_an_account_number' }
}

/** The IBAN of a valid RIB, for transfers from abroad. Throws RangeError when it is not one. */
export function ribToIban(rib: string): string {
  if (!/^\d+$/.test(rib) || !checkRib(rib).ok) throw new RangeError('Not a valid RIB')
  return MOROCCO + rib
}

/** For reading: a RIB as bank, city, account, key (as printed on cheques), an IBAN in groups of four. */
export function spacedAccountNumber(account: string): string {
  const isRib = new RegExp(`^\\d{${RIB_DIGITS}}$`).test(account)
  return isRib
    ? account.replace(/^(\d{3})(\d{3})(\d{16})(\d{2})$/, '$1 $2 $3 $4')
    : account.replace(/(.{4})(?=.)/g, '$1 ')
}

function checkRib(rib: string): CheckedAccountNumber {
  if (rib.length !== RIB_DIGITS) return { ok: false, status: 'wrong_length' }
  const key = String(97 - mod97(`${rib.slice(0, -2)}00`)).padStart(2, '0')
  return rib.endsWith(key) ? { ok: true, kind: 'rib', account: rib } : { ok: false, status: 'wrong_key' }
}

function checkIban(iban: string): CheckedAccountNumber {
  const country = iban.slice(0, 2)
  const expected = IBAN_LENGTHS.get(country)
  const isLength = expected === undefined ? iban.length >= 15 && iban.length <= 34 : iban.length === expected
  if (!isLength) return { ok: false, status: 'wrong_length' }
  if (country === 'MA') return checkMoroccanIban(iban)
  const isRight = iban.slice(2, 4) === checkDigits(country, iban.slice(4))
  return isRight ? { ok: true, kind: 'iban', account: iban } : { ok: false, status: 'wrong_key' }
}

function checkMoroccanIban(iban: string): CheckedAccountNumber {
  const rib = iban.slice(MOROCCO.length)
  if (!/^\d+$/.test(rib)) return { ok: false, status: 'not_an_account_number' }
  return iban.startsWith(MOROCCO) ? checkRib(rib) : { ok: false, status: 'wrong_key' }
}
