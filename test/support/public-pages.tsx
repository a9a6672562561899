import { Hono } from 'hono'
import { liveRoutes } from '../../src/campaigns/live-routes.ts'
import { campaignRoutes } from '../../src/campaigns/routes.tsx'
import type { CampaignServices } from '../../src/campaigns/services.ts'
import { isCouponCode } from '../../src/custody/coupon-code.ts'
import { newId } from '../../src/domain/id.ts'
import { unbuiltAssets } from '../../src/web/assets.ts'
import { placed, settle } from './giving.ts'
import { openTestKept } from './kept.ts'
import { createWorld, type World } from './world.ts'

/** The public pages over a world with a campaign in every state; the forms of other features are marks only. */
export interface PublicPages {
  readonly world: World
  readonly services: CampaignServices
  readonly app: Hono
  get(path: string): Promise<{ status: number; text: string }>
  close(): Promise<void>
}

/** The campaigns by their slugs. Besides there are a draft, a big one, and one told in French alone. */
export const STATES = {
  'dar-salma': 'live',
  'dar-soon': 'scheduled',
  'dar-promised': 'all_promised',
  'dar-full': 'funded',
  'dar-over': 'closed',
  'dar-keys': 'delivered',
} as const

export async function createPublicPages(): Promise<PublicPages> {
  const world = await createWorld({ goal: 40 })
  await furnish(world)
  const services: CampaignServices = {
    ...world.services,
    assets: unbuiltAssets,
    ...openTestKept(world.services),
    isCouponCode: (campaignId, number, code) => isCouponCode(Buffer.alloc(32, 3), campaignId, number, code),
    giveForm: (campaign, lang, ambassador) => (
      <form data-form="give">{`${campaign.slug} ${lang} ${ambassador?.slug ?? ''}`}</form>
    ),
    wishForm: () => <form data-form="wish" />,
    trial: false,
  }
  const app = publicApp(services)
  return {
    world,
    services,
    app,
    async get(path) {
      const answer = await app.request(path)
      return { status: answer.status, text: await answer.text() }
    },
    async close() {
      await services.liveHub.close()
      services.kept.close()
      await world.drop()
    },
  }
}

export function publicApp(services: CampaignServices): Hono {
  return new Hono().route('/', liveRoutes(services)).route('/', campaignRoutes(services))
}

async function furnish(world: World): Promise<void> {
  const { clock, db, collective } = world
  const tenant = db.of(collective.id)
  const now = clock.now()
  await world.addCampaign({ slug: 'dar-soon', goal: 10, startsInDays: 5 })
  await world.addCampaign({ slug: 'dar-promised', goal: 2 })
  await world.addCampaign({ slug: 'dar-full', goal: 2 })
  await world.addCampaign({ slug: 'dar-over', goal: 10, startsInDays: -30 })
  await world.addCampaign({ slug: 'dar-keys', goal: 2 })
  await world.addCampaign({ slug: 'dar-draft', goal: 2, draft: true })
  await world.addCampaign({ slug: 'dar-big', goal: 2500, startsInDays: 6 })
  const { id: single } = await world.addCampaign({ slug: 'dar-one-tongue', goal: 2, startsInDays: 7 })
  await world.ownerSql`delete from dream where campaign_id = ${single} and lang <> 'fr'`
  await world.ownerSql`update dream set title = 'Une seule langue' where campaign_id = ${single}`
  await world.ownerSql`update ambassador set ended_at = ${now} where slug = 'khadija'`

  await encourage(world)
  await placed(world, { quantity: 2 }, 'dar-promised')
  for (const slug of ['dar-full', 'dar-keys']) await settle(world, await placed(world, { quantity: 2 }, slug))
  await tenant
    .updateTable('campaign')
    .set({ closed_at: now, delivered_at: now })
    .where('campaign.slug', '=', 'dar-keys')
    .execute()
  await publish(world, 'Le chantier commence', now)
  await publish(world, 'not published yet', new Date(now.getTime() + 1))
}

/** Three coupons through Amina, with words; two more promised. */
async function encourage(world: World): Promise<void> {
  const now = world.clock.now()
  const given = [
    { word: 'Bon courage à toutes', allowed: now, hidden: null, name: 'Open Name' },
    { word: 'Mot anonyme', allowed: now, hidden: null, anonymous: true, name: 'Secret Name' },
    { word: 'hidden again', allowed: now, hidden: now },
  ]
  for (const { allowed, hidden, ...wish } of given) {
    const order = await placed(world, {
      ...wish,
      ambassadorId: world.ambassadors.amina.id,
      email: 'nadia@example.org',
    })
    await settle(world, order)
    await world.db
      .of(world.collective.id)
      .updateTable('order')
      .set({ word_allowed_at: allowed, word_hidden_at: hidden })
      .where('order.id', '=', order.id)
      .execute()
  }
  await placed(world, { quantity: 2, word: 'never let through', phone: '+212612345678' })
}

async function publish(world: World, title: string, at: Date) {
  const { id } = await world.campaign()
  const text = JSON.stringify({ fr: title })
  await world.db
    .of(world.collective.id)
    .insertInto('update', { id: newId(), campaign_id: id, title: text, body: text, published_at: at })
    .execute()
}
