import { newId } from '../src/domain/id.ts'
import { type Ask, type Captured, capture } from './capture.ts'
import type { BenchCampaign } from './database.ts'

/** The address that takes orders for a campaign. */
export function ordersPath({ path }: BenchCampaign): string {
  return `/api/v1/campaigns/${path}/orders`
}

/** Places one order for one coupon and gives the answer. @throws Error when it is not created */
export async function placeOne(port: number, campaign: BenchCampaign): Promise<Captured> {
  const wish = { id: newId(), quantity: 1, method: 'card', name: 'Nadia Bennani', consent: true, lang: 'fr' }
  const ask: Ask = {
    path: ordersPath(campaign),
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(wish),
  }
  const answer = await capture(port, ask)
  if (answer.status !== 201) throw new Error(`An order was answered ${answer.status}: ${answer.body}`)
  return answer
}
