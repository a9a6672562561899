import { canonicalId, isUuid7 } from './id.ts'
import { type Currency, isCurrency, MAX_MINOR } from './money.ts'

/**
 * What a phone signs when coupons are given with no network. It holds no personal data: the contributor's details
 * travel beside it. Each record carries the hash of the one before, so that none can be left out or put between.
 */
export interface SaleRecord {
  readonly id: string
  readonly collective: string
  readonly campaign: string
  readonly ambassador: string
  readonly block: string
  readonly device: string
  /** 1, 2, 3... of this device. */
  readonly sequence: number
  /** The hash of the record before; empty for the first. */
  readonly previous: string
  /** Rising, none twice. */
  readonly numbers: readonly number[]
  readonly amountMinor: bigint
  readonly currency: Currency
  /** By the phone's clock, which may be wrong. */
  readonly givenAt: Date
}

/** Where the chain of a device ends: nothing yet is sequence 0 with an empty hash. */
export interface ChainEnd {
  readonly sequence: number
  readonly hash: string
}

/** SHA-256 of some bytes; handed in, because servers and browsers have different ones. */
export type Sha256 = (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>

/** What the server says of one record: it has it, it has it with a conflict, or it cannot read it. */
export const RECORD_ANSWERS = [
  'stored',
  'already_stored',
  'number_not_in_block',
  'number_taken',
  'number_void',
  'campaign_closed',
  'device_revoked',
  'chain_gap',
  'exists_with_different_content',
  'record_refused',
  'record_unreadable',
  'signature_wrong',
] as const

export type RecordAnswer = (typeof RECORD_ANSWERS)[number]

/** What one record may hold: as many numbers as a sale has room for. */
export const MAX_RECORD_NUMBERS = 50
export const MAX_PAYLOAD_CHARACTERS = 2000

const VERSION = 1
const HASH = /^[\w-]{43}$/

/** The one text of a record: what is hashed and signed. */
export function writeSaleRecord(record: SaleRecord): string {
  return JSON.stringify({
    v: VERSION,
    id: record.id,
    collective: record.collective,
    campaign: record.campaign,
    ambassador: record.ambassador,
    block: record.block,
    device: record.device,
    sequence: record.sequence,
    previous: record.previous,
    numbers: record.numbers,
    amountMinor: String(record.amountMinor),
    currency: record.currency,
    givenAt: record.givenAt.toISOString(),
  })
}

/** Reads exactly what `writeSaleRecord` writes: any other spelling of the same record is undefined too. */
export function readSaleRecord(payload: string): SaleRecord | undefined {
  if (payload.length > MAX_PAYLOAD_CHARACTERS) return undefined
  const record = recordOf(parsed(payload))
  return record && writeSaleRecord(record) === payload ? record : undefined
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}

function recordOf(fields: Record<string, unknown>): SaleRecord | undefined {
  const { id, collective, campaign, ambassador, block, device } = fields
  const { sequence, previous, numbers, amountMinor, currency, givenAt } = fields
  if (fields.v !== VERSION) return undefined
  if (!isId(id) || !isId(collective) || !isId(campaign)) return undefined
  if (!isId(ambassador) || !isId(block) || !isId(device)) return undefined
  if (!isPositive(sequence) || typeof previous !== 'string') return undefined
  if (sequence === 1 ? previous !== '' : !HASH.test(previous)) return undefined
  if (!isRising(numbers) || !isAmount(amountMinor) || !isCurrency(currency) || !isInstant(givenAt)) {
    return undefined
  }
  const what = { id, collective, campaign, ambassador, block, device, sequence, previous, numbers, currency }
  return { ...what, amountMinor: BigInt(amountMinor), givenAt: new Date(givenAt) }
}

/** The hash of a payload, by which the next record names it: 43 characters of base64url. */
export async function hashOfPayload(payload: string, sha256: Sha256): Promise<string> {
  return base64url(await sha256(new TextEncoder().encode(payload)))
}

/** Whether the record is the next one after `end`. */
export function continuesChain(end: ChainEnd, record: Pick<SaleRecord, 'sequence' | 'previous'>): boolean {
  return record.sequence === end.sequence + 1 && record.previous === end.hash
}

/** Bytes as keys, hashes and signatures are written: RFC 4648, section 5, without padding. */
export function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}

/** The bytes of a text in base64url; undefined when it is none. */
export function bytesOfBase64url(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[\w-]*$/.test(text) || text.length % 4 === 1) return undefined
  const bytes = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(bytes, (character) => character.charCodeAt(0))
}

function isId(value: unknown): value is string {
  return isUuid7(value) && canonicalId(value) === value
}

function isPositive(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1 && value < 2 ** 31
}

function isRising(value: unknown): value is number[] {
  if (!Array.isArray(value) || value.length < 1 || value.length > MAX_RECORD_NUMBERS) return false
  return value.every((number, at) => isPositive(number) && (at === 0 || number > value[at - 1]))
}

function isAmount(value: unknown): value is string {
  return typeof value === 'string' && /^[1-9]\d{0,15}$/.test(value) && BigInt(value) <= MAX_MINOR
}

/** That it is the one spelling, and a day that exists, is seen when the record is written again. */
function isInstant(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-.*Z$/.test(value) && !Number.isNaN(Date.parse(value))
}
