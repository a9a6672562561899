import { Hono } from 'hono'
import { giveRoutes } from './give-routes.tsx'
import { orderPageRoutes } from './order-routes.tsx'
import type { OrderPageServices } from './services.ts'
import { wishRoutes } from './wish-routes.tsx'

export { createGiveForm } from './give-form.tsx'
export { createWishForm } from './wish-form.tsx'

/** Everything a contributor does: give, follow the order, wish to be told of the next dream. */
export function orderRoutes(services: OrderPageServices): Hono {
  return new Hono()
    .route('/', giveRoutes(services))
    .route('/', wishRoutes(services))
    .route('/', orderPageRoutes(services))
}
