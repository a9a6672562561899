/**
 * Judges what clients saw against what the database holds in the end, knowing nothing of how orders are taken:
 * the idea of Jepsen's checkers, with this product's promises. Instants are milliseconds of one monotonic clock.
 */

/** What one attempt to send a wish brought. `unknown`: no answer, or one that promises nothing (a 503). */
export type Answer =
  | { readonly kind: 'unknown' }
  | {
      readonly kind: 'stored'
      /** True when this very attempt made the order. */
      readonly created: boolean
      readonly key: string
      readonly numbers: readonly number[]
    }
  | { readonly kind: 'refused'; readonly reason: string; readonly remaining?: number }

export interface Attempt {
  /** One contributor's wish, whatever ids it was sent under. */
  readonly wish: string
  readonly id: string
  readonly quantity: number
  readonly sentAt: number
  readonly endedAt: number
  readonly answer: Answer
}

/** What a viewer was told of the campaign. */
export interface Look {
  readonly askedAt: number
  readonly answeredAt: number
  readonly available: number
  readonly reserved: number
  readonly given: number
  readonly banked: number
}

export interface History {
  readonly attempts: readonly Attempt[]
  readonly looks: readonly Look[]
}

export interface StoredOrder {
  readonly id: string
  readonly key: string
  readonly quantity: number
  readonly status: string
  /** The coupons that name it as their owner. */
  readonly numbers: readonly number[]
  /** It expired and its money came late: it may hold other numbers than it was told at first. */
  readonly isRevived?: boolean
}

/** The database after the last answer. */
export interface FinalState {
  readonly goal: number
  readonly available: number
  readonly reserved: number
  readonly sold: number
  readonly orders: readonly StoredOrder[]
  /** Coupons that expiries and cancellations gave back, counted each time. */
  readonly freed: number
}

export interface Violation {
  readonly rule: RuleName
  readonly sentence: string
}

/** Everything that breaks a promise; an empty list is what tests expect. */
export function checkHistory(history: History, final: FinalState): Violation[] {
  const facts = factsOf(history, final)
  return Object.entries(RULES).flatMap(([rule, broken]) =>
    broken(facts).map((sentence) => ({ rule: rule as RuleName, sentence })),
  )
}

interface Facts {
  readonly history: History
  readonly final: FinalState
  readonly orders: ReadonlyMap<string, StoredOrder>
  readonly attempts: ReadonlyMap<string, readonly Attempt[]>
}

const HOLDS_NUMBERS = ['reserved', 'paid']
const TOO_FEW = ['sold_out', 'only_n_left']
/** A refusal after which the wish must not be stored. Of another content with the same id it says nothing. */
const NOTHING_STORED = [...TOO_FEW, 'campaign_not_live', 'method_unavailable', 'invalid']

const RULES = {
  acknowledged_is_stored: acknowledgedIsStored,
  answers_agree: answersAgree,
  one_owner: oneOwner,
  refused_is_not_stored: refusedIsNotStored,
  unknown_is_whole_or_nothing: unknownIsWholeOrNothing,
  one_row_a_wish: oneRowAWish,
  nothing_after_sold_out: nothingAfterSoldOut,
  coupons_conserved: couponsConserved,
  given_never_falls: givenNeverFalls,
} satisfies Record<string, (facts: Facts) => string[]>

export type RuleName = keyof typeof RULES
export const RULE_NAMES = Object.keys(RULES) as RuleName[]

function acknowledgedIsStored({ history, orders }: Facts): string[] {
  return history.attempts.flatMap(({ id, answer }) => {
    if (answer.kind !== 'stored') return []
    const order = orders.get(id)
    if (!order) return [`order ${id} was acknowledged and is not stored`]
    if (order.key !== answer.key) return [`order ${id} is stored under another key than the client has`]
    const isKept = !keepsNumbers(order) || same(order.numbers, answer.numbers)
    return isKept ? [] : [`order ${id} was told ${answer.numbers} and holds ${order.numbers}`]
  })
}

function answersAgree({ attempts, orders }: Facts): string[] {
  return [...attempts].flatMap(([id, tries]) => {
    const told = tries.flatMap(({ answer }) => (answer.kind === 'stored' ? [answer] : []))
    const made = told.filter(({ created }) => created).length
    const twice = made > 1 ? [`order ${id} was said to be created ${made} times`] : []
    const order = orders.get(id)
    if (order && !keepsNumbers(order)) return twice
    const differs = told.some(({ numbers }) => !same(numbers, told[0]?.numbers ?? []))
    return differs ? [...twice, `order ${id} was told different numbers`] : twice
  })
}

/** In the database, and also in what clients were told while nothing was given back. */
function oneOwner({ history, final }: Facts): string[] {
  const told = history.attempts.flatMap(({ id, answer }) =>
    final.freed === 0 && answer.kind === 'stored' ? [{ id, numbers: answer.numbers }] : [],
  )
  const owners = new Map<number, string>()
  return [...final.orders, ...told].flatMap(({ id, numbers }) =>
    numbers.flatMap((number) => {
      const owner = owners.get(number) ?? id
      owners.set(number, owner)
      return owner === id ? [] : [`number ${number} belongs to ${owner} and to ${id}`]
    }),
  )
}

