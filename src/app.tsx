import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { kitFileRoutes } from './ambassadors/kit-files.ts'
import { ambassadorRoutes } from './ambassadors/routes.tsx'
import { apiRoutes } from './api/routes.tsx'
import type { ApiServices } from './api/services.ts'
import { liveRoutes } from './campaigns/live-routes.ts'
import { campaignRoutes } from './campaigns/routes.tsx'
import type { CampaignServices } from './campaigns/services.ts'
import { compressed } from './compressed.ts'
import { type FailureServices, failure, failureOf, pagesForPeople } from './failures.tsx'
import { orderRoutes } from './orders/routes.tsx'
import type { OrderPageServices } from './orders/services.ts'
import { organiserRoutes } from './organisers/routes.tsx'
import type { OrganiserServices } from './organisers/services.ts'
import { paymentRoutes } from './payments/routes.tsx'
import type { PaymentServices } from './payments/services.ts'
import { peopleRoutes } from './people/routes.tsx'
import { staticAssets } from './static-assets.ts'
import { withoutTrailingSlash } from './trailing-slash.ts'
import { bodyAtMost } from './web/body-at-most.ts'
import { sameOrigin, securityHeaders } from './web/security.ts'

/** What the whole application needs; `src/services.ts` makes it. */
export interface AppServices
  extends ApiServices,
    CampaignServices,
    OrderPageServices,
    OrganiserServices,
    PaymentServices,
    FailureServices {
  /** The folder of the built files that browsers get. */
  readonly assetsFolder: string
}

export type App = Hono

/** The longest form is a campaign's story in four languages. */
const MAX_BODY_BYTES = 256 * 1024

/** The application: answers requests and never listens, so that tests ask it directly. */
export function createApp(services: AppServices): App {
  const app: App = new Hono()
  app.use(securityHeaders)
  app.use(endStreamOfHead)
  app.use(compressed)
  app.use(pagesForPeople(services))
  app.use(withoutTrailingSlash)
  app.use(sameOrigin(services.publicUrl))
  app.use(bodyAtMost(MAX_BODY_BYTES, (c) => failure(services, c, 'too_large')))
  app.use(otherMethods(app, services))
  app.get('/assets/*', staticAssets(services.assetsFolder))
  app.route('/', apiRoutes(services))
  app.route('/', liveRoutes(services))
  const reserved = { ...services, db: services.reservedDb ?? services.db }
  app.route('/', paymentRoutes(reserved))
  app.route('/', peopleRoutes(reserved))
  app.route('/', organiserRoutes(reserved))
  app.route('/', ambassadorRoutes(reserved))
  app.route('/', orderRoutes(services))
  app.route('/', kitFileRoutes(services))
  // The last: its addresses are the widest.
  app.route('/', campaignRoutes(services))
  app.notFound((c) => failure(services, c, 'not_found'))
  app.onError((error, c) => failureOf(services, c, error))
  return app
}

/** HEAD is answered as GET without the body: a stream that nobody will read must end. */
const endStreamOfHead: MiddlewareHandler = async (c, next) => {
  await next()
  if (c.req.method === 'HEAD') await c.res.body?.cancel()
}

/** 405 with `Allow` where a page is, 404 where nothing is; the API has its own gate. */
function otherMethods(app: App, services: FailureServices): MiddlewareHandler {
  const guard = methodNotAllowed({
    app,
    onMethodNotAllowed: async (c: Context, methods) => {
      // The widest routes match any address of their length: only reading it tells whether anything is there.
      const isRead = methods.includes('HEAD') && c.req.method !== 'HEAD'
      if (isRead && (await app.request(c.req.url, { method: 'HEAD' }, c.env)).status === 404) return c.res
      c.header('Allow', methods.join(', '))
      return failure(services, c, 'method_not_allowed')
    },
  })
  return (c, next) => (c.req.path.startsWith('/api/') ? next() : guard(c, next))
}
