import { Hono } from 'hono'
import type { PeopleServices } from '../people/services.ts'
import { custodyRoutes } from './custody-routes.tsx'
import { ambassadorPlaceRoutes } from './place-routes.tsx'

/**
 * What ambassadors have for themselves. To be mounted before the public pages: `ambassador` stands where a
 * campaign's name could, and no campaign may take that name (`domain/slug.ts`).
 */
export function ambassadorRoutes(services: PeopleServices): Hono {
  const app = new Hono()
  app.route('/', ambassadorPlaceRoutes(services))
  app.route('/', custodyRoutes(services))
  return app
}
