import type { Tenant } from '../../db/tenant.ts'
import { newId } from '../../domain/id.ts'
import { writeCallback } from './callback-body.ts'
import type { Session } from './session.ts'

export const OUTCOMES = ['paid', 'declined', 'abandoned'] as const
export type Outcome = (typeof OUTCOMES)[number]

/**
 * How the callback comes: `once` and `before_return` are the usual way; `after_return` comes with the clock
 * job, a moment after the browser; `late` a minute after the reservation is over; `none` never comes.
 */
export const CALLBACK_MODES = [
  'once',
  'twice',
  'late',
  'before_return',
  'after_return',
  'wrong_amount',
  'wrong_signature',
  'none',
] as const
export type CallbackMode = (typeof CALLBACK_MODES)[number]

const LATE_MS = 60_000
/**
 * How long a callback is the page's own to send, before the clock job takes it over: otherwise the job may hold
 * it at the moment the page answers that everything was told.
 */
export const PAGE_SENDS_MS = 5_000

/** Writes down what was decided on the page and the callbacks that will tell of it. A paid session stays paid. */
export function decide(
  tenant: Tenant,
  session: Session,
  choice: { readonly outcome: Outcome; readonly mode: CallbackMode; readonly now: Date },
): Promise<'decided' | 'already_paid'> {
  return tenant.transaction(async (inside) => {
    const changed = await inside
      .updateTable('sandbox_session')
      .set({ status: choice.outcome })
      .where('payment_id', '=', session.paymentId)
      .where('status', '<>', 'paid')
      .returning('payment_id')
      .executeTakeFirst()
    if (!changed) return 'already_paid'
    if (choice.outcome !== 'abandoned' && choice.mode !== 'none') {
      await announce(inside, session, choice.outcome, choice.mode, choice.now)
    }
    return 'decided'
  })
}

async function announce(
  tenant: Tenant,
  session: Session,
  outcome: 'paid' | 'declined',
  mode: CallbackMode,
  now: Date,
): Promise<void> {
  const extra = mode === 'wrong_amount' ? 1n : 0n
  const body = writeCallback({
    collectiveId: tenant.collectiveId,
    paymentId: session.paymentId,
    eventId: newId(),
    outcome,
    amountMinor: session.amount.minor + extra,
    currency: session.amount.currency,
  })
  const callback = () => ({
    id: newId(),
    payment_id: session.paymentId,
    body,
    forged: mode === 'wrong_signature',
    due_at: dueAt(mode, session, now),
    sent_at: null,
  })
  const callbacks = mode === 'twice' ? [callback(), callback()] : [callback()]
  await tenant.insertInto('sandbox_callback', callbacks).execute()
}

function dueAt(mode: CallbackMode, session: Session, now: Date): Date {
  if (mode === 'late') return new Date(session.expiresAt.getTime() + LATE_MS)
  return mode === 'after_return' ? now : new Date(now.getTime() + PAGE_SENDS_MS)
}
