import { type Context, type Handler, Hono } from 'hono'
import { bodyAtMost } from '../web/body-at-most.ts'
import { addDeviceHandler, readStateHandler, revokeDeviceHandler, takeBlockHandler } from './app-devices.ts'
import { sendSalesHandler } from './app-sales.ts'
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
/** Fifty records of a phone, with what was typed of each contributor. */
const MAX_SALES_BYTES = 192 * 1024
const SALES_PATH = '/api/v1/app/sales'

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
    readAppState: readStateHandler(services),
    addDevice: addDeviceHandler(services),
    revokeDevice: revokeDeviceHandler(services),
    takeBlock: takeBlockHandler(services),
    sendSales: sendSalesHandler(services),
  }
  const tooLarge = (c: Context) => refuse(c, 'body_too_large')
  app.use('/api/*', apiGate)
  const ofOrder = bodyAtMost(MAX_ORDER_BYTES, tooLarge)
  const ofSales = bodyAtMost(MAX_SALES_BYTES, tooLarge)
  app.use('/api/v1/*', (c, next) => (c.req.path === SALES_PATH ? ofSales(c, next) : ofOrder(c, next)))
  for (const { id, method, path } of OPERATIONS) {
    if (id === 'followCampaign') continue
    app.on(method.toUpperCase(), path.replace(/\{(\w+)\}/g, ':$1'), handlers[id])
  }
  app.get(DOCUMENT_PATH, documentHandler(services))
  app.get('/api', apiPageHandler(services))
  return app
}
