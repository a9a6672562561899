import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/**
 * What becomes of a piece of bytes. `cut`: it is lost and both ends see a broken connection at once. `swallow`:
 * neither it nor anything after it arrives, in both directions, while both ends believe the connection is open.
 */
export type Fate = 'pass' | 'cut' | 'swallow'

/** One client's connection, for hooks that decide by what came before on it. */
export interface ProxiedConnection {
  /** 1 for the first connection of this proxy. */
  readonly number: number
  /** Bytes that have arrived at the server and at the client, before the piece that is decided on. */
  readonly passed: { readonly toServer: number; readonly toClient: number }
  /** Whatever the hooks want to remember of it. */
  readonly notes: Map<string, unknown>
  /** Breaks it now: both ends see a reset. */
  cut(): void
}

type Passage = (chunk: Buffer, connection: ProxiedConnection) => Fate

/** What decides on each piece; a direction without a hook lets everything pass. */
export interface Passages {
  readonly toServer?: Passage
  readonly toClient?: Passage
}

export interface TcpProxyOptions {
  /** Where the server is. */
  readonly host: string
  readonly port: number
  readonly passages?: Passages
  /** How long a swallowed connection stays silent before it breaks; for ever when absent. */
  readonly silentMs?: number
}

/** A bad network between a client and a server of this machine. */
export interface TcpProxy {
  /** Where clients find it, on 127.0.0.1. */
  readonly port: number
  /** May be replaced at any time; holds for the next piece. */
  passages: Passages
  /** Connections that are open. */
  readonly open: number
  /** What its hooks have broken so far. */
  readonly broken: { readonly cut: number; readonly swallowed: number }
  /** Breaks every connection that is open. */
  cutAll(): void
  /** New connections go to this port from now on; while nobody listens there they break. */
  pointTo(port: number): void
  close(): Promise<void>
}

const HOST = '127.0.0.1'

export async function startTcpProxy(options: TcpProxyOptions): Promise<TcpProxy> {
  const target = { host: options.host, port: options.port }
  const open = new Map<ProxiedConnection, () => void>()
  const broken = { cut: 0, swallowed: 0 }
  let accepted = 0
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    accepted += 1
    const upstream = connect({ ...target, allowHalfOpen: true, noDelay: true })
    const cut = () => {
      client.resetAndDestroy()
      upstream.resetAndDestroy()
    }
    const passed = { toServer: 0, toClient: 0 }
    const connection: ProxiedConnection = { number: accepted, passed, notes: new Map(), cut }
    open.set(connection, cut)
    const forget = () => {
      if (client.destroyed && upstream.destroyed) open.delete(connection)
    }
    const isSwallowed = { now: false }
    const swallow = () => {
      broken.swallowed += 1
      isSwallowed.now = true
      if (options.silentMs !== undefined) setTimeout(cut, options.silentMs).unref()
    }
    const decide = (chunk: Buffer, way: 'toServer' | 'toClient', other: Socket): boolean => {
      if (isSwallowed.now) return true
      const fate = proxy.passages[way]?.(chunk, connection) ?? 'pass'
      if (fate === 'cut') {
        broken.cut += 1
        cut()
      } else if (fate === 'swallow') swallow()
      else {
        passed[way] += chunk.length
        return other.write(chunk)
      }
      return true
    }
    carry(client, upstream, (chunk) => decide(chunk, 'toServer', upstream), isSwallowed)
    carry(upstream, client, (chunk) => decide(chunk, 'toClient', client), isSwallowed)
    for (const socket of [client, upstream]) socket.on('error', cut).on('close', forget)
  })
  server.listen(0, HOST)
  await once(server, 'listening')
  const proxy: TcpProxy = {
    port: (server.address() as AddressInfo).port,
    passages: options.passages ?? {},
    get open() {
      return open.size
    },
    broken,
    cutAll() {
      for (const cut of open.values()) cut()
    },
    pointTo(port) {
      target.port = port
    },
    async close() {
      server.close()
      proxy.cutAll()
      await once(server, 'close')
    },
  }
  return proxy
}

/** One direction: bytes, a slow reader's back-pressure, and the end. */
function carry(
  from: Socket,
  to: Socket,
  deliver: (chunk: Buffer) => boolean,
  isSwallowed: { readonly now: boolean },
): void {
  from.on('data', (chunk: Buffer) => {
    if (deliver(chunk)) return
    from.pause()
    to.once('drain', () => from.resume())
  })
  from.on('end', () => {
    if (!isSwallowed.now) to.end()
  })
}
