import { localDay } from '../../src/domain/days.ts'
import { newId } from '../../src/domain/id.ts'
import { LANGS, type Lang, type LocalizedText } from '../../src/domain/lang.ts'
import type { OrderFacts } from '../../src/domain/order.ts'
import { expireDueReservations } from '../../src/jobs/expire-reservations.ts'
import { cancelOrder } from '../../src/orders/cancel-order.ts'
import { MAX_ATTEMPTS, payAgain } from '../../src/orders/pay-again.ts'
import { proposeAmbassador } from '../../src/orders/propose-ambassador.ts'
import { allowWord } from '../../src/organisers/allow-word.ts'
import { closeCampaign } from '../../src/organisers/close-campaign.ts'
import { createCollective } from '../../src/organisers/create-collective.ts'
import { deliverCampaign } from '../../src/organisers/deliver-campaign.ts'
import { markRefunded } from '../../src/organisers/mark-refunded.ts'
import { publishUpdate } from '../../src/organisers/publish-update.ts'
import { recordSpending } from '../../src/organisers/record-spending.ts'
import { settlePayout } from '../../src/payments/settle-payout.ts'
import { orderNow, placed, receive, settle, today } from '../support/giving.ts'
import { ORGANISER, type RunningApp } from '../support/running-app.ts'
import type { World } from '../support/world.ts'

/** The states of an order, each with a page of its own. */
export const ORDER_STATES = [
  'waiting',
  'declined',
  'tooManyAttempts',
  'transfer',
  'thanks',
  'proposed',
  'cancelled',
  'expired',
  'refundDue',
  'refunded',
] as const
export type OrderState = (typeof ORDER_STATES)[number]

/** Campaigns and orders in every state there is. */
export interface Scene {
  /** Orders that contributors made in a language, by what has become of them. */
  readonly orders: Readonly<Record<Lang, Readonly<Record<OrderState, OrderFacts>>>>
}

const ALL_LANGS = (text: string): LocalizedText => Object.fromEntries(LANGS.map((lang) => [lang, text]))
const WORDS = [
  'كل لبنة دعاء. مبروك عليكم البيت',
  'Courage à toute la famille !',
  'With love from Tangier',
  null,
]

/**
 * Campaigns `dar-salma` (live), `dar-soon`, `dar-full`, `dar-promised`, `dar-past`, `dar-ilyas` (delivered) and
 * `dar-draft` of the collective `casa`, and the collective `oujda`, which has none yet.
 */
export async function furnishScene(app: RunningApp, langs: readonly Lang[] = LANGS): Promise<Scene> {
  const { world } = app
  const orders = {} as Record<Lang, Record<OrderState, OrderFacts>>
  for (const lang of langs) orders[lang] = await ordersThatEnd(world, lang)
  await giveAndBank(world)
  await addCampaigns(world)
  for (const lang of langs) orders[lang] = { ...orders[lang], ...(await ordersThatStand(world, lang)) }
  await app.addOrganiser(ORGANISER.name, ORGANISER.email)
  await addSecondCollective(world)
  return { orders }
}

const act = (world: World) => ({ now: world.clock.now(), actor: 'user:scene' })
const tenantOf = (world: World) => world.db.of(world.collective.id)

/** Orders whose end needs the clock to move on: they come first. */
async function ordersThatEnd(world: World, lang: Lang) {
  const expired = await placed(world, { lang })
  await world.addCampaign({ slug: `dar-one-${lang}`, goal: 1 })
  await world.addCampaign({ slug: `dar-two-${lang}`, goal: 1 })
  const late = [
    await placed(world, { lang }, `dar-one-${lang}`),
    await placed(world, { lang }, `dar-two-${lang}`),
  ]
  world.clock.advance({ minutes: 15 })
  await expireDueReservations(world.db, world.clock.now())
  for (const [index, order] of late.entries()) {
    const slug = index === 0 ? `dar-one-${lang}` : `dar-two-${lang}`
    await settle(world, await placed(world, {}, slug))
    await settle(world, order)
    const campaign = await world.campaign(slug)
    await closeCampaign(tenantOf(world), world.collective, campaign.id, act(world))
  }
  const [refundDue, refunded] = late
  const [refund] = await world.appSql<{ id: string }[]>`
    select refund.id from refund join payment on payment.id = refund.payment_id
    where payment.order_id = ${refunded!.id}`
  await markRefunded(tenantOf(world), world.collective, refund!.id, act(world))
  return {
    expired: await orderNow(world, expired),
    refundDue: await orderNow(world, refundDue!),
    refunded: await orderNow(world, refunded!),
  } as Record<OrderState, OrderFacts>
}

