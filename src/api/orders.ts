import type { Context } from 'hono'
import { findCampaign } from '../db/directory.ts'
import { DEFAULT_LANG } from '../domain/lang.ts'
import { orderByKey } from '../orders/order-by-key.ts'
import { type Taken, takeOrder, type WishError } from '../orders/take-order.ts'
import { preferredLang } from '../web/accept-language.ts'
import { publicCampaign } from './campaigns.ts'
import { fieldProblems } from './field-problems.ts'
import { orderAnswer } from './order-answer.ts'
import { problemLang, refuse } from './problems.ts'
import { readJson } from './read-json.ts'
import type { ApiServices } from './services.ts'

const NO_STORE = { 'Cache-Control': 'no-store' }

/** `POST /api/v1/campaigns/{collective}/{campaign}/orders`: 201 when created, 200 for the same wish again. */
export function placeOrderHandler(services: ApiServices) {
  return async (c: Context) => {
    const body = await readJson(c)
    if (!body.ok) return refuse(c, body.status)
    const campaign = await publicCampaign(services, c)
    if (!campaign) return refuse(c, 'campaign_unknown')
    const lang = preferredLang(c.req.header('Accept-Language'), campaign.collective.langs[0] ?? DEFAULT_LANG)
    const taken = await takeOrder(services, campaign, body.value, lang)
    if (!taken.ok) return refuseWish(c, taken)
    const answer = await orderAnswer(services, campaign, taken.order)
    const location = `${services.publicUrl}/api/v1/orders/${answer.id}?key=${answer.key}`
    return c.json(answer, taken.status === 'created' ? 201 : 200, { ...NO_STORE, Location: location })
  }
}

/** `GET /api/v1/orders/{id}?key=...`: an unknown order and a wrong key are answered alike. */
export function readOrderHandler(services: ApiServices) {
  return async (c: Context) => {
    const [key = '', ...furtherKeys] = c.req.queries('key') ?? []
    const found = await orderByKey(services, c.req.param('id') ?? '', furtherKeys.length === 0 ? key : '')
    const campaign =
      found && (await findCampaign(services.db, found.collective, { id: found.order.campaignId }))
    if (!campaign) return refuse(c, 'order_unknown')
    return c.json(await orderAnswer(services, campaign, found.order), 200, NO_STORE)
  }
}

function refuseWish(c: Context, refused: Extract<Taken, { ok: false }>): Response {
  if (refused.status === 'only_n_left') return refuse(c, refused.status, { remaining: refused.remaining })
  if (refused.status === 'invalid') return refuseFields(c, refused.errors)
  if (refused.status === 'quantity_invalid') {
    return refuseFields(c, [{ field: 'quantity', code: refused.status }])
  }
  return refuse(c, refused.status)
}

function refuseFields(c: Context, errors: readonly WishError[]): Response {
  return refuse(c, 'invalid', { errors: fieldProblems(errors, problemLang(c)) })
}
