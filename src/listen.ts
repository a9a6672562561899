import cluster from 'node:cluster'
import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http'
import { createServer, type ListenOptions, type Server as NetServer, type Socket } from 'node:net'
import { StartFailure } from './domain/start-failure.ts'

/** What one client, and all together, may ask of the connections. */
export interface Patience {
  readonly requestMs: number
  readonly headersMs: number
  /** How often Node looks whose time is over: the two above may be exceeded by as much. */
  readonly lookMs: number
  /** How long nothing may move on a connection that is not between requests: who does not read is cut. */
  readonly stillMs: number
  readonly connections: number
}

const PATIENCE: Patience = {
  requestMs: 30_000,
  headersMs: 15_000,
  lookMs: 2_000,
  // Three heartbeats of a stream; and the longest answer to wait for, of a database that is slow, is shorter.
  stillMs: 60_000,
  // Ten thousand viewers of live progress, and half as many others; each costs some 20 KB and a file descriptor.
  connections: 16_000,
}
const MAX_HEADER_BYTES = 16 * 1024
// Who comes while a turn of the loop lasts waits here; the system's own limit may be lower.
const BACKLOG = 4096
const DOORS = 32
// Longer than the minute after which reverse proxies drop an idle connection, so that they drop it first.
const KEEP_ALIVE_MS = 65_000
const LOOK_AGAIN_MS = 50

export interface Listening {
  /** Takes no new connection, lets requests in flight finish until `cut` is aborted, then cuts what is left. */
  stop(cut: AbortSignal): Promise<void>
}

/**
 * Serves HTTP on an address. What is not said of `patience` is as in production.
 * @throws StartFailure `port_taken` or `address_refused`
 */
export async function listen(
  listener: RequestListener,
  host: string,
  port: number,
  patience: Partial<Patience> = {},
): Promise<Listening> {
  const { requestMs, headersMs, lookMs, stillMs, connections } = { ...PATIENCE, ...patience }
  const server = createHttpServer(
    {
      requestTimeout: requestMs,
      headersTimeout: headersMs,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: lookMs,
      maxHeaderSize: MAX_HEADER_BYTES,
    },
    listener,
  )
  server.timeout = stillMs
  let inside = 0
  const enter = (socket: Socket) => {
    if (inside >= connections) return socket.destroy()
    inside += 1
    socket.once('close', () => {
      inside -= 1
    })
    server.emit('connection', socket)
  }
  const doors = await openDoors(enter, host, port)
  // From now on Node looks whose time is over.
  server.emit('listening')
  return { stop: (cut) => finish(server, doors, cut) }
}

/**
 * Node takes in one connection a turn of its loop (github.com/libuv/libuv/pull/3696). In a storm a turn lasts some
 * ten milliseconds, and who comes by a new connection, a treasurer or a check of our health, waits behind everybody.
 * So there are several sockets on the one port, among which Linux deals the connections out. A worker of a cluster
 * gets its own handed in by the first process, which does nothing else.
 */
async function openDoors(enter: (socket: Socket) => void, host: string, port: number): Promise<NetServer[]> {
  const door = (reusePort: boolean) =>
    open(createServer({ allowHalfOpen: true, noDelay: true }, enter), { host, port, reusePort })
  if (process.platform !== 'linux' || cluster.isWorker) return [await door(false)]
  // Sockets that share a port do not mind whose the others are: another program's must be found before.
  const probe = await open(createServer(), { host, port })
  await new Promise((resolve) => probe.close(resolve))
  const doors = await Promise.allSettled(Array.from({ length: DOORS }, () => door(true)))
  const opened = doors.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const [failed] = doors.filter((one) => one.status === 'rejected')
  if (!failed) return opened
  // Left open, they would keep a process alive that has refused to start.
  for (const one of opened) one.close()
  throw failed.reason
}

async function open(
  server: NetServer,
  where: ListenOptions & { host: string; port: number },
): Promise<NetServer> {
  await new Promise<void>((resolve, reject) => {
    // For good: a connection that cannot be taken in later, for want of memory, must not end the process.
    server.on('error', (error) => reject(explained(error, where.host, where.port)))
    server.listen({ ...where, backlog: BACKLOG }, resolve)
  })
  return server
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

async function finish(server: Server, doors: readonly NetServer[], cut: AbortSignal): Promise<void> {
  const closed = Promise.all(doors.map((door) => new Promise((resolve) => door.close(resolve))))
  const cutAll = () => server.closeAllConnections()
  if (cut.aborted) cutAll()
  cut.addEventListener('abort', cutAll, { once: true })
  // A connection kept alive becomes idle only after its request: it has to be looked for again.
  const idle = setInterval(() => server.closeIdleConnections(), LOOK_AGAIN_MS)
  await closed
  clearInterval(idle)
  // It never listened itself, but looked whose time is over.
  server.close()
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
