import { addDays, localDay, startOfDay } from '../src/domain/days.ts'
import { newIdAt } from '../src/domain/id.ts'
import type { Lang } from '../src/domain/lang.ts'
import type { OrderMethod } from '../src/domain/order.ts'
import { slugify } from '../src/domain/slug.ts'
import type { SeededWord } from './content/appeal.ts'
import { CONTRIBUTORS } from './content/contributors.ts'
import type { Dice } from './dice.ts'
import { momentsIn, type Span } from './rhythm.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** One order of the demonstration and what becomes of it. */
export interface PlannedOrder {
  readonly id: string
  readonly at: Date
  readonly quantity: number
  readonly method: OrderMethod
  /** The ambassador's short name. */
  readonly ambassador: string | undefined
  readonly lang: Lang
  readonly name: string | undefined
  readonly email: string | undefined
  readonly word: SeededWord | undefined
  /** Absent: only promised. */
  readonly paidAt: Date | undefined
  /** When the card provider's payout arrives; a transfer is banked when it is paid. */
  readonly payoutAt: Date | undefined
}

/** How many coupons come to which layer, when, through whom, with which words. */
export interface GivingPlan {
  readonly span: Span
  /** Nothing happens after it. */
  readonly now: Date
  readonly banked: number
  /** Given by card and still on its way to the bank. */
  readonly onItsWay: number
  /** Reserved for a transfer that has not come yet, in the last day. */
  readonly promised: number
  readonly ambassadors: readonly (readonly [string | undefined, number])[]
  readonly words: readonly SeededWord[]
}

type Layer = 'banked' | 'on_its_way' | 'promised'

const QUANTITIES = [
  [1, 16],
  [2, 20],
  [3, 16],
  [4, 14],
  [5, 34],
] as const

export const LANGUAGES = [
  ['ar', 50],
  ['fr', 34],
  ['en', 8],
  ['es', 8],
] as const

const ANONYMOUS_SHARE = 0.18
const EMAIL_SHARE = 0.4
const TRANSFER_SHARE = 0.3
const PROMISED_WITHIN_MS = 26 * HOUR_MS

/** Every order of one campaign, in the order of time. The same dice give the same orders. */
export function planOrders(plan: GivingPlan, dice: Dice): PlannedOrder[] {
  const pieces = [
    ...piecesOf(plan.banked, dice).map((quantity) => ({ quantity, layer: 'banked' as const })),
    ...piecesOf(plan.onItsWay, dice).map((quantity) => ({ quantity, layer: 'on_its_way' as const })),
  ]
  const words = placesOfWords(plan.words, pieces.length)
  const given = momentsIn(plan.span, pieces.length, dice).map((at, index) =>
    planOne(plan, at, pieces[index]!, words.get(index), dice),
  )
  const lately = {
    ...plan.span,
    from: new Date(Math.max(plan.span.from.getTime(), plan.span.until.getTime() - PROMISED_WITHIN_MS)),
  }
  const promises = piecesOf(plan.promised, dice)
  const promised = momentsIn(lately, promises.length, dice).map((at, index) =>
    planOne(plan, at, { quantity: promises[index]!, layer: 'promised' }, undefined, dice),
  )
  return [...given, ...promised].sort((one, other) => one.at.getTime() - other.at.getTime())
}

function planOne(
  plan: GivingPlan,
  at: Date,
  { quantity, layer }: { quantity: number; layer: Layer },
  word: SeededWord | undefined,
  dice: Dice,
): PlannedOrder {
  const lang = word?.lang ?? dice.weighted(LANGUAGES)
  const isAnonymous = word ? word.name === null : dice.next() < ANONYMOUS_SHARE
  const name = isAnonymous ? undefined : (word?.name ?? dice.pick(CONTRIBUTORS[lang]))
  const email =
    dice.next() < EMAIL_SHARE ? `${slugify(name ?? '') || 'someone'}-${dice.below(900) + 100}` : undefined
  return {
    id: newIdAt(at, () => dice.below(2 ** 32)),
    at,
    quantity,
    ambassador: dice.weighted(plan.ambassadors),
    lang,
    name,
    email: email && `${email}@example.org`,
    word,
    ...paymentOf(plan, at, layer, dice),
  }
}

function paymentOf(
  plan: GivingPlan,
  at: Date,
  layer: Layer,
  dice: Dice,
): Pick<PlannedOrder, 'method' | 'paidAt' | 'payoutAt'> {
  if (layer === 'promised') return { method: 'transfer', paidAt: undefined, payoutAt: undefined }
  const { timeZone, until } = plan.span
  const atTen = (days: number) =>
    startOfDay(addDays(localDay(at, timeZone), days), timeZone).getTime() + 10 * HOUR_MS
  const arrives = atTen(1) + dice.below(6 * 60) * MINUTE_MS
  if (layer === 'banked' && dice.next() < TRANSFER_SHARE && arrives < until.getTime()) {
    return { method: 'transfer', paidAt: new Date(arrives), payoutAt: undefined }
  }
  const paidAt = new Date(at.getTime() + (50 + dice.below(90)) * 1000)
  const payoutAt = new Date(Math.min(atTen(2) + 30 * MINUTE_MS, plan.now.getTime()))
  return { method: 'card', paidAt, payoutAt: layer === 'banked' ? payoutAt : undefined }
}

/** Quantities of one to five that add up exactly. */
export function piecesOf(total: number, dice: Dice): number[] {
  const pieces: number[] = []
  for (let left = total; left > 0; left -= pieces.at(-1)!)
    pieces.push(Math.min(left, dice.weighted(QUANTITIES)))
  return pieces
}

/** Which order carries which word: those already let through early and apart, the waiting ones last. */
function placesOfWords(words: readonly SeededWord[], orders: number): Map<number, SeededWord> {
  const read = words.filter((word) => !word.waits)
  const waiting = words.filter((word) => word.waits)
  const places = new Map(
    read.map((word, index) => [Math.floor(((index + 0.5) / read.length) * orders * 0.9), word]),
  )
  for (const [index, word] of waiting.entries()) places.set(orders - 1 - 2 * index, word)
  return places
}