/** Orders that stay as they are while the clock stands still. */
async function ordersThatStand(world: World, lang: Lang): Promise<Partial<Record<OrderState, OrderFacts>>> {
  const { id: ambassadorId } = world.ambassadors.amina
  const cancelled = await placed(world, { lang, method: 'transfer' })
  await cancelOrder(tenantOf(world), cancelled.id, world.clock.now())
  const declined = await placed(world, { lang, quantity: 2 })
  await settle(world, declined, { outcome: 'declined' })
  const thanks = await placed(world, { lang, quantity: 5, ambassadorId, phone: '+212612345678' })
  await settle(world, thanks)
  const proposed = await placed(world, { lang })
  await settle(world, proposed)
  const proposal = { orderId: proposed.id, name: 'Mounia', contact: '0655443322', now: world.clock.now() }
  await proposeAmbassador(tenantOf(world), proposal)
  return {
    waiting: await placed(world, { lang, quantity: 3 }),
    transfer: await placed(world, { lang, quantity: 4, method: 'transfer', name: 'Houda El Amrani' }),
    tooManyAttempts: await declinedTooOften(world, lang),
    cancelled,
    declined,
    thanks,
    proposed,
  }
}

async function declinedTooOften(world: World, lang: Lang): Promise<OrderFacts> {
  let order = await placed(world, { lang })
  await settle(world, order, { outcome: 'declined' })
  for (let attempt = 1; attempt < MAX_ATTEMPTS; attempt += 1) {
    const again = { orderId: order.id, paymentId: newId(), provider: 'sandbox', now: world.clock.now() }
    await payAgain(tenantOf(world), again)
    order = await orderNow(world, order)
    await settle(world, order, { outcome: 'declined' })
  }
  return order
}

/** Gifts of every layer, words let through and waiting, news. */
async function giveAndBank(world: World): Promise<void> {
  const ambassadors = Object.values(world.ambassadors).map(({ id }) => id)
  const paid: OrderFacts[] = []
  for (let count = 0; count < 24; count += 1) {
    const ambassadorId = ambassadors[count % 4] ?? null
    const word = WORDS[count % WORDS.length] ?? null
    const order = await placed(world, { quantity: 1 + ((count * 17) % 47), ambassadorId, word })
    await settle(world, order)
    if (count % 3 === 0) await allowWord(tenantOf(world), order.id, act(world))
    paid.push(order)
  }
  const paymentIds = paid.slice(0, 14).map((order) => order.payment!.id)
  const payout = { provider: 'sandbox', paymentIds, day: today(world), ...act(world) }
  await settlePayout(tenantOf(world), payout)
  await receive(world, await placed(world, { quantity: 12, method: 'transfer' }))
  await tellNews(world, 'dar-salma')
}

async function tellNews(world: World, slug: string): Promise<void> {
  const { id: campaignId } = await world.campaign(slug)
  const title = { ar: 'بلغنا منتصف الطريق', fr: 'À mi-chemin', en: 'Half-way', es: 'A mitad de camino' }
  const body = {
    ar: 'شكرا لكل يد وضعت لبنة.',
    fr: 'Merci à chaque main qui a posé une brique.',
    en: 'Thank you to every hand that laid a brick.',
    es: 'Gracias a cada mano que puso un ladrillo.',
  }
  await publishUpdate(tenantOf(world), world.collective, { campaignId, title, body }, act(world))
}

async function addCampaigns(world: World): Promise<void> {
  await world.addCampaign({ slug: 'dar-soon', startsInDays: 12 })
  await world.addCampaign({ slug: 'dar-draft', draft: true, startsInDays: 40 })
  await world.addCampaign({ slug: 'dar-full', goal: 12 })
  await settle(world, await placed(world, { quantity: 12 }, 'dar-full'))
  await world.addCampaign({ slug: 'dar-promised', goal: 12 })
  await placed(world, { quantity: 12, method: 'transfer' }, 'dar-promised')
  await world.addCampaign({ slug: 'dar-past', goal: 40 })
  await settle(world, await placed(world, { quantity: 9 }, 'dar-past'))
  const past = await world.campaign('dar-past')
  await closeCampaign(tenantOf(world), world.collective, past.id, act(world))
  await deliver(world)
}

async function deliver(world: World): Promise<void> {
  const { id: campaignId } = await world.addCampaign({ slug: 'dar-ilyas', goal: 20 })
  await receive(world, await placed(world, { quantity: 20, method: 'transfer' }, 'dar-ilyas'))
  await tellNews(world, 'dar-ilyas')
  const spending = {
    campaignId,
    amountMinor: 320_000n,
    purpose: ALL_LANGS('Notaire, notary, موثق'),
    spentOn: localDay(world.clock.now(), world.collective.timeZone),
  }
  await recordSpending(tenantOf(world), world.collective, spending, act(world))
  await deliverCampaign(tenantOf(world), world.collective, campaignId, act(world))
}

async function addSecondCollective(world: World): Promise<void> {
  const { timeZone, currency, langs } = world.collective
  const day = localDay(world.clock.now(), timeZone)
  const association = {
    legalName: ALL_LANGS('Association Tadamoun'),
    accountNumber: '011780000012345678901296',
    bankName: null,
    authorisationNumber: '2026/200',
    authority: null,
    authorisedFrom: day,
    authorisedUntil: day,
  }
  const name = ALL_LANGS('Oujda')
  const place = { slug: 'oujda', name, city: name, timeZone, currency, langs }
  const created = await createCollective(
    world.db,
    { ...place, association, organiser: ORGANISER },
    act(world),
  )
  if (!created.ok) throw new Error(`the second collective was refused: ${created.status}`)
}
