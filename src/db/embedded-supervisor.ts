import { setTimeout as pause } from 'node:timers/promises'
import { launch, type Program, type Server } from './embedded-server.ts'
import { stopOrphans } from './orphans.ts'

const FIRST_PAUSE_MS = 50
const LONGEST_PAUSE_MS = 2_000
// Recovery takes its time; whoever is away for longer needs the operator to know why.
const EXPLAIN_AFTER_MS = 10_000

/** The one who looks after the server. */
export interface Supervisor {
  /** Stops the server, also one that is just being started again, and looks after it no more. */
  stop(limitMs?: number): Promise<void>
}

/**
 * Starts the server again on its port whenever it ends without having been told to, for as long as it takes: it was
 * killed, or the disk was full. The port stays, because every pool and every other process knows this address; while
 * another program has taken it, that is waited for.
 * @param log takes one line when the server is away, one when it is back, and one for what keeps it away for long
 */
export function keepRunning(program: Program, first: Server, log: (line: string) => void): Supervisor {
  const { port } = first
  const stopping = new AbortController()
  let server = first

  async function watch(): Promise<void> {
    while (true) {
      const how = await server.ended
      if (stopping.signal.aborted) return
      const awaySince = performance.now()
      log(line('error', 'away', { why: how.startsWith('SIG') ? how : `${how}: ${server.complaint()}` }))
      const tries = await comeBack(awaySince)
      if (tries === undefined) return
      log(line('info', 'back', { afterMs: elapsed(awaySince), tries }))
    }
  }

  /** How many tries it took; undefined when it was stopped meanwhile. */
  async function comeBack(awaySince: number): Promise<number | undefined> {
    let told: string | undefined
    for (let tries = 1; !stopping.signal.aborted; tries += 1) {
      const why = await tryAgain()
      if (why === undefined) return tries
      if (elapsed(awaySince) > EXPLAIN_AFTER_MS && why !== told && !stopping.signal.aborted) {
        log(line('error', 'away', { forMs: elapsed(awaySince), tries, why }))
        told = why
      }
      const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** (tries - 1), LONGEST_PAUSE_MS)
      await pause(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
    return undefined
  }

  /** Why it failed; undefined when the server takes queries again. */
  async function tryAgain(): Promise<string | undefined> {
    try {
      await stopOrphans(program.cluster.folder)
      if (stopping.signal.aborted) return 'stopped'
      server = launch(program, port)
      return (await server.becomesReady()) ? undefined : server.complaint()
    } catch (error) {
      return (error as Error).message
    }
  }

  const watching = watch()
  return {
    async stop(limitMs) {
      stopping.abort()
      await server.shutDown(limitMs)
      await watching
    },
  }
}

function elapsed(since: number): number {
  return Math.round(performance.now() - since)
}

function line(level: 'error' | 'info', database: 'away' | 'back', more: Record<string, unknown>): string {
  return JSON.stringify({ level, database, ...more })
}
