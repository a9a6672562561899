import { connect } from './db/connect.ts'
import { StartFailure, type StartFailureCode } from './domain/start-failure.ts'
import { POOL_END_S, type Serving, serve } from './serve.ts'

/** What the first process says to a worker. */
export type ToWorker =
  | { readonly kind: 'serve'; readonly serving: Serving; readonly connections: number }
  | { readonly kind: 'stop' | 'cut' }

/** What a worker says to the first process. */
export type FromWorker =
  | { readonly kind: 'asks' | 'serves' }
  | { readonly kind: 'refused'; readonly code: StartFailureCode; readonly sentence: string }

/**
 * Serves as one of several processes, until the first process says to stop. When that one is gone, Node ends a
 * worker at once (`disconnect` in its cluster module): nothing that matters lives in a process.
 * @returns the exit code
 */
export async function work(): Promise<number> {
  // A signal to the whole group means the first process, which tells everybody in order.
  process.on('SIGINT', () => undefined).on('SIGTERM', () => undefined)
  const asked = listenToFirst()
  await tell({ kind: 'asks' })
  const { serving, connections } = await asked.serve
  const sql = connect(serving.appUrl, { max: connections })
  try {
    const served = await serve(serving, sql)
    await tell({ kind: 'serves' })
    await asked.stop
    await served.stop(asked.cut)
    return 0
  } catch (error) {
    if (!(error instanceof StartFailure)) throw error
    await tell({ kind: 'refused', code: error.code, sentence: error.message })
    return 1
  } finally {
    await sql.end({ timeout: POOL_END_S })
  }
}

function listenToFirst() {
  const serve = Promise.withResolvers<Extract<ToWorker, { kind: 'serve' }>>()
  const stop = Promise.withResolvers<void>()
  const cut = new AbortController()
  process.on('message', (message: ToWorker) => {
    if (message.kind === 'serve') serve.resolve(message)
    else if (message.kind === 'stop') stop.resolve()
    else if (message.kind === 'cut') cut.abort()
  })
  return { serve: serve.promise, stop: stop.promise, cut: cut.signal }
}

function tell(message: FromWorker): Promise<void> {
  return new Promise((resolve) => void process.send?.(message, undefined, undefined, () => resolve()))
}
