import type { VNode } from 'preact'
import { render } from 'preact-render-to-string'

/** A whole HTML document from its root element. */
export function renderPage(page: VNode): string {
  return `<!doctype html>${render(page)}`
}
