// Thousands of live viewers in a process of their own, as small as a viewer can be. Started by cases/viewers.ts.
import { openLine } from './load-line.ts'

export type ViewersOrder =
  | { readonly open: { readonly port: number; readonly path: string; readonly count: number } }
  | 'watch'

/** `open`: every viewer has been shown the present state. `lastAt`: nanoseconds of the machine's clock. */
export type ViewersReport =
  | { readonly open: number }
  | { readonly lastAt: string; readonly viewers: number; readonly cut: number }

// As many as a server's queue of new connections takes.
const AT_ONCE = 100

const shown = new Set<number>()
let viewers = 0
let cut = 0
let report: () => void = () => undefined

process.on('message', async (order: ViewersOrder) => {
  if (order === 'watch') {
    shown.clear()
    report = () => tell({ lastAt: process.hrtime.bigint().toString(), viewers, cut })
    return
  }
  const { port, path, count } = order.open
  const opened = new Promise<void>((resolve) => {
    report = resolve
  })
  viewers = count
  for (let first = 0; first < count; first += AT_ONCE) {
    const wave = Array.from({ length: Math.min(AT_ONCE, count - first) }, (_, index) =>
      openViewer(port, path, first + index),
    )
    await Promise.all(wave)
  }
  await opened
  tell({ open: count })
})

async function openViewer(port: number, path: string, viewer: number): Promise<void> {
  const line = await openLine(port)
  line.onCut(() => {
    cut += 1
  })
  await new Promise<void>((resolve) => {
    line.onData((chunk) => {
      if (!chunk.includes('data:') || shown.has(viewer)) return
      shown.add(viewer)
      resolve()
      if (shown.size === viewers) report()
    })
    line.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n`)
  })
}

function tell(message: ViewersReport): void {
  process.send?.(message)
}

process.once('disconnect', () => process.exit())
