import { type Context, Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { clientAddress } from './client-address.ts'
import { Form, readForm } from './form.ts'
import { langOfPath } from './page.tsx'
import { firstPage } from './places.ts'
import { isWithin, type Limit } from './rate-limit.ts'
import type { PeopleServices } from './services.ts'
import { showAsk, showAsked, showOtherBrowser, showReady, showRefused } from './sign-in-pages.tsx'
import {
  askToSignIn,
  linkStatus,
  newBrowserToken,
  type Proved,
  REQUEST_S,
  takeCode,
  takeLink,
} from './sign-in-request.ts'

const SIGN_IN = '/:lang{(?:ar|fr|en|es)}/sign-in'
const ASKS: Limit = { of: 'sign-in ask', max: 10, windowS: 600 }
const TOKENS: Limit = { of: 'sign-in token', max: 10, windowS: 60 }
const CODES: Limit = { of: 'sign-in code', max: 20, windowS: 600 }
/** Which browser asked: a link works nowhere else, so that nobody signs in whom somebody else sent a link. */
const BROWSER_COOKIE = 'twiza_asked'
const MAX_CODE_CHARACTERS = 20

/** Signing in by mail, by the operator's one-time link, and out. */
export function signInRoutes(services: PeopleServices): Hono {
  const app = new Hono()
  app.get(SIGN_IN, async (c) => {
    const token = c.req.query('token')
    if (token !== undefined) return showReady(c, services, { token })
    const link = c.req.query('request')
    if (link !== undefined) return await showLink(c, services, link)
    const person = await services.signIn.person(c.req.raw.headers)
    if (!person) return showAsk(c, services, new Form())
    return c.redirect(await firstPage(services.db, person.id, langOfPath(c)), 303)
  })
  app.post(SIGN_IN, async (c) => {
    const form = await readForm(c)
    if (form.sent.has('token')) return await takeToken(c, services, form.shown('token'))
    if (form.sent.has('request')) return await takeSentLink(c, services, form.shown('request'))
    return await ask(c, services, form)
  })
  app.get(`${SIGN_IN}/code`, async (c) => showAsked(c, services, false))
  app.post(`${SIGN_IN}/code`, async (c) => takeTypedCode(c, services))
  app.post('/:lang{(?:ar|fr|en|es)}/sign-out', async (c) => {
    const cookies = await services.signIn.close(c.req.raw.headers)
    for (const cookie of cookies) c.header('Set-Cookie', cookie, { append: true })
    return c.redirect(`/${langOfPath(c)}/sign-in`, 303)
  })
  return app
}

/** The answer is the same whether or not anybody signs in with this address. */
async function ask(c: Context, services: PeopleServices, form: Form): Promise<Response> {
  const email = form.email('email')
  if (email === undefined) return showAsk(c, services, form)
  if (!(await isWithin(services, ASKS, clientAddress(c)))) return showRefused(c, services, 'too_many_tries')
  const lang = langOfPath(c)
  const browser = getCookie(c, BROWSER_COOKIE) ?? newBrowserToken(services)
  await askToSignIn(services, { email, lang, browser })
  setCookie(c, BROWSER_COOKIE, browser, {
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
    maxAge: REQUEST_S,
    secure: services.publicUrl.startsWith('https:'),
  })
  return c.redirect(`/${lang}/sign-in/code`, 303)
}

async function showLink(c: Context, services: PeopleServices, link: string): Promise<Response> {
  const status = await linkStatus(services, link, getCookie(c, BROWSER_COOKIE))
  if (status === 'valid') return showReady(c, services, { request: link })
  return status === 'other_browser'
    ? showOtherBrowser(c, services)
    : showRefused(c, services, 'link_not_valid')
}

async function takeSentLink(c: Context, services: PeopleServices, link: string): Promise<Response> {
  const taken = await takeLink(services, link, getCookie(c, BROWSER_COOKIE))
  if (taken.ok) return await welcome(c, services, taken)
  return taken.status === 'other_browser'
    ? showOtherBrowser(c, services)
    : showRefused(c, services, 'link_not_valid')
}

async function takeTypedCode(c: Context, services: PeopleServices): Promise<Response> {
  if (!(await isWithin(services, CODES, clientAddress(c)))) return showRefused(c, services, 'too_many_tries')
  const typed = (await readForm(c)).digits('code').slice(0, MAX_CODE_CHARACTERS)
  const taken = await takeCode(services, typed, getCookie(c, BROWSER_COOKIE))
  return taken.ok ? await welcome(c, services, taken) : showAsked(c, services, true)
}

async function welcome(
  c: Context,
  services: PeopleServices,
  { email }: Extract<Proved, { ok: true }>,
): Promise<Response> {
  const token = await services.signIn.makeToken(email)
  return token === undefined
    ? showRefused(c, services, 'link_not_valid')
    : await openSession(c, services, token)
}

async function takeToken(c: Context, services: PeopleServices, token: string): Promise<Response> {
  if (!(await isWithin(services, TOKENS, clientAddress(c)))) return showRefused(c, services, 'too_many_tries')
  return await openSession(c, services, token)
}

async function openSession(c: Context, services: PeopleServices, token: string): Promise<Response> {
  const opened = await services.signIn.open(token, clientAddress(c), c.req.header('User-Agent'))
  if (!opened.ok) return showRefused(c, services, opened.status)
  for (const cookie of opened.cookies) c.header('Set-Cookie', cookie, { append: true })
  return c.redirect(await firstPage(services.db, opened.personId, langOfPath(c)), 303)
}
