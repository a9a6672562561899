import { connect as openSocket, type Socket } from 'node:net'
import { Duplex } from 'node:stream'
import postgres from 'postgres'

const ANSWER_TIMEOUT_S = 3

/** One address for each host of an address. */
export function hostUrls(url: string): string[] {
  const [, start = '', hosts = '', rest = ''] = /^(\w+:\/\/(?:[^@/?]*@)?)([^/?]*)(.*)$/s.exec(url) ?? []
  return hosts.split(',').map((host) => start + host + withoutWish(rest))
}

/**
 * Options of postgres.js that lead every new connection to whichever of these servers is the primary. The library
 * has an own way for several hosts, which takes a standby for `read-write`, and never answers a query, nor rests,
 * while there is no primary: here the query fails at once, with the code `NO_PRIMARY`.
 */
export function primaryOf(urls: readonly string[]) {
  let known: Promise<Place> | undefined
  const socket = async () => {
    known ??= findPrimary(urls)
    const place = known
    try {
      return await reach(await place)
    } catch (error) {
      if (known === place) known = undefined
      return brokenSocket(error as Error)
    }
  }
  const onclose = () => {
    known = undefined
  }
  // Looked at once more on each connection: the roles may have changed since.
  return { socket, onclose, target_session_attrs: 'primary' as const }
}

interface Place {
  readonly host: string
  readonly port: number
}

async function findPrimary(urls: readonly string[]): Promise<Place> {
  try {
    return await Promise.any(urls.map(placeOfPrimary))
  } catch (error) {
    const reasons = (error as AggregateError).errors as { code?: string }[]
    // A wrong password says more than that nobody answers.
    const told = reasons.find(({ code = '' }) => /^(?:28|3D)/.test(code))
    throw told ?? Object.assign(new Error('none of the hosts is a primary'), { code: 'NO_PRIMARY' })
  }
}

async function placeOfPrimary(url: string): Promise<Place> {
  const sql = postgres(url, { max: 1, connect_timeout: ANSWER_TIMEOUT_S, fetch_types: false })
  try {
    const [row] = await sql<{ standby: boolean }[]>`select pg_is_in_recovery() as standby`
    if (row?.standby !== false) throw new Error('a standby')
    return { host: sql.options.host[0] ?? '', port: sql.options.port[0] ?? 0 }
  } finally {
    // Not waited for: whoever asks is waiting for the answer only.
    void sql.end({ timeout: 1 })
  }
}

/** The library looks for `host` when it checks a certificate. */
function reach({ host, port }: Place): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = openSocket({ host, port, timeout: ANSWER_TIMEOUT_S * 1000 })
    socket.once('timeout', () => socket.destroy(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })))
    socket.once('error', reject)
    socket.once('connect', () => {
      socket.off('error', reject)
      socket.setTimeout(0).removeAllListeners('timeout')
      resolve(Object.assign(socket, { host, port }))
    })
  })
}

/**
 * The library never uses a connection again whose socket could not be made, nor one whose socket breaks before the
 * first message is written. This one breaks at that message.
 */
function brokenSocket(error: Error): Duplex {
  return new Duplex({
    read: () => undefined,
    write(_chunk, _encoding, done) {
      done()
      this.destroy(error)
    },
  })
}

function withoutWish(rest: string): string {
  return rest.replace(/([?&])target_session_attrs=[^&]*&?/, '$1').replace(/[?&]$/, '')
}
