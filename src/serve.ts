import type { ServedConfig } from './config.ts'
import { connect, RESERVED_CONNECTIONS, type Sql, WATCH_CONNECTIONS } from './db/connect.ts'
import { connectReplica } from './db/replica.ts'
import { openFront } from './front.ts'
import { listen } from './listen.ts'
import { type Composed, composeApp } from './services.ts'

/** What a process needs to serve an installation whose database is ready: plain data, so that it can be sent. */
export interface Serving {
  readonly config: ServedConfig
  readonly secret: string
  /** The database for the application's login. */
  readonly appUrl: string
  /** A standby for the application's login, to read public pages from. */
  readonly readUrl: string | undefined
  readonly publicUrl: string
  readonly port: number
}

export interface Served {
  /** Takes no new connection, lets requests in flight finish until `cut` is aborted, then cuts what is left. */
  stop(cut: AbortSignal): Promise<void>
}

/** How long a pool may take to end, once nobody is served any more. */
export const POOL_END_S = 0.5

/**
 * Serves in this process over an open pool, which stays the caller's.
 * @throws StartFailure when the port cannot be had
 */
export async function serve(serving: Serving, sql: Sql): Promise<Served> {
  const { config, secret, appUrl, readUrl, publicUrl, port } = serving
  const reservedSql = connect(appUrl, { max: RESERVED_CONNECTIONS, applicationName: 'twiza reserved' })
  const watchSql = connect(appUrl, { max: WATCH_CONNECTIONS, applicationName: 'twiza watch' })
  const readSql = readUrl === undefined ? undefined : connectReplica(readUrl)
  const composed = composeApp({
    config,
    secret,
    database: { sql },
    reservedSql,
    watchSql,
    readSql,
    publicUrl,
  })
  const close = () =>
    Promise.all([reservedSql, watchSql, readSql].map((pool) => pool?.end({ timeout: POOL_END_S })))
  try {
    const listening = await listen(openFront(composed.app, composed.services), config.host, port)
    return {
      async stop(cut) {
        await stop(composed, cut)
        await listening.stop(cut)
        await close()
      },
    }
  } catch (error) {
    await composed.close()
    await close()
    throw error
  }
}

/** Streams never end by themselves: they would keep the last connections open. */
async function stop(composed: Composed, cut: AbortSignal): Promise<void> {
  const aborted = new Promise<void>((resolve) => {
    if (cut.aborted) resolve()
    cut.addEventListener('abort', () => resolve(), { once: true })
  })
  await Promise.race([composed.close(), aborted])
}
