import cluster, { type Worker } from 'node:cluster'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { StartFailure } from './domain/start-failure.ts'
import { log } from './log.ts'
import type { Served, Serving } from './serve.ts'
import type { FromWorker, ToWorker } from './worker.ts'

// The built command itself: whatever script started this process may build, or wrap, and must not do so again.
const COMMAND = fileURLToPath(new URL('./twiza.js', import.meta.url))

// Whoever serves is told what it needs: the owner's way into the database stays with the first process.
const NO_KEYS = { DATABASE_URL: '', DATABASE_APP_URL: '', DATABASE_READ_URL: '', TWIZA_SECRET: '' }

const FIRST_WAIT_MS = 100
const LONGEST_WAIT_MS = 10_000
// Who lived so long did not die of its start.
const STEADY_MS = 10_000
const AFTER_CUT_MS = 1_000

/**
 * Serves in several processes, which take connections from one socket. This one only looks after them: a worker that
 * ends is started again, with growing pauses when it keeps ending.
 * @param connections the most each worker may open to the database
 * @throws StartFailure with no worker left, when one of them cannot serve at the start
 */
export async function serveInWorkers(
  serving: Serving,
  processes: number,
  connections: number,
): Promise<Served> {
  // A connection handed to a worker that dies before taking it would stay open and never be answered. When workers
  // take connections from the common socket themselves, it goes to another one, or is cut and tried again.
  cluster.schedulingPolicy = cluster.SCHED_NONE
  // After the policy: the first call of this fixes it for good.
  cluster.setupPrimary({ exec: COMMAND, args: ['start'] })
  const crew = new Set<Member>()
  const over = new AbortController()
  const begin = () => beginMember(crew, { kind: 'serve', serving, connections })
  const first = Array.from({ length: processes }, begin)
  const stop = async (cut: AbortSignal) => {
    over.abort()
    await dismiss(crew, cut)
  }
  try {
    await Promise.all(first.map(({ serves }) => serves))
  } catch (error) {
    await stop(AbortSignal.abort())
    throw error
  }
  for (const member of first) void keepServing(member, begin, over.signal)
  return { stop }
}

/** A worker: `serves` is fulfilled once it listens, `ended` with how it ended. */
interface Member {
  readonly worker: Worker
  readonly serves: Promise<void>
  readonly ended: Promise<string>
}

function beginMember(crew: Set<Member>, order: ToWorker): Member {
  const worker = cluster.fork(NO_KEYS)
  const serves = Promise.withResolvers<void>()
  const ended = new Promise<string>((resolve) => {
    worker.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`))
    worker.once('error', (error) => resolve(error.message))
  })
  const member = { worker, serves: serves.promise, ended }
  crew.add(member)
  worker.on('message', (message: FromWorker) => {
    if (message.kind === 'asks') tell(worker, order)
    else if (message.kind === 'serves') serves.resolve()
    else if (message.kind === 'refused') serves.reject(new StartFailure(message.code, message.sentence))
  })
  ended.then((how) => {
    crew.delete(member)
    serves.reject(new StartFailure('worker_ended', `A process ended before it could serve: ${how}.`))
  })
  // Only the first ones are waited for.
  serves.promise.catch(() => undefined)
  return member
}

async function keepServing(member: Member, begin: () => Member, over: AbortSignal): Promise<void> {
  let waitMs = FIRST_WAIT_MS
  for (let current = member; ; current = begin()) {
    const beganAt = performance.now()
    const how = await current.ended
    if (over.aborted) return
    if (performance.now() - beganAt > STEADY_MS) waitMs = FIRST_WAIT_MS
    log(JSON.stringify({ level: 'error', worker: current.worker.process.pid, ended: how, againInMs: waitMs }))
    await pause(waitMs, undefined, { signal: over }).catch(() => undefined)
    if (over.aborted) return
    waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)
  }
}

/** Everybody finishes; `cut` ends the waiting for requests, and what is left a second later is killed. */
async function dismiss(crew: ReadonlySet<Member>, cut: AbortSignal): Promise<void> {
  const members = [...crew]
  const all = Promise.all(members.map(({ ended }) => ended))
  for (const { worker } of members) tell(worker, { kind: 'stop' })
  const cutAll = async () => {
    for (const { worker } of members) tell(worker, { kind: 'cut' })
    await Promise.race([all, pause(AFTER_CUT_MS, undefined, { ref: false })])
    for (const { worker } of crew) worker.process.kill('SIGKILL')
  }
  if (cut.aborted) await cutAll()
  else cut.addEventListener('abort', cutAll, { once: true })
  await all
}

/** A worker that is gone is known to be gone by its `ended`. */
function tell(worker: Worker, message: ToWorker): void {
  if (worker.isConnected()) worker.send(message, () => undefined)
}
