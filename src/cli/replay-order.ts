import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import type { ReplayedOrder } from '../../seeds/plan-replay.ts'
import type { Campaign } from '../db/directory.ts'
import { newId } from '../domain/id.ts'

const ANSWER_LIMIT_MS = 30_000

const PAID_LIMIT_MS = 10_000
const LOOK_AGAIN_MS = 50

const orderShape = z.object({ id: z.string(), key: z.string(), paymentUrl: z.url() })
const outcomeShape = z.object({ outcome: z.literal('paid'), delivered: z.int() })
const stateShape = z.object({ status: z.string() })

/** Gives coupons as any program can: the order by the JSON API, then the button of the page to pay on. */
export async function giveByHttp(
  publicUrl: string,
  { collective, slug }: Campaign,
  { quantity, name, lang, ambassador }: ReplayedOrder,
): Promise<void> {
  const wish = { id: newId(), quantity, method: 'card', name, lang, ambassador, consent: true }
  const address = `${publicUrl}/api/v1/campaigns/${collective.slug}/${slug}/orders`
  const { id, key, paymentUrl } = orderShape.parse(await ask(address, wish))
  const { delivered } = outcomeShape.parse(await ask(`${paymentUrl}/outcome`, { outcome: 'paid' }))
  // The server's clock may have taken the callback along at that very moment: then it is on its way.
  if (delivered === 0) await untilPaid(`${publicUrl}/api/v1/orders/${id}?key=${key}`)
}

async function untilPaid(address: string): Promise<void> {
  const giveUpAt = performance.now() + PAID_LIMIT_MS
  while (stateShape.parse(await ask(address)).status !== 'paid') {
    if (performance.now() > giveUpAt) throw new Error('an order was paid, and the callback did not come')
    await pause(LOOK_AGAIN_MS)
  }
}

/** Sends JSON, or only asks when there is nothing to send. */
async function ask(address: string, body?: unknown): Promise<unknown> {
  const sent = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }
  const signal = AbortSignal.timeout(ANSWER_LIMIT_MS)
  const response = await fetch(address, { ...(body === undefined ? {} : sent), signal })
  if (response.ok) return await response.json()
  throw new Error(`${new URL(address).pathname} answered ${response.status}: ${await response.text()}`)
}
