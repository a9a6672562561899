import { sql } from 'kysely'
import type { Database } from '../../db/database.ts'
import { PAGE_SENDS_MS } from './decide.ts'
import type { Sandbox } from './sandbox.ts'
import { SIGNATURE_HEADER, signCallback } from './signature.ts'

export const CALLBACK_PATH = '/payments/sandbox/callback'
/** After the last of these tries, about a day later, the sandbox gives up. */
export const MAX_TRIES = 8
const FIRST_WAIT_S = 5
const WAIT_FACTOR = 4
const BATCH = 50

export interface Sender {
  readonly db: Database
  readonly sandbox: Sandbox
  readonly publicUrl: string
  readonly now: () => Date
}

interface Callback {
  collective_id: string
  id: string
  body: string
  forged: boolean
}

/**
 * Sends the callbacks that are due, of one payment or of all, and returns how many were taken in. A try is
 * counted before it is made, so that several processes never send one at once and a crash loses none.
 */
export async function sendCallbacks(sender: Sender, paymentId?: string): Promise<number> {
  const callbacks = await claim(sender, paymentId)
  let delivered = 0
  // One after the other: `twice` means one after the other, too.
  for (const callback of callbacks) if (await send(sender, callback)) delivered += 1
  return delivered
}

async function claim({ db, now }: Sender, paymentId: string | undefined): Promise<Callback[]> {
  const at = now()
  const until = paymentId === undefined ? at : new Date(at.getTime() + PAGE_SENDS_MS)
  const { rows } = await sql<Callback>`
    update sandbox_callback set tries = tries + 1,
      due_at = ${at}::timestamptz + make_interval(secs => ${FIRST_WAIT_S} * power(${WAIT_FACTOR}, tries))
    where (collective_id, id) in (
      select collective_id, id from sandbox_callback
      where sent_at is null and due_at <= ${until} and tries < ${MAX_TRIES}
        and (${paymentId ?? null}::uuid is null or payment_id = ${paymentId ?? null}::uuid)
      order by due_at limit ${BATCH} for update skip locked)
    returning collective_id, id, body, forged`.execute(db.shared)
  return rows
}

async function send(sender: Sender, callback: Callback): Promise<boolean> {
  const { sandbox, now, publicUrl } = sender
  const signature = signCallback(sandbox.key, callback.forged ? `${callback.body} ` : callback.body, now())
  const request = new Request(publicUrl + CALLBACK_PATH, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', [SIGNATURE_HEADER]: signature },
    body: callback.body,
  })
  const takenIn = await sandbox.deliver(request).then(
    (response) => response.ok,
    // Nobody answered: the clock job tries again.
    () => false,
  )
  if (takenIn || callback.forged) await markSent(sender, callback)
  return takenIn
}

async function markSent({ db, now }: Sender, callback: Callback): Promise<void> {
  await db
    .of(callback.collective_id)
    .updateTable('sandbox_callback')
    .set({ sent_at: now() })
    .where('id', '=', callback.id)
    .execute()
}
