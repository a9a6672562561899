import { Hono } from 'hono'
import { ambassadorRoutes } from './ambassador-routes.tsx'
import { campaignLifeRoutes } from './campaign-routes.tsx'
import { deskRoutes } from './desk-routes.tsx'
import { moneyRoutes } from './money-routes.tsx'
import { peopleDeskRoutes } from './people-routes.tsx'
import { releaseRoutes } from './release-routes.tsx'
import type { OrganiserServices } from './services.ts'
import { setUpRoutes } from './set-up-routes.tsx'
import { storyRoutes } from './story-routes.tsx'

/**
 * Set-up and the organisers' desk. To be mounted before the public pages: `desk` stands where a slug could, and no
 * slug may take that name (`domain/slug.ts`).
 */
export function organiserRoutes(services: OrganiserServices): Hono {
  const app = new Hono()
  for (const part of [
    setUpRoutes,
    deskRoutes,
    // Before the transfers, which would take `release` for one of them.
    releaseRoutes,
    moneyRoutes,
    ambassadorRoutes,
    peopleDeskRoutes,
    campaignLifeRoutes,
    storyRoutes,
  ]) {
    app.route('/', part(services))
  }
  return app
}
