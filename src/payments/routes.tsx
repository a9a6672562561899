import { Hono } from 'hono'
import { sandboxRoutes } from './sandbox/routes.tsx'
import type { PaymentServices } from './services.ts'

/** The doors of every payment provider that this installation has. */
export function paymentRoutes(services: PaymentServices): Hono {
  const app = new Hono()
  const { sandbox } = services
  if (sandbox) app.route('/', sandboxRoutes({ ...services, sandbox }))
  return app
}
