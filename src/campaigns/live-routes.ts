import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { Hono } from 'hono'
import { problemResponse } from '../web/problem.ts'
import type { CampaignServices } from './services.ts'

const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store',
  // Proxies must pass each message on at once.
  'X-Accel-Buffering': 'no',
}

/** The connections that are streams by now. */
const streaming = new WeakSet<Socket>()

/** `GET /api/v1/campaigns/{collective}/{campaign}/events`: the progress of a campaign as it happens. */
export function liveRoutes(services: Pick<CampaignServices, 'kept' | 'liveHub'>): Hono {
  return new Hono().get('/api/v1/campaigns/:collective/:campaign/events', async (c) => {
    const campaign = await services.kept.directory.campaign(c.req.param())
    if (!campaign) {
      return problemResponse(c, {
        status: 404,
        code: 'campaign_unknown',
        title: 'There is no such campaign',
      })
    }
    const { incoming, outgoing } = (c.env ?? {}) as Partial<HttpBindings>
    // Without a connection, as for HEAD, there is nobody to send anything to.
    if (!incoming || !outgoing || c.req.method === 'HEAD') return c.body(null, 200, HEADERS)
    const following = await services.liveHub.follow({
      collectiveId: campaign.collective.id,
      campaignId: campaign.id,
      after: c.req.header('Last-Event-ID') ?? c.req.query('after'),
      open: () => openStream(incoming, outgoing),
    })
    if (following.ok) return RESPONSE_ALREADY_SENT
    c.header('Retry-After', '30')
    return problemResponse(c, { status: 503, code: following.status, title: 'Look again in a moment' })
  })
}

/**
 * Says how the answer begins and leaves the bare connection: ten thousand of these are open at once, and the request
 * and the answer of each, with all that hangs on them, would take more memory than the connection itself. The end of
 * the connection is the end of the stream, so that nothing has to stand around a message.
 */
function openStream({ socket }: IncomingMessage, outgoing: ServerResponse): Socket {
  // Sent behind a request that is not answered yet, or behind a stream, which has no end: nobody sends this but to
  // do harm. Node has no socket for an answer that is not the first in line.
  if (outgoing.socket === null || streaming.has(socket)) return socket.destroy()
  streaming.add(socket)
  outgoing.useChunkedEncodingByDefault = false
  outgoing.writeHead(200, { ...HEADERS, 'Access-Control-Allow-Origin': '*', Connection: 'close' })
  // Node has no word for this: with it the connection would be closed with the answer. That this works is tested.
  Object.assign(outgoing, { _last: false })
  // An idle connection would be closed after a while.
  outgoing.once('close', () => socket.setTimeout(0))
  outgoing.end()
  return socket
}
