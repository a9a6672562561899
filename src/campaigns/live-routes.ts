import { Hono } from 'hono'
import { problemResponse } from '../web/problem.ts'
import { findPublicCampaign } from './find-public.ts'
import type { CampaignServices } from './services.ts'

/** `GET /api/v1/campaigns/{collective}/{campaign}/events`: the progress of a campaign as it happens. */
export function liveRoutes(services: Pick<CampaignServices, 'db' | 'now' | 'liveHub'>): Hono {
  return new Hono().get('/api/v1/campaigns/:collective/:campaign/events', async (c) => {
    const campaign = await findPublicCampaign(services.db, c.req.param(), services.now())
    if (!campaign) {
      return problemResponse(c, {
        status: 404,
        code: 'campaign_unknown',
        title: 'There is no such campaign',
      })
    }
    const after = c.req.header('Last-Event-ID') ?? c.req.query('after')
    const following = services.liveHub.follow(campaign.collective.id, campaign.id, after)
    if (!following.ok) {
      c.header('Retry-After', '30')
      return problemResponse(c, { status: 503, code: following.status, title: 'Look again in a moment' })
    }
    return c.body(following.stream, 200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      // Proxies must pass each message on at once.
      'X-Accel-Buffering': 'no',
    })
  })
}
