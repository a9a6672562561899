import type { KeyObject } from 'node:crypto'
import type { CallbackReading, PaymentProvider } from '../port.ts'
import { parseCallback, SANDBOX } from './callback-body.ts'
import { callbackKey, checkSignature, SIGNATURE_HEADER } from './signature.ts'
import { writeTicket } from './ticket.ts'

/** Carries a callback to our own door, as the other company's server would. */
export type Deliver = (request: Request) => Promise<Response>

export interface SandboxOptions {
  /** Origin of the installation, without a final slash. */
  readonly publicUrl: string
  /** The installation's secret, at least 16 bytes; the key of callbacks is derived from it. */
  readonly secret: string | undefined
  readonly deliver: Deliver
}

/** What the sandbox's own pages and sender need besides the port. */
export interface Sandbox extends PaymentProvider {
  readonly key: KeyObject
  readonly deliver: Deliver
}

/**
 * A card provider without cards or money, for tries, demonstrations and tests. It behaves like the hosted page
 * of another company: redirect out, a page of its own, a signed callback from server to server.
 * Throws RangeError when the secret is unset or too short.
 */
export function createSandbox({ publicUrl, secret, deliver }: SandboxOptions): Sandbox {
  const key = callbackKey(secret)
  return {
    name: SANDBOX,
    key,
    deliver,
    async start(request) {
      const { collectiveId, paymentId } = request
      return { url: `${publicUrl}/sandbox/${collectiveId}/${paymentId}/${writeTicket(key, request)}` }
    },
    readCallback(headers, body, now) {
      return readCallback(key, headers, body, now)
    },
  }
}

function readCallback(key: KeyObject, headers: Headers, body: string, now: Date): CallbackReading {
  const signature = checkSignature(key, headers.get(SIGNATURE_HEADER), body, now)
  if (signature !== 'right') return { ok: false, status: signature }
  const message = parseCallback(body)
  return message ? { ok: true, message } : { ok: false, status: 'malformed' }
}
