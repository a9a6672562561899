import type { IncomingMessage } from 'node:http'

/** What a form or an order may hold by far; whoever sends more is answered by the limits of the routes. */
const MOST_BYTES = 64 * 1024

/** All bodies of a process that are on their way. */
export interface BodyRoom {
  /**
   * Takes the body in and then begins the work, which finds it as `rawBody`: a slow sender holds no place of others.
   * A body that breaks off begins nothing. False: no room is left for one more.
   */
  receive(incoming: IncomingMessage, begin: () => void): boolean
}

/** What all bodies on their way may hold together; how many there are is bounded by the connections. */
const MOST_BYTES_TOGETHER = 64 * 1024 * 1024

export function openBodyRoom(mostTogether = MOST_BYTES_TOGETHER): BodyRoom {
  let together = 0
  return {
    receive(incoming, begin) {
      if (together >= mostTogether) return false
      const chunks: Buffer[] = []
      let bytes = 0
      const take = (chunk: Buffer) => {
        bytes += chunk.length
        together += chunk.length
        chunks.push(chunk)
        // Handed on as it is, to be refused for its length where it belongs.
        if (bytes > MOST_BYTES) finish()
      }
      const leave = () => {
        together -= bytes
        incoming.off('data', take).off('end', finish).off('close', leave)
      }
      const finish = () => {
        leave()
        Object.assign(incoming, { rawBody: Buffer.concat(chunks) })
        begin()
      }
      incoming.on('data', take).once('end', finish).once('close', leave)
      return true
    },
  }
}

/** Whether a request brings a body that is worth waiting for: one that is too long is refused by its header. */
export function bringsBody({ headers }: IncomingMessage): boolean {
  const length = headers['content-length']
  if (length !== undefined) return Number(length) > 0 && Number(length) <= MOST_BYTES
  return headers['transfer-encoding'] !== undefined
}
