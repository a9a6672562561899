import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** What the crowd asks of a server on this machine: pages made for one reader, and orders for one coupon. */
export interface CrowdWanted {
  readonly port: number
  readonly seconds: number
  /** Requests a second, whether or not the ones before are answered; absent: each connection asks again at once. */
  readonly perSecond?: number
  /** The most open at once; they are opened when they are needed. */
  readonly connections: number
  readonly ordersPath: string
  /** In turn; of four requests three are for a page. */
  readonly pages: readonly string[]
  /** What somebody else asks for all the while, one after the other, with this cookie. */
  readonly watched: readonly string[]
  readonly cookie: string
}

export interface Latencies {
  readonly count: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly mostMs: number
}

/** From the sending of a request to its answer, as the crowd saw it: never less than what the server took. */
export interface CrowdSeen {
  readonly asked: number
  /** Wanted at a moment when every connection was taken. */
  readonly notSent: number
  readonly accepted: Latencies
  readonly refused: Latencies
  /** Refusals without a time to come again. */
  readonly withoutRetryAfter: number
  /** Answers that are neither, and cut connections, by name. */
  readonly other: Readonly<Record<string, number>>
  /** The ids of the orders answered with 201. */
  readonly placed: readonly string[]
  /** Of what is watched, by its path; any other answer than 200 is among `other`. */
  readonly watched: Readonly<Record<string, Latencies>>
}

/** Lets a crowd loose from a process of its own. */
export async function crowd(wanted: CrowdWanted): Promise<CrowdSeen> {
  const child = fork(fileURLToPath(new URL('./t27-crowd.ts', import.meta.url)), { execArgv: [] })
  try {
    child.send(wanted)
    const ended = once(child, 'exit').then(() => {
      throw new Error('the crowd went home early')
    })
    const [seen] = (await Promise.race([once(child, 'message'), ended])) as [CrowdSeen]
    return seen
  } finally {
    child.kill()
  }
}
