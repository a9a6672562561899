import { Hono } from 'hono'
import { accountRoutes } from './account-routes.tsx'
import { invitationRoutes } from './invitation-routes.tsx'
import { mailboxRoutes } from './mailbox-routes.tsx'
import type { PeopleServices } from './services.ts'
import { signInRoutes } from './sign-in-routes.tsx'

/** How people come in. To be mounted before the public pages: `sign-in` stands where a slug could. */
export function peopleRoutes(services: PeopleServices): Hono {
  const app = new Hono()
  for (const part of [signInRoutes, accountRoutes, invitationRoutes, mailboxRoutes])
    app.route('/', part(services))
  return app
}
