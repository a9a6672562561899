import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import { openApiDocument } from './openapi.ts'
import type { ApiServices } from './services.ts'

/** `GET /api/v1/openapi.json`: made once; asked for again only when it has changed. */
export function documentHandler(services: Pick<ApiServices, 'publicUrl'>) {
  const text = JSON.stringify(openApiDocument(services.publicUrl))
  const etag = `W/"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`
  return (c: Context) => {
    c.header('ETag', etag)
    c.header('Cache-Control', 'public, no-cache')
    if (c.req.header('If-None-Match')?.includes(etag)) return c.body(null, 304)
    return c.body(text, 200, { 'Content-Type': 'application/json; charset=utf-8' })
  }
}
