import { existsSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import type { TypstAnswer, TypstJob } from './typst-worker.ts'

export type Template = 'booklet' | 'card' | 'poster' | 'receipt'

type Line = 'short' | 'long'

interface Waiting {
  resolve(bytes: Buffer): void
  reject(error: Error): void
}

interface Setter {
  readonly worker: Worker
  readonly waiting: Map<number, Waiting>
}

// Beside the built command; from the sources, the file itself.
const built = new URL('./typst-worker.js', import.meta.url)
const WORKER = existsSync(built) ? built : new URL('./typst-worker.ts', import.meta.url)

/**
 * A thread for each line, begun when it is first needed: pages never wait for a document, and a card never waits
 * behind a thousand coupons.
 */
const setters = new Map<Line, Setter>()
let lastId = 0

/**
 * Sets a document with the template of that name. What people wrote goes in as data, so that it is only ever text.
 * Throws when the template cannot be set, which is a bug, or when the thread is lost.
 */
export function typeset(template: Template, data: unknown, output: 'pdf' | 'svg' = 'pdf'): Promise<Buffer> {
  const { worker, waiting } = setterOf(template === 'booklet' ? 'long' : 'short')
  lastId += 1
  const job: TypstJob = { id: lastId, template, data: JSON.stringify(data), output }
  return new Promise((resolve, reject) => {
    waiting.set(job.id, { resolve, reject })
    worker.ref()
    worker.postMessage(job)
  })
}

function setterOf(line: Line): Setter {
  const known = setters.get(line)
  if (known) return known
  const worker = new Worker(WORKER)
  const waiting = new Map<number, Waiting>()
  const setter: Setter = { worker, waiting }
  setters.set(line, setter)
  worker.on('message', (answer: TypstAnswer) => {
    const job = waiting.get(answer.id)
    waiting.delete(answer.id)
    // An idle thread keeps no process alive.
    if (waiting.size === 0) worker.unref()
    if ('bytes' in answer) job?.resolve(Buffer.from(answer.bytes))
    else job?.reject(new Error(`A document could not be set: ${answer.problem}`))
  })
  const lose = (error: Error) => {
    if (setters.get(line) === setter) setters.delete(line)
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  worker.on('error', lose)
  worker.on('exit', () => lose(new Error('The thread that sets documents has ended')))
  return setter
}
