import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** What is asked for: pages in turn, or orders for one coupon, each with an id of its own, campaigns in turn. */
export type Wanted =
  | { readonly kind: 'pages'; readonly pages: readonly PageRequest[]; readonly status: number }
  | {
      readonly kind: 'orders'
      readonly campaigns: readonly string[]
      /** False for a stand-in that gives everybody the same number. */
      readonly areNumbersUnique: boolean
    }

export interface PageRequest {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
}

export interface Load {
  readonly wanted: Wanted
  /** On 127.0.0.1; the connections are dealt out among them. */
  readonly ports: readonly number[]
  readonly connections: number
  readonly seconds: number
  /** Requests a second, whether or not the ones before are answered; absent: each connection asks again at once. */
  readonly perSecond?: number
}

export interface LoadResult {
  /** Right answers within the measured time, by the second. */
  readonly perSecond: number
  /** Right answers in all, with those of the warm-up and those that came late. */
  readonly right: number
  /** Answers 503: too many at once, which is no wrong answer and no right one. */
  readonly refused: number
  /** What else came, and how often: a status, a cut connection, a number given twice. */
  readonly wrong: Readonly<Record<string, number>>
  readonly p50Ms: number
  readonly p99Ms: number
}

/** Makes load on loopback from a process of its own. */
export interface Generator {
  /** Warms up for a moment, then measures. One load at a time. */
  run(load: Load): Promise<LoadResult>
  stop(): Promise<void>
}

const GENERATOR = fileURLToPath(new URL('./load-process.ts', import.meta.url))

export function startGenerator(): Generator {
  const child: ChildProcess = fork(GENERATOR)
  return {
    run(load) {
      return new Promise((resolve, reject) => {
        const ended = () => reject(new Error('The process that makes the load ended.'))
        child.once('exit', ended)
        child.once('message', (result) => {
          child.off('exit', ended)
          resolve(result as LoadResult)
        })
        child.send(load)
      })
    },
    async stop() {
      if (child.exitCode !== null) return
      child.disconnect()
      await once(child, 'exit')
    },
  }
}
