import { localDay } from '../../src/domain/days.ts'
import { newIdAt } from '../../src/domain/id.ts'
import type { OrderWish } from '../../src/domain/order.ts'
import { expireDueReservations } from '../../src/jobs/expire-reservations.ts'
import { cancelOrder } from '../../src/orders/cancel-order.ts'
import { payAgain } from '../../src/orders/pay-again.ts'
import { placeOrder } from '../../src/orders/place-order.ts'
import { closeCampaign } from '../../src/organisers/close-campaign.ts'
import { markRefunded } from '../../src/organisers/mark-refunded.ts'
import { settlePayout } from '../../src/payments/settle-payout.ts'
import { receive, settleMessage } from '../support/giving.ts'
import { type SeededRandom, seededRandom } from '../support/random.ts'
import type { World } from '../support/world.ts'
import { createModel } from './model.ts'
import { type ModelState, type ModelWish, stateOf } from './model-state.ts'

/** One thing that somebody does. `pick` chooses among what there is when its turn comes, so that any part of a run is a run. */
export interface Step {
  readonly kind: Kind
  readonly pick: number
  readonly quantity: number
  readonly method: 'card' | 'transfer'
  readonly advanceMs: number
}

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const PRICE = 100
const MOST_TOGETHER = 5
const AMBASSADORS = ['amina', 'youssef', 'khadija'] as const
const START = new Date('2026-11-10T10:00:00Z')

const WEIGHTS = [
  ['order', 30],
  ['together', 4],
  ['again', 5],
  ['different', 4],
  ['pay', 18],
  ['decline', 5],
  ['wrongAmount', 2],
  ['replay', 4],
  ['payAgain', 5],
  ['receive', 9],
  ['cancel', 5],
  ['tick', 6],
  ['wait', 12],
  ['payOut', 4],
  ['refund', 6],
  ['close', 0.2],
] as const
type Kind = (typeof WEIGHTS)[number][0]

export function rollSteps(dice: SeededRandom, count: number): Step[] {
  return Array.from({ length: count }, () => ({
    kind: dice.weighted(WEIGHTS),
    pick: dice.below(2 ** 30),
    quantity: dice.weighted([
      [1 + dice.below(5), 80],
      [1 + dice.below(50), 15],
      [dice.pick([0, -1, 51]), 5],
    ]),
    method: dice.weighted([
      ['card', 2],
      ['transfer', 1],
    ]),
    advanceMs: dice.weighted([
      [dice.below(1000), 30],
      [dice.below(20) * MINUTE_MS, 50],
      [dice.below(6) * DAY_MS, 10],
    ]),
  }))
}

interface Played {
  /** Where the real system and the model differ; undefined when they never do. */
  readonly parted: string | undefined
  /** `kind: outcome` of each step. */
  readonly seen: readonly string[]
}

let campaigns = 0

/** Does the steps one by one on the real system, in a new campaign, and says where it parts from the model. */
export async function playRun(world: World, steps: readonly Step[], seed: number): Promise<Played> {
  const run = await startRun(world, seed)
  const seen: string[] = []
  try {
    for (const [index, step] of steps.entries()) {
      const { real, model } = await run.take(step)
      seen.push(`${step.kind}: ${model.split(' ')[0]}`)
      const told = `step ${index} ${JSON.stringify(step)}`
      if (real !== model) return { parted: `${told}: the system says ${real}, the model ${model}`, seen }
      const difference = await run.difference()
      if (difference) return { parted: `${told}: ${difference}`, seen }
    }
    return { parted: undefined, seen }
  } catch (error) {
    return { parted: String(error), seen }
  } finally {
    // What is still reserved ends here, so that the clock of the next run meets nothing of this one.
    world.clock.advance({ days: 30 })
    await expireDueReservations(world.db, world.clock.now()).catch(() => 0)
  }
}

