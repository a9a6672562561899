import { type Context, type Handler, Hono } from 'hono'
import { bodyAtMost } from '../web/body-at-most.ts'
import { listCampaignsHandler, readCampaignHandler } from './campaigns.ts'
import { readCouponHandler } from './coupons.ts'
import { documentHandler } from './document.ts'
import { apiGate } from './gate.ts'
import { healthHandler, readinessHandler } from './health.ts'
import { DOCUMENT_PATH, OPERATIONS, type OperationId } from './operations.ts'
import { placeOrderHandler, readOrderHandler } from './orders.ts'
import { apiPageHandler } from './page.tsx'
import { refuse } from './problems.ts'
import type { ApiServices } from './services.ts'

/** An order is a few hundred bytes. */
const MAX_ORDER_BYTES = 16 * 1024

/** The JSON API, its document and its readable page. The stream of a campaign belongs to `campaigns`. */
export function apiRoutes(services: ApiServices): Hono {
  const app = new Hono()
  const handlers: Record<Exclude<OperationId, 'followCampaign'>, Handler> = {
    listCampaigns: listCampaignsHandler(services),
    readCampaign: readCampaignHandler(services),
    placeOrder: placeOrderHandler(services),
    readOrder: readOrderHandler(services),
    readCoupon: readCouponHandler(services),
    health: healthHandler(),
    readiness: readinessHandler({ db: services.reservedDb ?? services.db }),
  }
  const tooLarge = (c: Context) => refuse(c, 'body_too_large')
  app.use('/api/*', apiGate)
  app.use('/api/v1/*', bodyAtMost(MAX_ORDER_BYTES, tooLarge))
  for (const { id, method, path } of OPERATIONS) {
    if (id === 'followCampaign') continue
    app.on(method.toUpperCase(), path.replace(/\{(\w+)\}/g, ':$1'), handlers[id])
  }
  app.get(DOCUMENT_PATH, documentHandler(services))
  app.get('/api', apiPageHandler(services))
  return app
}
