import type { ModelOptions, ModelState, ModelWish } from './model-state.ts'

/**
 * What should become of every request, told a second time in plain words: no SQL, nothing imported of what decides
 * in the application. It knows one campaign and everything that was ever asked of it, and takes one thing after the
 * other, as the database does under the campaign's lock.
 */

interface Payment {
  readonly id: string
  readonly order: string
  readonly provider: 'sandbox' | 'transfer'
  status: 'started' | 'declined' | 'paid'
  /** Where its money was booked, when it came. */
  booked?: 'given' | 'refund_due'
  settled: boolean
}

interface Order {
  readonly wish: ModelWish
  readonly expiresAtMs: number
  readonly firstNumbers: readonly number[]
  status: 'reserved' | 'paid' | 'expired' | 'cancelled'
  payments: Payment[]
}

interface Coupon {
  order?: string
  state: 'available' | 'reserved' | 'sold'
  banked: boolean
}

type Account = 'bank' | 'card' | 'fund' | 'refunds_due'

const MAX_ATTEMPTS = 10

export function createModel(options: ModelOptions) {
  const coupons: Coupon[] = Array.from({ length: options.goal }, () => ({
    state: 'available',
    banked: false,
  }))
  const orders = new Map<string, Order>()
  const payments = new Map<string, Payment>()
  const refunds = new Map<string, { reason: string; isDone: boolean }>()
  const messages = new Set<string>()
  const accounts = new Map<Account, number>()
  let position = 0
  let closedAtMs = Number.POSITIVE_INFINITY

  const free = () => coupons.flatMap(({ state }, index) => (state === 'available' ? [index + 1] : []))
  const held = (id: string) => coupons.flatMap(({ order }, index) => (order === id ? [index + 1] : []))
  const amountOf = ({ wish }: Order) => wish.quantity * options.priceMinor

  function move(debit: Account, credit: Account, amount: number): void {
    accounts.set(debit, (accounts.get(debit) ?? 0) + amount)
    accounts.set(credit, (accounts.get(credit) ?? 0) - amount)
  }

  function give(id: string, numbers: readonly number[]): void {
    for (const number of numbers) coupons[number - 1] = { order: id, state: 'reserved', banked: false }
  }

  function takeBack(id: string): void {
    for (const number of held(id)) coupons[number - 1] = { state: 'available', banked: false }
  }

  function expire(atMs: number): number {
    const due = [...orders].filter(
      ([, { status, expiresAtMs }]) => status === 'reserved' && expiresAtMs <= atMs,
    )
    for (const [id, order] of due) {
      order.status = 'expired'
      takeBack(id)
      position += 1
    }
    return due.length
  }

  /** Those it had at first when all of them are free, else the lowest. */
  function reviveNumbers(id: string, order: Order, atMs: number): boolean {
    expire(atMs)
    const left = free()
    if (left.length < order.wish.quantity) return false
    const hasFirst = order.firstNumbers.every((number) => left.includes(number))
    give(id, hasFirst ? order.firstNumbers : left.slice(0, order.wish.quantity))
    return true
  }

  /** Money came for an order: its coupons are given, or the money is due back. */
  function moneyCame(payment: Payment, into: Account, atMs: number): 'paid' | 'refund_due' {
    const order = orders.get(payment.order)!
    payment.status = 'paid'
    const reasons = {
      paid: 'paid_twice',
      cancelled: 'order_cancelled',
      expired: 'no_coupon_left',
      reserved: '',
    }
    const reason = reasons[order.status]
    const isGiven =
      order.status === 'reserved' || (order.status === 'expired' && reviveNumbers(payment.order, order, atMs))
    move(into, isGiven ? 'fund' : 'refunds_due', amountOf(order))
    payment.booked = isGiven ? 'given' : 'refund_due'
    position += 1
    if (!isGiven) {
      refunds.set(payment.id, { reason, isDone: false })
      return 'refund_due'
    }
    order.status = 'paid'
    for (const number of held(payment.order)) {
      coupons[number - 1] = { order: payment.order, state: 'sold', banked: into === 'bank' }
    }
    return 'paid'
  }

  function compare({ wish: stored, status }: Order, wish: ModelWish): string {
    if (stored.method !== wish.method) return 'exists_with_different_method'
    if (stored.quantity !== wish.quantity) return 'exists_with_different_quantity'
    if (stored.ambassador !== wish.ambassador) return 'exists_with_different_ambassador'
    if (stored.name !== wish.name) return 'exists_with_different_contributor'
    return `exists ${status} ${held(wish.id)}`
  }

  return {
    place(wish: ModelWish, atMs: number): string {
      const day = options.dayOf(atMs)
      const isLive = atMs < closedAtMs && day >= options.firstDay && day <= options.lastDay
      // Whoever asks for more than is free makes what is due expire, whatever becomes of the wish.
      if (isLive && free().length < Math.min(wish.quantity, 50)) expire(atMs)
      const known = orders.get(wish.id)
      if (known) return compare(known, wish)
      if (!isLive) return 'campaign_not_live'
      if (wish.quantity < 1 || wish.quantity > 50) return 'quantity_invalid'
      const left = free()
      if (left.length === 0) return 'sold_out'
      if (left.length < wish.quantity) return `only_n_left ${left.length}`
      const numbers = left.slice(0, wish.quantity)
      const lastsMs = wish.method === 'card' ? options.cardMs : options.transferMs
      orders.set(wish.id, {
        wish,
        expiresAtMs: atMs + lastsMs,
        firstNumbers: numbers,
        status: 'reserved',
        payments: [],
      })
      give(wish.id, numbers)
      position += 1
      return `created ${numbers}`
    },

    /** A payment that the application opened for a card order, by the id that it made. */
    opened(orderId: string, paymentId: string): void {
      const payment: Payment = {
        id: paymentId,
        order: orderId,
        provider: 'sandbox',
        status: 'started',
        settled: false,
      }
      orders.get(orderId)!.payments.push(payment)
      payments.set(paymentId, payment)
    },

    payAgain(orderId: string, paymentId: string, atMs: number): string {
      const order = orders.get(orderId)
      if (!order) return 'order_unknown'
      if (order.wish.method !== 'card') return 'method_unavailable'
      const known = payments.get(paymentId)
      if (known) return known.order === orderId ? 'exists' : 'exists_with_different_order'
      if (order.status !== 'reserved' || order.expiresAtMs <= atMs) return 'not_reserved'
      if (order.payments.some(({ status }) => status === 'started')) return 'exists'
      if (order.payments.length >= MAX_ATTEMPTS) return 'too_many_attempts'
      this.opened(orderId, paymentId)
      position += 1
      return 'created'
    },

    /** A provider's message about a payment. */
    settle(
      paymentId: string,
      message: { id: string; outcome: 'paid' | 'declined'; isRight: boolean },
      atMs: number,
    ): string {
      const payment = payments.get(paymentId)
      if (payment?.provider !== 'sandbox') return 'payment_unknown'
      if (messages.has(message.id)) return 'exists'
      messages.add(message.id)
      if (!message.isRight) {
        position += 1
        return 'wrong_amount'
      }
      if (payment.status === 'paid') return 'already_paid'
      if (message.outcome === 'paid') return moneyCame(payment, 'card', atMs)
      payment.status = 'declined'
      position += 1
      return 'declined'
    },

    /** An organiser saw a transfer on the account. */
    receive(orderId: string, paymentId: string, isRight: boolean, atMs: number): string {
      const order = orders.get(orderId)
      if (!order) return 'order_unknown'
      if (order.wish.method !== 'transfer') return 'not_a_transfer'
      if (!isRight) return 'wrong_amount'
      const known = payments.get(paymentId)
      if (known) return known.order === orderId ? 'exists' : 'exists_with_different_order'
      if (order.payments.length > 0) return 'already_received'
      const payment: Payment = {
        id: paymentId,
        order: orderId,
        provider: 'transfer',
        status: 'paid',
        settled: true,
      }
      order.payments.push(payment)
      payments.set(paymentId, payment)
      return moneyCame(payment, 'bank', atMs)
    },

    cancel(orderId: string): string {
      const order = orders.get(orderId)
      if (!order) return 'order_unknown'
      if (order.status === 'cancelled') return 'exists'
      if (order.status !== 'reserved') return 'not_reserved'
      order.status = 'cancelled'
      takeBack(orderId)
      position += 1
      return 'cancelled'
    },

    expire: (atMs: number): string => `${expire(atMs)}`,

    /** The card provider's payout came for these payments. */
    payOut(ids: readonly string[]): string {
      const settled = ids
        .map((id) => payments.get(id))
        .filter((payment) => payment?.booked && !payment.settled)
      for (const payment of settled) {
        payment!.settled = true
        const order = orders.get(payment!.order)!
        move('bank', 'card', amountOf(order))
        position += 1
        const numbers = payment!.booked === 'given' ? held(payment!.order) : []
        for (const number of numbers) coupons[number - 1]!.banked = true
      }
      return `${settled.length}`
    },

    /** An organiser gave back what was due. */
    refund(paymentId: string): string {
      const refund = refunds.get(paymentId)
      const payment = payments.get(paymentId)
      if (!refund || !payment) return 'refund_unknown'
      if (refund.isDone) return 'already_refunded'
      const from = payment.settled ? 'bank' : 'card'
      const amount = amountOf(orders.get(payment.order)!)
      if ((accounts.get(from) ?? 0) < amount) return 'holds_too_little'
      refund.isDone = true
      // What the provider gave back itself is not in its payout any more.
      payment.settled = true
      move('refunds_due', from, amount)
      position += 1
      return 'ok'
    },

    close(atMs: number): string {
      if (closedAtMs !== Number.POSITIVE_INFINITY) return 'already_closed'
      closedAtMs = atMs
      position += 1
      return 'ok'
    },

    state(): ModelState {
      const count = (wanted: (coupon: Coupon) => boolean) => coupons.filter(wanted).length
      return {
        available: count(({ state }) => state === 'available'),
        reserved: count(({ state }) => state === 'reserved'),
        sold: count(({ state }) => state === 'sold'),
        banked: count(({ banked }) => banked),
        position,
        coupons: coupons.flatMap(({ state, order, banked }, index) =>
          order === undefined ? [] : [`${index + 1} ${state}${banked ? ' banked' : ''} ${order}`],
        ),
        orders: [...orders].map(([id, { status }]) => `${id} ${status}`).sort(),
        payments: [...payments].map(([id, { status }]) => `${id} ${status}`).sort(),
        refunds: [...refunds]
          .map(([id, { reason, isDone }]) => `${id} ${isDone ? 'done' : 'due'} ${reason}`)
          .sort(),
        accounts: Object.fromEntries([...accounts].sort()),
      }
    },
  }
}