async function startRun(world: World, seed: number) {
  const { clock, db, services, collective, ambassadors } = world
  const dice = seededRandom(seed)
  clock.set(START)
  campaigns += 1
  const goal = 20 + dice.below(60)
  const campaign = await world.addCampaign({ slug: `run-${campaigns}`, goal, priceMinor: BigInt(PRICE) })
  const tenant = db.of(collective.id)
  // Not the run's own dice: a run may be played again, shortened, in the same world.
  const newId = () => newIdAt(clock.now(), () => world.dice.below(2 ** 32))
  const nowMs = () => clock.now().getTime()
  const actor = 'user:treasurer'
  const model = createModel({
    goal,
    priceMinor: PRICE,
    firstDay: campaign.facts.firstDay,
    lastDay: campaign.facts.lastDay,
    dayOf: (atMs) => localDay(new Date(atMs), collective.timeZone),
    cardMs: services.cardMinutes * MINUTE_MS,
    transferMs: services.transferDays * DAY_MS,
  })
  const wishes: ModelWish[] = []
  const paymentIds: string[] = []
  const messages: { paymentId: string; id: string; outcome: 'paid' | 'declined'; isRight: boolean }[] = []
  const pickFrom = <Item>(items: readonly Item[], pick: number): Item | undefined =>
    items[pick % items.length]
  // The same id may have been refused once and come again with another quantity.
  const placedQuantity = new Map<string, number>()
  const amountOf = ({ id, quantity }: ModelWish) => BigInt((placedQuantity.get(id) ?? quantity) * PRICE)

  async function place(wish: ModelWish): Promise<string> {
    const full: Partial<OrderWish> = { ...wish, ambassadorId: wish.ambassador }
    const answer = await placeOrder(services, campaign, world.wish(full))
    if (!answer.ok) {
      return answer.status === 'only_n_left' ? `only_n_left ${answer.remaining}` : answer.status
    }
    const { status, order } = answer
    return status === 'created' ? `created ${order.numbers}` : `exists ${order.status} ${order.numbers}`
  }

  /** The ids of payments are the application's: the model learns them from the database, not from the answer. */
  async function learnPayment({ id, method, quantity }: ModelWish, outcome: string): Promise<void> {
    if (!outcome.startsWith('created')) return
    placedQuantity.set(id, quantity)
    if (method !== 'card') return
    const [row] = await world.ownerSql<{ id: string }[]>`select id from payment where order_id = ${id}`
    model.opened(id, row?.id ?? 'none')
    paymentIds.push(row?.id ?? 'none')
  }

  function freshWish({ pick, quantity, method }: Step): ModelWish {
    const by = pick % 4
    const ambassador = by === 3 ? null : ambassadors[AMBASSADORS[by]!].id
    const wish = { id: newId(), quantity, method, name: `Nadia ${pick % 7}`, ambassador }
    wishes.push(wish)
    return wish
  }

  async function order(wish: ModelWish): Promise<Both> {
    const expected = model.place(wish, nowMs())
    const real = await place(wish)
    await learnPayment(wish, expected)
    return { real, model: expected }
  }

  async function together(step: Step): Promise<Both> {
    // Who of several finds nothing free makes what is due expire, and that may be any of them: so it is done before.
    model.expire(nowMs())
    await expireDueReservations(db, clock.now())
    const many = Array.from({ length: 2 + (step.pick % (MOST_TOGETHER - 1)) }, (_, index) =>
      freshWish({ ...step, quantity: 1 + ((step.pick >> index) % 9) }),
    )
    const expected = many.map((wish) => model.place(wish, nowMs()))
    const real = await Promise.all(many.map(place))
    for (const [index, wish] of many.entries()) await learnPayment(wish, expected[index]!)
    return { real: real.join('; '), model: expected.join('; ') }
  }

  async function tell(message: (typeof messages)[number]): Promise<Both> {
    const wish = await wishOfPayment(message.paymentId)
    const real = await settleMessage(world, {
      provider: 'sandbox',
      collectiveId: collective.id,
      paymentId: message.paymentId,
      eventId: message.id,
      outcome: message.outcome,
      amountMinor: amountOf(wish) + (message.isRight ? 0n : 1n),
      currency: campaign.currency,
    })
    return { real, model: model.settle(message.paymentId, message, nowMs()) }
  }

  async function wishOfPayment(paymentId: string): Promise<ModelWish> {
    const [row] = await world.ownerSql`select order_id as id from payment where id = ${paymentId}`
    return wishes.find(({ id }) => id === row?.id)!
  }

  async function settle(step: Step, outcome: 'paid' | 'declined', isRight: boolean): Promise<Both> {
    const paymentId = pickFrom(paymentIds, step.pick)
    if (paymentId === undefined) return NOTHING
    const message = { paymentId, id: newId(), outcome, isRight }
    messages.push(message)
    return tell(message)
  }

  const actions: Record<Kind, (step: Step, wish: ModelWish | undefined) => Promise<Both>> = {
    order: (step) => order(freshWish(step)),
    together,
    again: async (_step, wish) => (wish ? order(wish) : NOTHING),
    different: async ({ pick }, wish) => {
      if (!wish) return NOTHING
      const other = [
        { quantity: (wish.quantity % 50) + 1 },
        { name: 'Samira' },
        { ambassador: ambassadors.amina.id },
      ]
      return order({ ...wish, ...other[pick % other.length] })
    },
    pay: (step) => settle(step, 'paid', true),
    decline: (step) => settle(step, 'declined', true),
    wrongAmount: (step) => settle(step, 'paid', false),
    replay: async ({ pick }) => {
      const message = pickFrom(messages, pick)
      return message ? tell(message) : NOTHING
    },
    payAgain: async (_step, wish) => {
      if (!wish) return NOTHING
      const paymentId = newId()
      const now = clock.now()
      const real = await payAgain(tenant, { orderId: wish.id, paymentId, provider: 'sandbox', now })
      const expected = model.payAgain(wish.id, paymentId, nowMs())
      if (expected === 'created') paymentIds.push(paymentId)
      return { real, model: expected }
    },
    receive: async ({ pick }, wish) => {
      if (!wish) return NOTHING
      const paymentId = pick % 5 === 0 ? (pickFrom(paymentIds, pick) ?? newId()) : newId()
      const isRight = pick % 7 !== 0
      const seen = { paymentId, orderId: wish.id, amountMinor: amountOf(wish) + (isRight ? 0n : 1n) }
      const real = await receive(world, wish as never, seen)
      const expected = model.receive(wish.id, paymentId, isRight, nowMs())
      if (expected === 'paid' || expected === 'refund_due') paymentIds.push(paymentId)
      return { real, model: expected }
    },
    cancel: async (_step, wish) =>
      wish
        ? { real: await cancelOrder(tenant, wish.id, clock.now()), model: model.cancel(wish.id) }
        : NOTHING,
    tick: async () => ({
      real: `${await expireDueReservations(db, clock.now())}`,
      model: model.expire(nowMs()),
    }),
    wait: async ({ advanceMs }) => {
      clock.advance({ ms: advanceMs })
      return NOTHING
    },
    payOut: async ({ pick }) => {
      const ids = paymentIds.filter((_, index) => (pick >> (index % 20)) & 1)
      const payout = { provider: 'sandbox', paymentIds: ids, now: clock.now(), actor }
      const day = localDay(clock.now(), collective.timeZone)
      return { real: `${await settlePayout(tenant, { ...payout, day })}`, model: model.payOut(ids) }
    },
    refund: async ({ pick }) => {
      const due = await world.ownerSql<{ id: string; payment_id: string }[]>`
        select id, payment_id from refund where payment_id = any (${paymentIds}::uuid[]) order by payment_id`
      const refund = pickFrom(due, pick)
      if (!refund) return NOTHING
      const marked = await markRefunded(tenant, collective, refund.id, { now: clock.now(), actor })
      return { real: marked.ok ? 'ok' : marked.status, model: model.refund(refund.payment_id) }
    },
    close: async () => {
      const closed = await closeCampaign(tenant, collective, campaign.id, { now: clock.now(), actor })
      return { real: closed.ok ? 'ok' : closed.status, model: model.close(nowMs()) }
    },
  }

  return {
    take: (step: Step) => actions[step.kind](step, pickFrom(wishes, step.pick)),
    async difference(): Promise<string | undefined> {
      const [real, expected] = [await stateOf(world, campaign.id), model.state()]
      const parts = Object.keys(expected) as (keyof ModelState)[]
      const part = parts.find((name) => JSON.stringify(real[name]) !== JSON.stringify(expected[name]))
      return (
        part && `${part} is ${JSON.stringify(real[part])}, the model says ${JSON.stringify(expected[part])}`
      )
    },
  }
}

interface Both {
  readonly real: string
  readonly model: string
}

const NOTHING: Both = { real: 'nothing', model: 'nothing' }
