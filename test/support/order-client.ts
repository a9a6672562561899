import { Agent, request } from 'node:http'
import { newId } from '../../src/domain/id.ts'

/** What the API said of an order. */
export interface Answered {
  readonly status: number
  readonly coupons: readonly number[]
}

/** A client with one connection of its own, which is opened again when it is cut. */
export interface OrderClient {
  /** Asks until there is an answer, always with the same wish. */
  order(wish: object): Promise<Answered>
  /** How often the connection was cut before an answer. */
  readonly cuts: number
  close(): void
}

/** Orders from this address of the API, such as `http://127.0.0.1:3000/api/v1/campaigns/a/b/orders`. */
export function openOrderClient(url: string): OrderClient {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  let cuts = 0
  return {
    async order(wish) {
      for (;;) {
        const answered = await post(url, agent, wish).catch((error: NodeJS.ErrnoException) => {
          if (error.code !== 'ECONNRESET' && error.code !== 'ECONNREFUSED') throw error
          cuts += 1
        })
        if (answered && answered.status !== 503) return answered
      }
    },
    get cuts() {
      return cuts
    },
    close: () => agent.destroy(),
  }
}

/** A wish that the API takes. */
export function apiWish(overrides: object = {}): { readonly id: string; readonly [field: string]: unknown } {
  return {
    id: newId(),
    quantity: 1,
    method: 'transfer',
    name: 'Nadia',
    anonymous: false,
    email: 'nadia@example.org',
    lang: 'fr',
    consent: true,
    ...overrides,
  }
}

function post(url: string, agent: Agent, wish: object): Promise<Answered> {
  const body = JSON.stringify(wish)
  return new Promise((resolve, reject) => {
    const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }
    const sent = request(url, { method: 'POST', agent, headers }, async (response) => {
      let text = ''
      response.on('error', reject).on('data', (chunk) => {
        text += chunk
      })
      response.on('end', () => {
        const { coupons = [] } = JSON.parse(text) as { coupons?: number[] }
        resolve({ status: response.statusCode ?? 0, coupons })
      })
    })
    sent.on('error', reject).end(body)
  })
}
