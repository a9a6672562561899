import type { Context } from 'hono'

/** One wrong field of a request: where, which rule by name, and a sentence for people. */
export interface FieldProblem {
  readonly field: string
  readonly code: string
  readonly message: string
}

/** A refusal for machines, as RFC 9457 problem details. `code` is the named outcome. */
export interface Problem {
  readonly status: 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 422 | 429 | 500 | 503
  readonly code: string
  readonly title: string
  readonly detail?: string
  readonly errors?: readonly FieldProblem[]
  /** Further members, such as `remaining`. */
  readonly more?: Readonly<Record<string, string | number>>
}

/** Answers with `application/problem+json`. */
export function problemResponse(c: Context, problem: Problem): Response {
  const { status, code, title, detail, errors, more } = problem
  const body = { type: `urn:twiza:problem:${code}`, title, status, code, detail, errors, ...more }
  return c.body(JSON.stringify(body), status, {
    'Content-Type': 'application/problem+json; charset=utf-8',
    'Cache-Control': 'no-store',
  })
}

/** Whether the asker would rather read JSON than a page: any API address, or an Accept header that says so. */
export function wantsJson(c: Context): boolean {
  return prefersJson(c.req.path, c.req.header('Accept'))
}

export function prefersJson(path: string, accept = ''): boolean {
  if (path.startsWith('/api/') || path === '/healthz' || path === '/readyz') return true
  return /application\/(problem\+)?json/.test(accept) && !accept.includes('text/html')
}
