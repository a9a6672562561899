/**
 * What a request is to a process that has too much to do.
 * - `reserved`: what must always answer: health, set-up, sign-in and the desk, the doors of the payment providers.
 *   Also what costs next to nothing (built files) and what has a bound of its own (streams).
 * - `orders`: somebody gives.
 * - `public`: every other page and answer, which is looked up and written for this one reader.
 */
export type RequestKind = 'reserved' | 'orders' | 'public'

export interface Admission {
  /**
   * Begins the work now, or as soon as what came before it lets it. False: it could not be done in time, and will
   * never begin.
   */
  admit(kind: RequestKind, begin: () => Promise<unknown>): boolean
}

interface Bounds {
  /** The most in work at once. */
  readonly most: number
  /** The most that wait for one of those to end. */
  readonly waiting: number
}

/**
 * An order costs little and gains by company: eight calls to the database are gathered. A page made for one reader
 * takes several queries and some milliseconds of the one thread: twelve keep the pool busy, and more would only wait
 * inside it, with everybody's orders behind them. All of these are over within two seconds even where a process does
 * no more than forty pages a second.
 */
const BOUNDS: Readonly<Record<Exclude<RequestKind, 'reserved'>, Bounds>> = {
  orders: { most: 512, waiting: 0 },
  public: { most: 12, waiting: 64 },
}

// Half of the two seconds in which an order that was let in has its answer: an estimate may be wrong by as much.
const ORDER_WAIT_LIMIT_MS = 1_000
// As many as one call takes: without them a slow database would have nothing to do but wait.
const ORDERS_ALWAYS = 64

/**
 * Decides who is served, by counting: whatever comes, no more is in work or waiting than stands above. `orderWaitMs`
 * says how long an order that comes now will probably wait.
 */
export function openAdmission(orderWaitMs: () => number): Admission {
  const orders = openRoom(BOUNDS.orders)
  const pages = openRoom(BOUNDS.public)
  return {
    admit(kind, begin) {
      if (kind === 'public') return pages.admit(begin)
      if (kind === 'orders') {
        const isTooLong = orders.inWork() >= ORDERS_ALWAYS && orderWaitMs() > ORDER_WAIT_LIMIT_MS
        return !isTooLong && orders.admit(begin)
      }
      void begin()
      return true
    },
  }
}

function openRoom({ most, waiting }: Bounds) {
  const line: (() => Promise<unknown>)[] = []
  let inWork = 0
  const start = (begin: () => Promise<unknown>) => {
    inWork += 1
    const end = () => {
      inWork -= 1
      const next = line.shift()
      if (next) start(next)
    }
    begin().then(end, end)
  }
  return {
    inWork: () => inWork,
    admit(begin: () => Promise<unknown>): boolean {
      if (inWork < most) start(begin)
      else if (line.length < waiting) line.push(begin)
      else return false
      return true
    },
  }
}

const RESERVED =
  /^\/(?:healthz|readyz|setup|assets\/.*|payments\/.*|sandbox\/.*|(?:ar|fr|en|es)\/(?:sign-(?:in(?:\/code)?|out)|account(?:\/.*)?|invitation\/.*|[^/]+\/(?:desk|treasury|ambassador)(?:\/.*)?)|api\/v1\/campaigns\/[^/]+\/[^/]+\/events)$/
const ORDERS = /^\/(?:api\/v1\/campaigns\/[^/]+\/[^/]+\/orders|(?:ar|fr|en|es)\/[^/]+\/[^/]+\/give)$/

/** The kind of a request by its method and address (its path and query). */
export function kindOfRequest(method: string, address: string): RequestKind {
  const query = address.indexOf('?')
  const path = query < 0 ? address : address.slice(0, query)
  if (method === 'POST' && ORDERS.test(path)) return 'orders'
  return RESERVED.test(path) ? 'reserved' : 'public'
}
