import { Agent, request } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import type { Answer, Attempt, Look } from './history.ts'

/** What is sent of a wish; the id is the client's. */
export interface Wanted {
  /** One contributor's wish, whatever ids it is sent under. */
  readonly wish: string
  readonly id: string
  readonly quantity: number
  readonly method: 'card' | 'transfer'
}

export interface StormClientOptions {
  readonly port: number
  /** Address of the campaign in the API: `/api/v1/campaigns/casa/dar-salma`. */
  readonly campaign: string
  /** How long an answer may take before the client thinks it lost. */
  readonly patienceMs: number
  /** Connections at once; as many as asked for when absent. */
  readonly connections?: number
}

/** What came back over HTTP. */
export interface Reply {
  /** 0 when nothing came back; the text says why. */
  readonly status: number
  readonly text: string
}

/** Contributors and viewers of one campaign over real HTTP, who write down everything that they see. */
export interface StormClient {
  /** Every attempt and every look so far, as the history checker takes them. */
  readonly attempts: Attempt[]
  readonly looks: Look[]
  /** Replies that no fault explains: a 5xx that is not a 503, or a page where JSON was promised. */
  readonly odd: string[]
  /** Where the page to pay on is, by the order's id. */
  readonly paymentUrls: ReadonlyMap<string, string>
  send(wanted: Wanted): Promise<Answer>
  /** Sends the same wish until its answer is known; `nextId` gives another id for each repetition. */
  sendUntilKnown(wanted: Wanted, nextId?: () => string): Promise<Answer>
  look(): Promise<void>
  post(path: string, body: unknown): Promise<Reply>
  close(): void
}

const MAX_TRIES = 200
const LONGEST_PAUSE_MS = 200

export function openStormClient(options: StormClientOptions): StormClient {
  const { campaign, connections } = options
  const agent = new Agent({ keepAlive: true, ...(connections ? { maxSockets: connections } : {}) })
  const attempts: Attempt[] = []
  const looks: Look[] = []
  const odd: string[] = []
  const paymentUrls = new Map<string, string>()
  const post = (path: string, body: unknown) => exchange(options, agent, 'POST', path, JSON.stringify(body))

  const send = async (wanted: Wanted): Promise<Answer> => {
    const { id, quantity, method, wish } = wanted
    const sentAt = performance.now()
    const reply = await post(`${campaign}/orders`, { id, quantity, method, name: wish, consent: true })
    const endedAt = performance.now()
    const answer = answerOf(reply)
    if (answer === undefined) odd.push(told(reply))
    else if (answer.kind === 'stored' && answer.paymentUrl) paymentUrls.set(id, answer.paymentUrl)
    const known = answer ?? { kind: 'unknown' }
    attempts.push({ wish, id, quantity, sentAt, endedAt, answer: known })
    return known
  }

  return {
    attempts,
    looks,
    odd,
    paymentUrls,
    send,
    async sendUntilKnown(wanted, nextId) {
      let id = wanted.id
      for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
        const answer = await send({ ...wanted, id })
        if (answer.kind !== 'unknown') return answer
        if (nextId) id = nextId()
        await wait(Math.min(5 * tries, LONGEST_PAUSE_MS))
      }
      throw new Error(`no answer to wish ${wanted.wish} after ${MAX_TRIES} tries`)
    },
    async look() {
      const askedAt = performance.now()
      const reply = await exchange(options, agent, 'GET', campaign)
      if (reply.status === 0 || reply.status === 503) return
      if (reply.status !== 200) return void odd.push(told(reply))
      const { available, reserved, given, banked } = JSON.parse(reply.text) as Look
      looks.push({ askedAt, answeredAt: performance.now(), available, reserved, given, banked })
    },
    post,
    close: () => agent.destroy(),
  }
}

type Read =
  | Exclude<Answer, { kind: 'stored' }>
  | (Extract<Answer, { kind: 'stored' }> & { paymentUrl?: string })

/** Undefined for a reply that the API never promised. */
function answerOf(reply: Reply): Read | undefined {
  if (reply.status === 0 || reply.status === 503) return { kind: 'unknown' }
  if (reply.status >= 500) return undefined
  const body = JSON.parse(reply.text) as {
    key: string
    coupons: number[]
    code: string
    remaining?: number
    paymentUrl?: string
  }
  if (reply.status === 200 || reply.status === 201) {
    const { key, coupons: numbers, paymentUrl } = body
    const created = reply.status === 201
    return { kind: 'stored', created, key, numbers, ...(paymentUrl === undefined ? {} : { paymentUrl }) }
  }
  const { code: reason, remaining } = body
  return { kind: 'refused', reason, ...(remaining === undefined ? {} : { remaining }) }
}

function told(reply: Reply): string {
  return `${reply.status} ${reply.text.slice(0, 300)}`
}

function exchange(
  { port, patienceMs }: StormClientOptions,
  agent: Agent,
  method: 'GET' | 'POST',
  path: string,
  body?: string,
): Promise<Reply> {
  return new Promise((resolve) => {
    const lost = (error: Error) => resolve({ status: 0, text: error.message })
    const headers = body === undefined ? {} : { 'Content-Type': 'application/json' }
    const signal = AbortSignal.timeout(patienceMs)
    const sent = request({ host: '127.0.0.1', port, path, method, agent, headers, signal }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', lost)
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() })
      })
    })
    sent.on('error', lost)
    sent.end(body)
  })
}
