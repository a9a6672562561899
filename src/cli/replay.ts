import { setTimeout as pause } from 'node:timers/promises'
import { rollDice } from '../../seeds/dice.ts'
import { planReplay, REPLAY_DAYS, type ReplayedOrder } from '../../seeds/plan-replay.ts'
import { startReplay } from '../../seeds/start-replay.ts'
import type { Database } from '../db/database.ts'
import { type Campaign, findCollective } from '../db/directory.ts'
import { campaignDay } from '../domain/campaign.ts'
import { StartFailure } from '../domain/start-failure.ts'
import { printCheck } from './check.ts'
import { type Output, progressBar } from './progress.ts'
import { giveByHttp } from './replay-order.ts'

/** What a replay needs: the running server at `publicUrl`, and the database behind it for the fresh campaign. */
export interface ReplayOptions {
  readonly db: Database
  readonly publicUrl: string
  /** The short name of the collective. */
  readonly collective: string
  /** Through whom the coupons are given. */
  readonly ambassadors: readonly { readonly slug: string; readonly name: string }[]
  /** How long the ten days take. */
  readonly seconds: number
  readonly signal: AbortSignal
  readonly now: Date
  readonly seed: number
  readonly output: Output
}

// Browsers keep about six connections to one server: so many people at once.
const AT_ONCE = 6

/**
 * Plays the founding campaign again: 1000 coupons of 250 MAD through three ambassadors, sold out on day 10 of 21,
 * each order through the JSON API and the card provider's page of the running server. Answers whether it came
 * to the end and everything adds up.
 */
export async function replay(options: ReplayOptions): Promise<'sold_out' | 'stopped' | 'violated'> {
  const { db, publicUrl, output, signal } = options
  const collective = await findCollective(db, options.collective)
  if (!collective) {
    throw new StartFailure('setting_invalid', 'There is no demo to replay here: start one with npm run demo.')
  }
  const campaign = await startReplay(db, collective, { now: options.now, actor: 'replay' })
  const page = `${publicUrl}/fr/${collective.slug}/${campaign.slug}`
  output.write(`Watch it fill up: ${page}\n`)
  const given = await playDays(options, campaign)
  if (signal.aborted) {
    output.write(`The replay stopped at ${given} of ${campaign.facts.goal} coupons.\n`)
    return 'stopped'
  }
  const { day, days } = campaignDay(campaign.facts, options.now, collective.timeZone)
  output.write(`Sold out: ${given} of ${campaign.facts.goal} coupons on day ${day} of ${days}.\n`)
  return (await printCheck(db, (line) => output.write(`${line}\n`))) === 0 ? 'sold_out' : 'violated'
}

/** Gives every order at its moment and answers how many coupons were given. */
async function playDays(options: ReplayOptions, campaign: Campaign): Promise<number> {
  const { ambassadors, output, seconds, signal, publicUrl } = options
  const dayMs = (seconds * 1000) / REPLAY_DAYS
  const plan = planReplay(
    campaign.facts.goal,
    ambassadors.map(({ slug }) => slug),
    rollDice(options.seed),
  )
  const counts = new Map(ambassadors.map(({ slug }) => [slug, 0]))
  const bar = progressBar('Coupons', campaign.facts.goal, output)
  const startedAt = performance.now()
  let given = 0
  const play = async (order: ReplayedOrder) => {
    await giveByHttp(publicUrl, campaign, order)
    given += order.quantity
    counts.set(order.ambassador, (counts.get(order.ambassador) ?? 0) + order.quantity)
    const tally = ambassadors.map(({ slug, name }) => `${name} ${counts.get(slug)}`).join(' · ')
    bar.show(given, `· day ${Math.floor(order.atDay) + 1} · ${tally}`)
  }
  const underWay = new Set<Promise<void>>()
  const failures: unknown[] = []
  for (const order of plan) {
    const waitMs = order.atDay * dayMs - (performance.now() - startedAt)
    await pause(Math.max(waitMs, 0), undefined, { signal }).catch(() => undefined)
    if (underWay.size >= AT_ONCE) await Promise.race(underWay)
    if (signal.aborted || failures.length > 0) break
    const giving = play(order)
      .catch((error: unknown) => void failures.push(error))
      .finally(() => underWay.delete(giving))
    underWay.add(giving)
  }
  await Promise.all(underWay)
  bar.end()
  if (failures.length > 0) throw failures[0]
  return given
}
