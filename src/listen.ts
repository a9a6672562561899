import type { Server } from 'node:http'
import { createServer } from 'node:net'
import { createAdaptorServer, type Http2Bindings, type HttpBindings } from '@hono/node-server'
import { StartFailure } from './domain/start-failure.ts'

/** Answers a request; the bindings hold Node's own request, whose socket knows the real peer. */
export type Fetch = (request: Request, bindings: HttpBindings | Http2Bindings) => Response | Promise<Response>

/** How long a client may take. */
export interface Patience {
  readonly requestMs: number
  readonly headersMs: number
  /** How often Node looks whose time is over: the two above may be exceeded by as much. */
  readonly lookMs: number
}

const PATIENCE: Patience = { requestMs: 30_000, headersMs: 15_000, lookMs: 2_000 }
// Longer than the minute after which reverse proxies drop an idle connection, so that they drop it first.
const KEEP_ALIVE_MS = 65_000
const LOOK_AGAIN_MS = 50

export interface Listening {
  /** Takes no new connection, lets requests in flight finish until `cut` is aborted, then cuts what is left. */
  stop(cut: AbortSignal): Promise<void>
}

/**
 * Serves HTTP on an address.
 * @throws StartFailure `port_taken` or `address_refused`
 */
export async function listen(
  fetch: Fetch,
  host: string,
  port: number,
  { requestMs, headersMs, lookMs }: Patience = PATIENCE,
): Promise<Listening> {
  const server = createAdaptorServer({
    fetch: (request, bindings) => fetch(request, bindings),
    serverOptions: {
      requestTimeout: requestMs,
      headersTimeout: headersMs,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: lookMs,
    },
  }) as Server
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(explained(error, host, port))).listen(port, host, resolve)
  })
  return { stop: (cut) => finish(server, cut) }
}

/** A port that is free at this moment. */
export async function freePort(host: string): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve, reject) => {
    probe.once('error', (error) => reject(explained(error, host, 0))).listen(0, host, resolve)
  })
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('a port was asked for')
  return address.port
}

async function finish(server: Server, cut: AbortSignal): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve))
  const cutAll = () => server.closeAllConnections()
  if (cut.aborted) cutAll()
  cut.addEventListener('abort', cutAll, { once: true })
  // A connection kept alive becomes idle only after its request: it has to be looked for again.
  const idle = setInterval(() => server.closeIdleConnections(), LOOK_AGAIN_MS)
  await closed
  clearInterval(idle)
}

function explained(error: NodeJS.ErrnoException, host: string, port: number): unknown {
  if (error.code === 'EADDRINUSE') {
    return new StartFailure(
      'port_taken',
      `The port ${port} on ${host} is taken: stop what uses it, or set PORT to another.`,
    )
  }
  if (error.code === 'EACCES') {
    return new StartFailure(
      'address_refused',
      `The port ${port} may not be used by this user: set PORT above 1023.`,
    )
  }
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new StartFailure('address_refused', `The address ${host} is not one of this machine: check HOST.`)
  }
  return error
}
