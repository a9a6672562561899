import type { Database } from '../../db/database.ts'
import type { CallbackReading, PaymentProvider, PaymentRequest } from '../port.ts'
import { parseCallback, SANDBOX } from './callback-body.ts'
import { callbackKey, checkSignature, SIGNATURE_HEADER } from './signature.ts'

/** Carries a callback to our own door, as the other company's server would. */
export type Deliver = (request: Request) => Promise<Response>

export interface SandboxOptions {
  readonly db: Database
  /** Origin of the installation, without a final slash. */
  readonly publicUrl: string
  /** The installation's secret, at least 16 bytes; the key of callbacks is derived from it. */
  readonly secret: string | undefined
  readonly deliver: Deliver
}

/** What the sandbox's own pages and sender need besides the port. */
export interface Sandbox extends PaymentProvider {
  readonly key: Buffer
  readonly deliver: Deliver
}

/**
 * A card provider without cards or money, for tries, demonstrations and tests. It behaves like the hosted page
 * of another company: redirect out, a page of its own, a signed callback from server to server.
 * Throws RangeError when the secret is unset or too short.
 */
export function createSandbox({ db, publicUrl, secret, deliver }: SandboxOptions): Sandbox {
  const key = callbackKey(secret)
  return {
    name: SANDBOX,
    key,
    deliver,
    async start(request) {
      await openSession(db, request)
      return { url: `${publicUrl}/sandbox/${request.collectiveId}/${request.paymentId}` }
    },
    readCallback(headers, body, now) {
      return readCallback(key, headers, body, now)
    },
  }
}

async function openSession(db: Database, request: PaymentRequest): Promise<void> {
  await db
    .of(request.collectiveId)
    .insertInto('sandbox_session', {
      payment_id: request.paymentId,
      amount_minor: request.amount.minor,
      currency: request.amount.currency,
      return_url: request.returnUrl,
      lang: request.lang,
      status: 'open',
    })
    .onConflict((conflict) => conflict.columns(['collective_id', 'payment_id']).doNothing())
    .execute()
}

function readCallback(key: Buffer, headers: Headers, body: string, now: Date): CallbackReading {
  const signature = checkSignature(key, headers.get(SIGNATURE_HEADER), body, now)
  if (signature !== 'right') return { ok: false, status: signature }
  const message = parseCallback(body)
  return message ? { ok: true, message } : { ok: false, status: 'malformed' }
}
