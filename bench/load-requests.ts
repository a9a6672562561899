import { newId } from '../src/domain/id.ts'
import type { HttpAnswer } from './answer-reader.ts'
import type { Wanted } from './load.ts'

/** One request, ready to be written, and how to tell whether its answer is right. */
export interface PreparedRequest {
  readonly bytes: string
  /** What is wrong with the answer, or undefined. */
  verify(answer: HttpAnswer): string | undefined
}

const MAX_COUPONS = 1_000_000

// For the life of the process: a number given in one round must not be given in another either.
const givenNumbers = new Map<string, Uint8Array>()

/** The requests of a load, one after another. */
export function requestsOf(wanted: Wanted): () => PreparedRequest {
  return wanted.kind === 'pages' ? pageRequests(wanted) : orderRequests(wanted)
}

function pageRequests({ pages, status }: Extract<Wanted, { kind: 'pages' }>): () => PreparedRequest {
  const verify = (answer: HttpAnswer) => (answer.status === status ? undefined : `status ${answer.status}`)
  return inTurn(pages.map(({ path, headers }) => ({ bytes: head('GET', path, headers), verify })))
}

function orderRequests(wanted: Extract<Wanted, { kind: 'orders' }>): () => PreparedRequest {
  const headers = { 'Content-Type': 'application/json', 'Content-Length': String(wish().length) }
  const next = inTurn(
    wanted.campaigns.map((campaign) => ({
      head: head('POST', `/api/v1/campaigns/${campaign}/orders`, headers),
      verify: orderVerifier(numbersOf(campaign), wanted.areNumbersUnique),
    })),
  )
  return () => {
    const { head, verify } = next()
    return { bytes: head + wish(), verify }
  }
}

/** As the page of a real client sends it; always of the same length. */
function wish(): string {
  return `{"id":"${newId()}","quantity":1,"method":"card","name":"Nadia Bennani","email":"nadia@example.org","consent":true,"lang":"fr"}`
}

function orderVerifier(taken: Uint8Array, areNumbersUnique: boolean): PreparedRequest['verify'] {
  return ({ status, body }) => {
    if (status !== 201) return `status ${status}`
    const number = Number(/"coupons":\[(\d+)\]/.exec(body())?.[1])
    if (!(number >= 1 && number <= MAX_COUPONS)) return 'no number'
    if (areNumbersUnique && taken[number] === 1) return 'number given twice'
    taken[number] = 1
    return undefined
  }
}

function numbersOf(campaign: string): Uint8Array {
  const taken = givenNumbers.get(campaign) ?? new Uint8Array(MAX_COUPONS + 1)
  givenNumbers.set(campaign, taken)
  return taken
}

function inTurn<T>(all: readonly T[]): () => T {
  let turn = 0
  return () => all[turn++ % all.length]!
}

function head(method: string, path: string, headers: Readonly<Record<string, string>>): string {
  const lines = Object.entries({ Host: 'localhost', ...headers }).map(([name, value]) => `${name}: ${value}`)
  return `${[`${method} ${path} HTTP/1.1`, ...lines].join('\r\n')}\r\n\r\n`
}
