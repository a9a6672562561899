import { type Context, Hono } from 'hono'
import { isUuid7 } from '../../domain/id.ts'
import { bodyAtMost } from '../../web/body-at-most.ts'
import { problemResponse, wantsJson } from '../../web/problem.ts'
import { renderPage } from '../../web/render.ts'
import { takeInCallback } from '../take-in-callback.ts'
import { decide } from './decide.ts'
import { SandboxPage } from './page.tsx'
import { isJson, readChoice } from './read-choice.ts'
import { CALLBACK_PATH, sendCallbacks } from './send-callbacks.ts'
import type { SandboxServices } from './services.ts'
import { findSession, openSession, type Session, sessionState } from './session.ts'
import { readTicket } from './ticket.ts'

const MAX_BODY_BYTES = 16 * 1024

/** The sandbox's page, what its buttons do, and the door at which its callbacks come in. */
export function sandboxRoutes(services: SandboxServices): Hono {
  const app = new Hono()
  const limit = bodyAtMost(MAX_BODY_BYTES, (c) => c.text('too_large', 413))

  app.post(CALLBACK_PATH, limit, async (c) => {
    const body = await c.req.text()
    const taken = await takeInCallback(services, services.sandbox, c.req.raw.headers, body)
    if (!taken.ok) return c.text(taken.status, 400)
    return c.text(taken.status, taken.status === 'payment_unknown' ? 404 : 200)
  })

  app.get('/sandbox/:collective/:payment/:ticket', async (c) => {
    const session = await sessionOf(c, services)
    if (!session) return unknown(c)
    const isOver = sessionState(session, services.now()) === 'over'
    return page(c, services, session, isOver ? 410 : 200)
  })

  app.post('/sandbox/:collective/:payment/:ticket/outcome', limit, async (c) => {
    const session = await sessionOf(c, services)
    if (!session) return unknown(c)
    const choice = await readChoice(c)
    if (!choice.ok) {
      return choice.problem ? problemResponse(c, choice.problem) : page(c, services, session, 422)
    }
    const now = services.now()
    const state = sessionState(session, now)
    if (state !== 'open') return refused(c, services, session, state)
    const tenant = services.db.of(c.req.param('collective'))
    const decided = await decide(tenant, session, { ...choice, now })
    if (decided === 'already_paid') return refused(c, services, { ...session, status: 'paid' }, 'paid')
    const delivered = choice.mode === 'after_return' ? 0 : await sendCallbacks(services, session.paymentId)
    if (!isJson(c)) return c.redirect(session.returnUrl, 303)
    return c.json({ outcome: choice.outcome, delivered, returnUrl: session.returnUrl })
  })

  return app
}

async function sessionOf(c: Context, services: SandboxServices): Promise<Session | undefined> {
  const { collective = '', payment = '', ticket = '' } = c.req.param() as Record<string, string>
  if (!isUuid7(collective) || !isUuid7(payment)) return undefined
  const request = readTicket(services.sandbox.key, { collectiveId: collective, paymentId: payment }, ticket)
  if (!request) return undefined
  const tenant = services.db.of(collective)
  await openSession(tenant, request)
  return findSession(tenant, payment)
}

function unknown(c: Context): Response | Promise<Response> {
  if (!isJson(c) && !wantsJson(c)) return c.notFound()
  return problemResponse(c, { status: 404, code: 'payment_unknown', title: 'There is no such payment' })
}

function refused(
  c: Context,
  services: SandboxServices,
  session: Session,
  state: 'paid' | 'over',
): Response | Promise<Response> {
  if (!isJson(c)) return page(c, services, session, 409)
  return state === 'paid'
    ? problemResponse(c, { status: 409, code: 'already_paid', title: 'This payment is paid already' })
    : problemResponse(c, { status: 409, code: 'order_over', title: 'This order takes no money any more' })
}

function page(
  c: Context,
  services: SandboxServices,
  session: Session,
  status: 200 | 409 | 410 | 422,
): Response | Promise<Response> {
  const { assets, publicUrl, now } = services
  const { collective, payment, ticket } = c.req.param() as Record<string, string>
  const path = `/sandbox/${collective}/${payment}/${ticket}`
  const props = { assets, origin: publicUrl, path, session, state: sessionState(session, now()) }
  c.header('Cache-Control', 'no-store')
  return c.html(renderPage(<SandboxPage {...props} />), status)
}
