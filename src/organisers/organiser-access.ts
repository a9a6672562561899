import type { Context } from 'hono'
import { atPlace, type Place } from '../people/place.ts'
import type { OrganiserServices } from './services.ts'

/** Who is at the desk of which collective, and what they need there. */
export type Desk = Place<OrganiserServices>

const DESK = { name: 'desk', role: 'organiser' } as const

/** Lets organisers of the collective in. For anybody else there is nothing here: 404, whether it exists or not. */
export function atDesk(services: OrganiserServices, handler: (c: Context, desk: Desk) => Promise<Response>) {
  return atPlace(services, DESK, handler)
}