/** Neither then nor later, unless coupons were given back and the same wish was sent once more. */
function refusedIsNotStored({ history, attempts, orders, final }: Facts): string[] {
  return history.attempts.flatMap(({ id, answer, endedAt }) => {
    if (answer.kind !== 'refused' || !NOTHING_STORED.includes(answer.reason) || !orders.has(id)) return []
    const tries = attempts.get(id) ?? []
    const isSentAgain = tries.some((later) => later.sentAt >= endedAt && later.answer.kind !== 'refused')
    if (isSentAgain && final.freed > 0 && TOO_FEW.includes(answer.reason)) return []
    return [`order ${id} was refused (${answer.reason}) and is stored: ${told(tries)}`]
  })
}

/** When each attempt was sent and ended, and what it brought. */
function told(attempts: readonly Attempt[]): string {
  const one = ({ sentAt, endedAt, answer }: Attempt) =>
    `${answer.kind === 'refused' ? answer.reason : answer.kind} ${Math.round(sentAt)}-${Math.round(endedAt)} ms`
  return attempts.map(one).join(', ')
}

/** Also where no answer ever came: either no order, or the whole of it. */
function unknownIsWholeOrNothing({ attempts, final }: Facts): string[] {
  return final.orders.flatMap(({ id, quantity, status, numbers }) => {
    const wanted = attempts.get(id)?.[0]?.quantity ?? quantity
    const due = HOLDS_NUMBERS.includes(status) ? wanted : 0
    return quantity === wanted && numbers.length === due
      ? []
      : [`order ${id} (${status}) wanted ${wanted} and is stored with ${quantity}, holding ${numbers.length}`]
  })
}

function oneRowAWish({ history, final, attempts }: Facts): string[] {
  const wishOf = new Map(history.attempts.map(({ id, wish }) => [id, wish]))
  const rows = new Map<string, number>()
  for (const { id } of final.orders) {
    const wish = wishOf.get(id)
    if (wish !== undefined) rows.set(wish, (rows.get(wish) ?? 0) + 1)
  }
  const nobodys = final.orders.filter(({ id }) => !attempts.has(id)).map(({ id }) => `nobody wished ${id}`)
  const twice = [...rows].filter(([, count]) => count > 1)
  return [...nobodys, ...twice.map(([wish, count]) => `wish ${wish} is stored ${count} times`)]
}

/**
 * After "only n left" or "sold out" has been said, no more than those n, and what was given back, goes to wishes
 * that were first sent later.
 */
function nothingAfterSoldOut({ history, final, attempts }: Facts): string[] {
  const later = final.orders
    .map(({ id, quantity }) => ({ firstSentAt: attempts.get(id)?.[0]?.sentAt ?? 0, quantity }))
    .sort((a, b) => b.firstSentAt - a.firstSentAt)
  return history.attempts.flatMap(({ answer, endedAt }) => {
    if (answer.kind !== 'refused' || !TOO_FEW.includes(answer.reason)) return []
    const left = (answer.remaining ?? 0) + final.freed
    let placed = 0
    for (const { firstSentAt, quantity } of later) {
      if (firstSentAt <= endedAt) break
      placed += quantity
    }
    return placed > left ? [`${left} could be left at ${endedAt} and ${placed} were placed later`] : []
  })
}

function couponsConserved({ history, final }: Facts): string[] {
  const sums = [...history.looks, { ...final, given: final.sold }]
    .filter(({ available, reserved, given }) => available + reserved + given !== final.goal)
    .map(
      ({ available, reserved, given }) =>
        `${available} free, ${reserved} reserved and ${given} given are not ${final.goal}`,
    )
  const held = final.orders.flatMap(({ numbers }) => numbers)
  const beyond = held.filter((number) => number < 1 || number > final.goal)
  const owned = held.length === final.reserved + final.sold ? [] : [`${held.length} coupons have an owner`]
  return [...sums, ...owned, ...beyond.map((number) => `there is no number ${number}`)]
}

/** What was answered before another viewer asked is the least that this one may be told. */
function givenNeverFalls({ history }: Facts): string[] {
  const answered = [...history.looks].sort((a, b) => a.answeredAt - b.answeredAt)
  const asked = [...history.looks].sort((a, b) => a.askedAt - b.askedAt)
  const most = { given: 0, banked: 0 }
  let next = 0
  return asked.flatMap((look) => {
    for (; (answered[next]?.answeredAt ?? Number.POSITIVE_INFINITY) < look.askedAt; next += 1) {
      most.given = Math.max(most.given, answered[next]!.given)
      most.banked = Math.max(most.banked, answered[next]!.banked)
    }
    const { given, banked } = look
    return given < most.given || banked < most.banked
      ? [`${given} given, ${banked} banked after ${most.given} given, ${most.banked} banked had been told`]
      : []
  })
}

function factsOf(history: History, final: FinalState): Facts {
  const attempts = new Map<string, Attempt[]>()
  const inOrder = [...history.attempts].sort((a, b) => a.sentAt - b.sentAt)
  for (const attempt of inOrder) {
    const tries = attempts.get(attempt.id)
    if (tries) tries.push(attempt)
    else attempts.set(attempt.id, [attempt])
  }
  return { history, final, attempts, orders: new Map(final.orders.map((order) => [order.id, order])) }
}

/** Not so an order that is over, or was for a while. */
function keepsNumbers({ status, isRevived }: StoredOrder): boolean {
  return HOLDS_NUMBERS.includes(status) && isRevived !== true
}

function same(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((number, index) => number === other[index])
}
