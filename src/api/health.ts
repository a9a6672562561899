import type { Context } from 'hono'
import { refuse } from './problems.ts'
import type { ApiServices } from './services.ts'

const READY_WITHIN_MS = 2000

/** `GET /healthz`: the process answers. */
export function healthHandler() {
  return (c: Context) => c.json({ status: 'ok' }, 200, { 'Cache-Control': 'no-store' })
}

/** `GET /readyz`: the database answers, and has our tables. */
export function readinessHandler(services: Pick<ApiServices, 'db'>) {
  return async (c: Context) => {
    const limit = new AbortController()
    const read = services.db.shared.selectFrom('collective').select('id').limit(1).execute()
    const ready = await Promise.race([
      read.then(
        () => true,
        () => false,
      ),
      tooLate(limit.signal),
    ])
    limit.abort()
    if (!ready) return refuse(c, 'database_unavailable')
    return c.json({ status: 'ok' }, 200, { 'Cache-Control': 'no-store' })
  }
}

function tooLate(signal: AbortSignal): Promise<false> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), READY_WITHIN_MS)
    signal.addEventListener('abort', () => clearTimeout(timer))
  })
}
