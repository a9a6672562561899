/** One open stream. It keeps at most one message: each is the whole truth, so the newest is enough. */
export interface LiveViewer {
  readonly stream: ReadableStream<Uint8Array>
  /** Hands the message over, or keeps it until the viewer has read what came before. */
  send(message: Uint8Array): void
  /** A comment that keeps proxies from closing. False when nothing was read since the last one. */
  beat(): boolean
  /** Ends the stream after what was sent. */
  close(): void
  /** Ends it at once, for one who does not read. */
  drop(): void
}

const HEARTBEAT = new TextEncoder().encode(':\n\n')

/** `onGone` is called when the reader goes away. */
export function openViewer(onGone: (viewer: LiveViewer) => void): LiveViewer {
  let controller: ReadableStreamDefaultController<Uint8Array>
  let newest: Uint8Array | undefined
  let isStuck = false
  const isFree = () => (controller.desiredSize ?? 0) > 0
  const stream = new ReadableStream<Uint8Array>({
    start(opened) {
      controller = opened
    },
    pull() {
      isStuck = false
      if (newest) controller.enqueue(newest)
      newest = undefined
    },
    cancel() {
      onGone(viewer)
    },
  })
  const viewer: LiveViewer = {
    stream,
    send(message) {
      if (isFree()) controller.enqueue(message)
      else newest = message
    },
    beat() {
      if (isFree()) {
        controller.enqueue(HEARTBEAT)
        return true
      }
      if (isStuck) return false
      isStuck = true
      return true
    },
    close: () => controller.close(),
    drop: () => controller.error(new SlowViewer()),
  }
  return viewer
}

/** The code is the one that a server takes for a visitor's own leaving: it ends the connection and is no fault. */
class SlowViewer extends Error {
  readonly code = 'ERR_STREAM_PREMATURE_CLOSE'
}
