import type { Currency } from '../../domain/money.ts'
import {
  type ChainEnd,
  hashOfPayload,
  MAX_RECORD_NUMBERS,
  type RecordAnswer,
  type SaleRecord,
  type Sha256,
  writeSaleRecord,
} from '../../domain/sale-record.ts'
import type { OutboxEntry } from './outbox-entries.ts'

/** What a phone knows of itself; kept beside the queue, so that one transaction moves both. */
export interface Phone {
  readonly collective: string
  readonly ambassador: string
  readonly device: string
  readonly chain: ChainEnd
  readonly blocks: readonly PhoneBlock[]
}

/** A range of numbers that this phone may give. */
export interface PhoneBlock {
  readonly id: string
  readonly campaign: string
  /** Of one coupon, as decimal text. */
  readonly priceMinor: string
  readonly currency: Currency
  /** The numbers not yet given, the lowest first. */
  readonly left: readonly number[]
}

/** The durable store of one phone; all tabs share it. Every promise resolves only once the data is safe. */
export interface OutboxStore {
  phone(): Promise<Phone | undefined>
  /** All that was ever given, by sequence. */
  entries(): Promise<readonly OutboxEntry[]>
  /**
   * In one transaction: reads the phone, asks `phoneAfter`, keeps the entry and the phone that it answers; false,
   * and nothing is kept, when it answers undefined.
   */
  append(entry: OutboxEntry, step: GivenStep): Promise<boolean>
  /** Keeps what the server said, by id; a contributor's details that the server holds are taken away. */
  answer(answers: ReadonlyMap<string, RecordAnswer>): Promise<void>
  /** In one transaction: adds the block unless the phone has it. */
  addBlock(block: PhoneBlock): Promise<void>
}

/** What one entry takes from the phone. */
export interface GivenStep {
  readonly block: string
  readonly numbers: readonly number[]
  readonly before: ChainEnd
  readonly after: ChainEnd
}

export interface OutboxNeeds {
  readonly store: OutboxStore
  readonly sha256: Sha256
  /** ECDSA P-256 with SHA-256 over the text's UTF-8, by the key that cannot leave the phone; base64url. */
  sign(payload: string): Promise<string>
  now(): Date
  newId(): string
}

/** What is given: the lowest numbers left of a block, or those of a printed booklet that are named. */
export interface Giving {
  readonly block: string
  readonly wanted: { readonly quantity: number } | { readonly numbers: readonly number[] }
  readonly contributor: NonNullable<OutboxEntry['contributor']>
}

export type Given =
  | { readonly ok: true; readonly entry: OutboxEntry; readonly record: SaleRecord }
  | {
      readonly ok: false
      readonly status: 'phone_unknown' | 'block_unknown' | 'quantity_invalid' | 'numbers_not_left'
    }

/** Another tab can be faster this often before something is wrong. */
const MAX_TRIES = 20

/**
 * Gives coupons with or without a network. It answers, and the tick may be shown, only once the store's transaction
 * is complete: killed before it, nothing was given; killed after it, the queue has it.
 */
export async function giveCoupons(needs: OutboxNeeds, giving: Giving): Promise<Given> {
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const phone = await needs.store.phone()
    if (!phone) return { ok: false, status: 'phone_unknown' }
    const block = phone.blocks.find(({ id }) => id === giving.block)
    if (!block) return { ok: false, status: 'block_unknown' }
    const taken = takeNumbers(block, giving.wanted)
    if (!taken.ok) return taken
    const record = recordOf(needs, phone, block, taken.numbers)
    const entry = await signedEntry(needs, record, giving)
    const after = { sequence: entry.sequence, hash: entry.hash }
    // Signing cannot be awaited inside a transaction of a browser: the store compares instead.
    const step = { block: block.id, numbers: record.numbers, before: phone.chain, after }
    if (await needs.store.append(entry, step)) return { ok: true, entry, record }
  }
  throw new Error('the store refuses every record')
}

/** The phone once the step is taken; undefined when another tab moved its chain or gave one of the numbers. */
export function phoneAfter(phone: Phone, { block, numbers, before, after }: GivenStep): Phone | undefined {
  if (phone.chain.sequence !== before.sequence || phone.chain.hash !== before.hash) return undefined
  const of = phone.blocks.find(({ id }) => id === block)
  if (!of || !numbers.every((number) => of.left.includes(number))) return undefined
  const left = of.left.filter((number) => !numbers.includes(number))
  return { ...phone, chain: after, blocks: phone.blocks.map((one) => (one === of ? { ...of, left } : one)) }
}

/** The phone with one block more, or the same phone when it has it: the answer may come twice. */
export function phoneWithBlock(phone: Phone, block: PhoneBlock): Phone {
  if (phone.blocks.some(({ id }) => id === block.id)) return phone
  return { ...phone, blocks: [...phone.blocks, block] }
}

function takeNumbers(
  { left }: PhoneBlock,
  wanted: Giving['wanted'],
): { ok: true; numbers: readonly number[] } | Extract<Given, { ok: false }> {
  const count = 'quantity' in wanted ? wanted.quantity : wanted.numbers.length
  if (!Number.isSafeInteger(count) || count < 1 || count > MAX_RECORD_NUMBERS) {
    return { ok: false, status: 'quantity_invalid' }
  }
  const numbers = 'quantity' in wanted ? left.slice(0, count) : wanted.numbers.toSorted((a, b) => a - b)
  const areLeft = new Set(numbers).size === count && numbers.every((number) => left.includes(number))
  return areLeft ? { ok: true, numbers } : { ok: false, status: 'numbers_not_left' }
}

function recordOf(
  needs: OutboxNeeds,
  phone: Phone,
  block: PhoneBlock,
  numbers: readonly number[],
): SaleRecord {
  return {
    id: needs.newId(),
    collective: phone.collective,
    campaign: block.campaign,
    ambassador: phone.ambassador,
    block: block.id,
    device: phone.device,
    sequence: phone.chain.sequence + 1,
    previous: phone.chain.hash,
    numbers,
    amountMinor: BigInt(block.priceMinor) * BigInt(numbers.length),
    currency: block.currency,
    givenAt: needs.now(),
  }
}

async function signedEntry(needs: OutboxNeeds, record: SaleRecord, giving: Giving): Promise<OutboxEntry> {
  const payload = writeSaleRecord(record)
  const [hash, signature] = await Promise.all([hashOfPayload(payload, needs.sha256), needs.sign(payload)])
  const { id, sequence, givenAt } = record
  const keptAtMs = givenAt.getTime()
  return { id, sequence, payload, hash, signature, contributor: giving.contributor, keptAtMs, answer: null }
}
