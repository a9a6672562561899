import type { Services } from '../db/services.ts'
import { localDay } from '../domain/days.ts'
import type { CallbackReading, PaymentProvider, SettleOutcome } from './port.ts'
import { settlePayment } from './settle.ts'

type Refusal = Extract<CallbackReading, { ok: false }>['status']

/** Reads a provider's callback and settles its payment on the collective's local day. A bad one changes nothing. */
export async function takeInCallback(
  services: Pick<Services, 'db' | 'now'>,
  provider: PaymentProvider,
  headers: Headers,
  body: string,
): Promise<{ ok: true; status: SettleOutcome } | { ok: false; status: Refusal }> {
  const now = services.now()
  const reading = provider.readCallback(headers, body, now)
  if (!reading.ok) return reading
  const { message } = reading
  const collective = await services.db.shared
    .selectFrom('collective')
    .select('time_zone')
    .where('id', '=', message.collectiveId)
    .executeTakeFirst()
  if (!collective) return { ok: true, status: 'payment_unknown' }
  const tenant = services.db.of(message.collectiveId)
  const status = await settlePayment(tenant, message, now, localDay(now, collective.time_zone))
  return { ok: true, status }
}
