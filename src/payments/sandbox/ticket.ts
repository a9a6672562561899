import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { LANGS } from '../../domain/lang.ts'
import { CURRENCIES } from '../../domain/money.ts'
import type { PaymentRequest } from '../port.ts'

// 128 bits: nobody forges one by trying.
const SEAL_BYTES = 16

const contentSchema = z.tuple([z.string().regex(/^\d+$/), z.enum(CURRENCIES), z.enum(LANGS), z.url()])

/**
 * All that the sandbox's page needs to know of a payment, sealed, as a part of its address: so the page of a
 * payment is opened by who comes to pay, and asking for its address writes nothing, as with real hosted pages.
 */
export function writeTicket(key: KeyObject, request: PaymentRequest): string {
  const { amount, lang, returnUrl } = request
  const content = Buffer.from(JSON.stringify([amount.minor.toString(), amount.currency, lang, returnUrl]))
  return `${content.toString('base64url')}.${seal(key, request, content).toString('base64url')}`
}

/** What `writeTicket` sealed for this payment; undefined for any other text. */
export function readTicket(
  key: KeyObject,
  payment: Pick<PaymentRequest, 'collectiveId' | 'paymentId'>,
  ticket: string,
): PaymentRequest | undefined {
  const [text = '', sealText = ''] = ticket.split('.')
  const content = Buffer.from(text, 'base64url')
  const given = Buffer.from(sealText, 'base64url')
  if (given.length !== SEAL_BYTES || !timingSafeEqual(given, seal(key, payment, content))) return undefined
  const [minor, currency, lang, returnUrl] = contentSchema.parse(JSON.parse(content.toString()))
  const request = { ...payment, amount: { minor: BigInt(minor), currency }, lang, returnUrl }
  // base64url can be read from more than one text; only the one that was written is a ticket.
  return writeTicket(key, request) === ticket ? request : undefined
}

function seal(
  key: KeyObject,
  { collectiveId, paymentId }: Pick<PaymentRequest, 'collectiveId' | 'paymentId'>,
  content: Buffer,
): Buffer {
  const hmac = createHmac('sha256', key).update(`ticket ${collectiveId} ${paymentId} `).update(content)
  return hmac.digest().subarray(0, SEAL_BYTES)
}
