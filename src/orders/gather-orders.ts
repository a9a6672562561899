import { sql } from 'kysely'
import type { Database } from '../db/database.ts'
import type { KnownCampaign } from '../db/directory.ts'
import { isInTheWay, isUnavailable } from '../db/unavailable.ts'
import { localDay } from '../domain/days.ts'
import type { FactsJson } from './order-facts.ts'

/** A wish that waits for its turn. The row is made when the turn has come, so that its times are true. */
export interface WaitingWish<Row extends WishRow = WishRow> {
  readonly id: string
  rowAt(now: Date): Row
}

/** What SQL `place_orders` takes of one wish. */
export interface WishRow {
  readonly id: string
  readonly expiresAt: Date
}

/** What SQL `place_orders` answers to one wish. */
export interface PlacedRow {
  readonly outcome: string
  readonly remaining: number | null
  readonly numbers: number[] | null
  readonly price_minor: bigint | null
  readonly facts: FactsJson | null
}

export type Gathered<Row extends WishRow = WishRow> =
  | { readonly status: 'answered'; readonly now: Date; readonly row: Row; readonly answer: PlacedRow }
  | { readonly status: 'overloaded' }

/**
 * Places orders in company: the wishes of one campaign that wait at the same time go to the database in one call,
 * which commits once for all of them and answers each. While a call is under way the next wishes gather; there is
 * no timer: a lonely wish waits for nothing but the end of the event loop's turn. The order of arrival is kept.
 */
export interface OrderGatherer {
  /** `overloaded`: nothing was placed, for too many were waiting. Throws what the database throws. */
  place<Row extends WishRow>(campaign: KnownCampaign, wish: WaitingWish<Row>): Promise<Gathered<Row>>
  /** How long a wish that comes now will probably wait for its answer. */
  expectedWaitMs(): number
}

export interface GathererOptions {
  readonly db: Database
  readonly now: () => Date
  /** Wishes in one call; larger calls gain little and let the first wish wait for the last. */
  readonly maxTogether?: number
  /** Calls under way at once, of all campaigns: the rest of the connections is for everything else. */
  readonly maxCalls?: number
  readonly maxWaiting?: number
}

const MAX_TOGETHER = 64
const MAX_CALLS = 6
const MAX_WAITING = 1024
// How fast the estimate of a call's duration follows: about the last ten calls.
const FOLLOWING = 0.1
// Before the first call has been measured.
const FIRST_ESTIMATE_MS = 5

interface Waiting {
  readonly wish: WaitingWish
  readonly settle: (gathered: Gathered) => void
  readonly fail: (error: unknown) => void
}

interface Lane {
  readonly campaign: KnownCampaign
  waiting: Waiting[]
  isUnderWay: boolean
}

/** One gatherer a process; several processes meet in the database, at the lock of the campaign. */
export function openGatherer(options: GathererOptions): OrderGatherer {
  const { maxTogether = MAX_TOGETHER, maxCalls = MAX_CALLS, maxWaiting = MAX_WAITING } = options
  /** Campaigns with somebody waiting or under way, the one that was served longest ago first. */
  const lanes = new Map<string, Lane>()
  let waiting = 0
  let isTurnAwaited = false
  let callMs = FIRST_ESTIMATE_MS
  /** When each call under way began, the oldest first. */
  const underWay = new Set<{ readonly startedAt: number }>()

  function startCalls(): void {
    for (const [key, lane] of lanes) {
      if (underWay.size >= maxCalls) return
      if (lane.isUnderWay || lane.waiting.length === 0) continue
      lanes.delete(key)
      lanes.set(key, lane)
      void call(key, lane)
    }
  }

  function endTurn(): void {
    isTurnAwaited = false
    startCalls()
  }

  async function call(key: string, lane: Lane): Promise<void> {
    const company = takeCompany(lane, maxTogether)
    waiting -= company.length
    lane.isUnderWay = true
    const own = { startedAt: performance.now() }
    underWay.add(own)
    await placeTogether(options, lane.campaign, company)
    underWay.delete(own)
    callMs += (performance.now() - own.startedAt - callMs) * FOLLOWING
    lane.isUnderWay = false
    if (lane.waiting.length === 0) lanes.delete(key)
    startCalls()
  }

  return {
    place<Row extends WishRow>(campaign: KnownCampaign, wish: WaitingWish<Row>) {
      if (waiting >= maxWaiting) return Promise.resolve<Gathered<Row>>({ status: 'overloaded' })
      return new Promise<Gathered<Row>>((settle, fail) => {
        const key = `${campaign.collective.id}:${campaign.id}`
        const lane = lanes.get(key) ?? { campaign, waiting: [], isUnderWay: false }
        lanes.set(key, lane)
        lane.waiting.push({ wish, settle: settle as Waiting['settle'], fail })
        waiting += 1
        // Not before everybody who came in the same turn of the event loop stands in the line.
        if (!isTurnAwaited) setImmediate(endTurn)
        isTurnAwaited = true
      })
    },
    expectedWaitMs() {
      const [oldest] = underWay
      if (!oldest) return 0
      // The call under way, those before this wish, and its own; a call that hangs says more than those before it.
      const rounds = waiting / maxTogether / Math.min(maxCalls, lanes.size)
      return (Math.ceil(rounds) + 2) * Math.max(callMs, performance.now() - oldest.startedAt)
    },
  }
}

/** The next in line, each id once: the same id again is answered by the next call, which finds it placed. */
function takeCompany(lane: Lane, most: number): Waiting[] {
  const company = new Map<string, Waiting>()
  const left: Waiting[] = []
  for (const one of lane.waiting) {
    if (company.size < most && !company.has(one.wish.id)) company.set(one.wish.id, one)
    else left.push(one)
  }
  lane.waiting = left
  return [...company.values()]
}

/** Answers everybody in the company, and never throws. */
async function placeTogether(
  options: GathererOptions,
  campaign: KnownCampaign,
  company: readonly Waiting[],
): Promise<void> {
  try {
    const gathered = await callDatabase(options, campaign, company)
    for (const [index, { settle }] of company.entries()) settle(gathered[index] as Gathered)
  } catch (error) {
    const isAlone = company.length === 1 || (isUnavailable(error) && !isInTheWay(error))
    for (const one of company) {
      // One bad wish must not spoil its neighbours: nothing of this call was placed, so each goes alone.
      if (isAlone) one.fail(error)
      else await placeTogether(options, campaign, [one])
    }
  }
}

async function callDatabase(
  { db, now }: GathererOptions,
  { collective, id }: KnownCampaign,
  company: readonly Waiting[],
): Promise<Gathered[]> {
  const at = now()
  const rows = company.map(({ wish }) => wish.rowAt(at))
  const answers = await db.of(collective.id).all(
    sql<PlacedRow>`select * from place_orders(${collective.id}, ${id}, ${JSON.stringify(rows)}::jsonb,
      ${at}, ${localDay(at, collective.timeZone)})`,
  )
  if (answers.length !== rows.length) throw new Error('place_orders answers every wish once')
  return answers.map((answer, index) => ({
    status: 'answered',
    now: at,
    row: rows[index] as WishRow,
    answer,
  }))
}
