import type { Context } from 'hono'
import { type Block, blocksOf } from '../custody/block-facts.ts'
import { allotBlock } from '../custody/blocks.ts'
import { type Device, devicesOf, registerDevice, revokeDevice } from '../custody/devices.ts'
import type { Act } from '../db/act.ts'
import { type Campaign, type Collective, listCampaigns, listCollectives } from '../db/directory.ts'
import type { Tenant } from '../db/tenant.ts'
import { campaignStatus } from '../domain/campaign.ts'
import { canonicalId, isUuid7 } from '../domain/id.ts'
import { ambassadorOf, type OwnAmbassador } from '../people/roles.ts'
import { readBody, refuseFields } from './app-body.ts'
import { publicKeyOf } from './app-sales.ts'
import {
  type AppState,
  type BlockAnswer,
  blockBodySchema,
  deviceBodySchema,
  revocationBodySchema,
} from './app-schemas.ts'
import { moneyAnswer } from './money-answer.ts'
import { refuse } from './problems.ts'
import type { ApiServices } from './services.ts'

const NO_STORE = { 'Cache-Control': 'no-store' }

/** An ambassador who is signed in, in one collective. */
interface Own {
  readonly collective: Collective
  readonly tenant: Tenant
  readonly ambassador: OwnAmbassador
  readonly act: Act
}

/** `GET /api/v1/app/state?collective=...`: what the app needs to begin, and to see what the server knows. */
export function readStateHandler(services: ApiServices) {
  return async (c: Context) => {
    const slug = c.req.query('collective')
    const own = await ownPlace(services, c, (collective) => collective.slug === slug)
    if (own instanceof Response) return own
    const { collective, tenant, ambassador, act } = own
    const [campaigns, devices, blocks] = await Promise.all([
      listCampaigns(services.db, collective),
      devicesOf(tenant, ambassador.id),
      blocksOf(tenant, ambassador.id),
    ])
    const state: AppState = {
      serverTime: act.now.toISOString(),
      collectiveId: collective.id,
      ambassadorId: ambassador.id,
      campaigns: campaigns.flatMap((campaign) => campaignAnswer(campaign, act.now)),
      devices: devices.map(deviceAnswer),
      blocks: blocks.flatMap((block) => {
        const campaign = campaigns.find(({ id }) => id === block.campaignId)
        return campaign ? [blockAnswer(block, campaign)] : []
      }),
    }
    return c.json(state, 200, NO_STORE)
  }
}

/** `POST /api/v1/app/devices`: makes this phone known. */
export function addDeviceHandler(services: ApiServices) {
  return async (c: Context) => {
    const body = await readBody(c, deviceBodySchema)
    if (!body.ok) return body.refusal
    const { collectiveId, id, name, publicKey } = body.value
    const own = await ownPlace(services, c, (collective) => collective.id === collectiveId)
    if (own instanceof Response) return own
    if (!(await publicKeyOf(publicKey)))
      return refuseFields(c, [{ field: 'publicKey', code: 'text_unreadable' }])
    const device = { id, name, publicKey, ambassadorId: own.ambassador.id }
    const made = await registerDevice(own.tenant, device, own.act)
    if (!made.ok) return refuse(c, made.status)
    return c.json({ id, name, isRevoked: false }, made.status === 'created' ? 201 : 200, NO_STORE)
  }
}

/** `POST /api/v1/app/blocks`: numbers that this phone may give with no network. */
export function takeBlockHandler(services: ApiServices) {
  return async (c: Context) => {
    const body = await readBody(c, blockBodySchema)
    if (!body.ok) return body.refusal
    const { collectiveId, campaignId, id, deviceId, size } = body.value
    const own = await ownPlace(services, c, (collective) => collective.id === collectiveId)
    if (own instanceof Response) return own
    const wish = { id, campaignId, ambassadorId: own.ambassador.id, kind: 'phone' as const, size, deviceId }
    const allotted = await allotBlock(own.tenant, wish, own.act)
    if (!allotted.ok) {
      if (allotted.status === 'size_invalid')
        return refuseFields(c, [{ field: 'size', code: 'size_invalid' }])
      return refuse(c, allotted.status)
    }
    const campaigns = await listCampaigns(services.db, own.collective)
    const campaign = campaigns.find((one) => one.id === campaignId)
    if (!campaign) return refuse(c, 'campaign_unknown')
    return c.json(blockAnswer(allotted.block, campaign), allotted.status === 'created' ? 201 : 200, NO_STORE)
  }
}

/** `POST /api/v1/app/devices/{id}/revocation`: a phone that is lost or stolen, named from another one. */
export function revokeDeviceHandler(services: ApiServices) {
  return async (c: Context) => {
    const body = await readBody(c, revocationBodySchema)
    if (!body.ok) return body.refusal
    const own = await ownPlace(services, c, (collective) => collective.id === body.value.collectiveId)
    if (own instanceof Response) return own
    const id = c.req.param('id') ?? ''
    if (!isUuid7(id)) return refuse(c, 'device_unknown')
    const wish = { deviceId: canonicalId(id), ambassadorId: own.ambassador.id }
    const revoked = await revokeDevice(own.tenant, wish, own.act)
    if (!revoked.ok) return refuse(c, revoked.status)
    const device = (await devicesOf(own.tenant, own.ambassador.id)).find((one) => one.id === wish.deviceId)
    return device ? c.json(deviceAnswer(device), 200, NO_STORE) : refuse(c, 'device_unknown')
  }
}

/** The place of whoever is signed in, or the refusal: what is not theirs does not exist. */
async function ownPlace(
  services: ApiServices,
  c: Context,
  isWanted: (collective: Collective) => boolean,
): Promise<Own | Response> {
  const person = await services.signIn.person(c.req.raw.headers)
  if (!person) return refuse(c, 'sign_in_needed')
  const collective = (await listCollectives(services.db)).find(isWanted)
  const ambassador = collective && (await ambassadorOf(services.db, collective.id, person.id))
  if (!ambassador) return refuse(c, 'not_found')
  const act = { now: services.now(), actor: `user:${person.id}` }
  return { collective, tenant: services.db.of(collective.id), ambassador, act }
}

function campaignAnswer(campaign: Campaign, now: Date): AppState['campaigns'] {
  const status = campaignStatus(campaign.facts, now, campaign.collective.timeZone)
  const price = moneyAnswer(campaign.priceMinor, campaign.currency)
  return status === 'draft' ? [] : [{ id: campaign.id, slug: campaign.slug, status, price }]
}

function blockAnswer(block: Block, campaign: Campaign): BlockAnswer {
  const { id, campaignId, deviceId, kind, status, unsold } = block
  const price = moneyAnswer(campaign.priceMinor, campaign.currency)
  return { id, campaignId, deviceId, kind, status, price, left: [...unsold] }
}

function deviceAnswer({ id, name, revokedAt }: Device): AppState['devices'][number] {
  return { id, name, isRevoked: revokedAt !== null }
}
