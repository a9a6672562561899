import { z } from 'zod'
import { MAX_MINOR } from '../../domain/money.ts'
import type { ProviderMessage } from '../port.ts'

export const SANDBOX = 'sandbox'

const shape = z.strictObject({
  event: z.uuid(),
  collective: z.uuid(),
  payment: z.uuid(),
  outcome: z.enum(['paid', 'declined']),
  // Decimal text: a number of JSON would lose the exactness of large amounts on its way.
  amountMinor: z
    .string()
    .regex(/^[1-9]\d{0,15}$/)
    .transform(BigInt)
    .refine((amount) => amount <= MAX_MINOR),
  currency: z.string().regex(/^[A-Z]{3}$/),
})

/** The exact text that is signed and sent. */
export function writeCallback(message: Omit<ProviderMessage, 'provider'>): string {
  return JSON.stringify({
    event: message.eventId,
    collective: message.collectiveId,
    payment: message.paymentId,
    outcome: message.outcome,
    amountMinor: message.amountMinor.toString(),
    currency: message.currency,
  })
}

/** The message of a body whose signature is right, or undefined when it is not one of ours. */
export function parseCallback(body: string): ProviderMessage | undefined {
  const parsed = shape.safeParse(jsonOf(body))
  if (!parsed.success) return undefined
  const { event, collective, payment, outcome, amountMinor, currency } = parsed.data
  return {
    provider: SANDBOX,
    collectiveId: collective,
    paymentId: payment,
    eventId: event,
    outcome,
    amountMinor,
    currency,
  }
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
