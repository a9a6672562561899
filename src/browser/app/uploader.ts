import { RECORD_ANSWERS, type RecordAnswer } from '../../domain/sale-record.ts'
import type { OutboxStore } from './outbox.ts'
import { type OutboxEntry, unsentOf } from './outbox-entries.ts'

/** One batch as the server takes it. */
export interface SalesBatch {
  readonly collectiveId: string
  readonly deviceId: string
  readonly sales: readonly Pick<OutboxEntry, 'id' | 'payload' | 'signature' | 'contributor'>[]
}

export interface UploaderNeeds {
  readonly store: OutboxStore
  /** Sends and reads the answers by id, of all or of the first ones; rejects when there is no good answer in time. */
  send(batch: SalesBatch): Promise<ReadonlyMap<string, string>>
  /** Runs the work while no other tab does; false, without running it, while one does. Let go when a tab dies. */
  alone(work: () => Promise<void>): Promise<boolean>
  /** Calls back once after `ms`; the answer takes it back. */
  later(ms: number, call: () => void): () => void
  /** Between 0 and 1. */
  random(): number
  /** After each answer and each failure. */
  changed(): void
}

/** Sends what waits, in order, one batch at a time, until the server has answered for every record. */
export interface Uploader {
  /** Something was given, the network came back, the page is visible again: try now. */
  wake(): void
  stop(): void
}

/** As many records as the server takes at once. */
const MAX_BATCH = 50
const FIRST_PAUSE_MS = 1000

/** With the longest wait for an answer, `SEND_TIMEOUT_MS`, a new try begins within 60 s of any moment. */
const LONGEST_PAUSE_MS = 40_000
export const SEND_TIMEOUT_MS = 15_000

export function startUploader(needs: UploaderNeeds): Uploader {
  let failures = 0
  let isRunning = false
  let isWoken = false
  let isStopped = false
  let cancelPause = () => {}

  const run = async () => {
    isRunning = true
    do {
      isWoken = false
      const isDone = await tryOnce(needs)
      failures = isDone ? 0 : failures + 1
      needs.changed()
    } while (isWoken && failures === 0)
    isRunning = false
    if (failures > 0 && !isStopped) cancelPause = needs.later(pauseMs(failures, needs.random()), wake)
  }

  function wake(): void {
    isWoken = true
    if (isRunning || isStopped) return
    cancelPause()
    void run()
  }

  return {
    wake,
    stop() {
      isStopped = true
      cancelPause()
    },
  }
}

/** Doubling, and never all phones at the same moment once the network is back. */
function pauseMs(failures: number, random: number): number {
  const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(failures - 1, 16))
  return longest * (0.5 + random / 2)
}

/** True once nothing waits any more. */
async function tryOnce(needs: UploaderNeeds): Promise<boolean> {
  let isDone = false
  try {
    const wasAlone = await needs.alone(async () => {
      isDone = await sendAll(needs)
    })
    return wasAlone && isDone
  } catch {
    // No network, no server, no storage: all of them are tried again.
    return false
  }
}

async function sendAll({ store, send, changed }: UploaderNeeds): Promise<boolean> {
  const phone = await store.phone()
  if (!phone) return true
  for (;;) {
    const waiting = unsentOf(await store.entries()).slice(0, MAX_BATCH)
    if (waiting.length === 0) return true
    const sales = waiting.map(({ id, payload, signature, contributor }) => ({
      id,
      payload,
      signature,
      contributor,
    }))
    const answers = await send({ collectiveId: phone.collective, deviceId: phone.device, sales })
    const known = waiting.flatMap(({ id }) => {
      const answer = answers.get(id)
      return isRecordAnswer(answer) ? [[id, answer] as const] : []
    })
    // A server that answers for none would be asked for ever.
    if (known.length === 0) return false
    await store.answer(new Map(known))
    changed()
  }
}

function isRecordAnswer(answer: string | undefined): answer is RecordAnswer {
  return (RECORD_ANSWERS as readonly (string | undefined)[]).includes(answer)
}
