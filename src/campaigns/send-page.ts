import type { Context } from 'hono'
import type { VNode } from 'preact'
import { renderPage } from '../web/render.ts'

/** Answers with a page that is rendered for this visit. */
export function sendPage(c: Context, page: VNode, status: 200 | 404 | 422 = 200): Response {
  return c.body(renderPage(page), status, {
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'private, no-cache',
  })
}
