import { once } from 'node:events'
import { connect } from 'node:net'

/** One open connection to a server on 127.0.0.1. */
export async function openLine(port: number) {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true })
  await once(socket, 'connect')
  let isClosing = false
  socket.on('error', () => undefined)
  return {
    write: (bytes: string) => void socket.write(bytes, 'latin1'),
    onData: (take: (chunk: Buffer) => void) => void socket.on('data', take),
    /** The other side ended it. */
    onCut: (told: () => void) => void socket.once('close', () => isClosing || told()),
    close() {
      isClosing = true
      // Without the minutes of waiting that a polite end leaves behind for each port.
      socket.resetAndDestroy()
    },
  }
}
