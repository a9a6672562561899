import type { HttpBindings } from '@hono/node-server'
import type { Context, MiddlewareHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { matchedRoutes } from 'hono/route'
import { isUnavailable } from './db/unavailable.ts'
import { newId } from './domain/id.ts'
import { errorFacts } from './error-facts.ts'
import { translator } from './i18n/translator.ts'
import type { Assets } from './web/assets.ts'
import { ERROR_STATUSES, type ErrorKind, ErrorPage, errorKindOf, requestLang } from './web/error-pages.tsx'
import { problemResponse, wantsJson } from './web/problem.ts'
import { renderPage } from './web/render.ts'

/** What telling of failures needs. */
export interface FailureServices {
  readonly assets: Assets
  readonly publicUrl: string
  /** Takes one line for the operator. */
  readonly log: (line: string) => void
}

const RETRY_AFTER_S = 5

/**
 * Answers a request that failed as a whole: problem details for machines, a page for people. With `requestId` the
 * answer names the line that the operator got.
 */
export function failure(
  services: FailureServices,
  c: Context,
  kind: ErrorKind,
  requestId?: string,
): Response {
  if (kind === 'unavailable') c.header('Retry-After', String(RETRY_AFTER_S))
  c.header('Vary', 'Accept, Accept-Language', { append: true })
  return wantsJson(c) ? problemOf(c, kind, requestId) : pageOf(services, c, kind, requestId)
}

/** The last stop of every error: expected ones have been answered where they happened. */
export function failureOf(services: FailureServices, c: Context, error: Error): Response {
  if (error instanceof HTTPException && error.status < 500)
    return failure(services, c, errorKindOf(error.status))
  // Nobody is there any more to read the answer.
  if (isBrokenOff(c)) return failure(services, c, 'invalid')
  const kind = isUnavailable(error) ? 'unavailable' : 'failed'
  const requestId = newId()
  services.log(logLine(c, kind, error, requestId))
  return failure(services, c, kind, requestId)
}

/** Whether the client went away, or was cut for its slowness, before its request was whole: no failure of ours. */
function isBrokenOff(c: Context): boolean {
  const incoming = (c.env as Partial<HttpBindings> | undefined)?.incoming
  return incoming?.destroyed === true && !incoming.complete
}

/** Turns problem details into a page wherever a person's browser asked for one. */
export function pagesForPeople(services: FailureServices): MiddlewareHandler {
  return async (c, next) => {
    await next()
    // Before any header is looked at: that alone would make them of what was still text.
    if (c.res.status < 400) return
    const isProblem = c.res.headers.get('Content-Type')?.startsWith('application/problem+json')
    if (!isProblem || wantsJson(c) || !c.req.header('Accept')?.includes('text/html')) return
    const kept = ['Allow', 'Retry-After'].map((name) => [name, c.res.headers.get(name)] as const)
    const page = pageOf(services, c, errorKindOf(c.res.status), undefined, c.res.status)
    c.res = undefined
    c.res = page
    for (const [name, value] of kept) if (value !== null) c.res.headers.set(name, value)
  }
}

function problemOf(c: Context, kind: ErrorKind, requestId: string | undefined): Response {
  const lang = requestLang(c.req.path, c.req.header('Accept-Language'), 'en')
  c.header('Content-Language', lang)
  return problemResponse(c, {
    status: ERROR_STATUSES[kind],
    code: PROBLEM_CODES[kind],
    title: translator(lang)(`error.${kind}_title`),
    more: requestId === undefined ? {} : { requestId },
  })
}

function pageOf(
  { assets, publicUrl }: FailureServices,
  c: Context,
  kind: ErrorKind,
  requestId: string | undefined,
  status: number = ERROR_STATUSES[kind],
): Response {
  const lang = requestLang(c.req.path, c.req.header('Accept-Language'))
  const isRead = c.req.method === 'GET' && (kind === 'unavailable' || kind === 'failed')
  const page = renderPage(
    <ErrorPage
      kind={kind}
      lang={lang}
      assets={assets}
      origin={publicUrl}
      requestId={requestId}
      retryPath={isRead ? hereAgain(c) : undefined}
    />,
  )
  return c.html(page, status as 500, { 'Cache-Control': 'no-store', 'Content-Language': lang })
}

/** The address of the request within this site: one slash at its start, never two. */
function hereAgain(c: Context): string {
  const { pathname, search } = new URL(c.req.url)
  return `/${pathname.replace(/^[/\\]+/, '')}${search}`
}

const PROBLEM_CODES: Record<ErrorKind, string> = {
  not_found: 'not_found',
  forbidden: 'forbidden',
  method_not_allowed: 'method_not_allowed',
  too_large: 'body_too_large',
  invalid: 'invalid',
  unavailable: 'database_unavailable',
  overloaded: 'overloaded',
  failed: 'internal_error',
}

/** One line of JSON. The address as it was asked for stays out: it holds keys of orders. */
function logLine(c: Context, kind: ErrorKind, error: Error, requestId: string): string {
  return JSON.stringify({
    level: 'error',
    kind,
    requestId,
    method: c.req.method,
    route: matchedRoutes(c).at(-1)?.path,
    ...errorFacts(error),
  })
}
