import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../test/support/world.ts'
import { addDays, localDay } from '../domain/days.ts'
import { newId } from '../domain/id.ts'
import { addAmbassador } from './add-ambassador.ts'
import { closeCampaign } from './close-campaign.ts'
import { createCampaign, type NewCampaign } from './create-campaign.ts'
import { deliverCampaign } from './deliver-campaign.ts'
import { editDraft } from './edit-draft.ts'
import { publishUpdate } from './publish-update.ts'
import { scheduleCampaign } from './schedule-campaign.ts'

let world: World
const act = () => ({ now: world.clock.now(), actor: 'user:test' })
const today = () => localDay(world.clock.now(), world.collective.timeZone)
const tenant = () => world.db.of(world.collective.id)

beforeAll(async () => {
  world = await createWorld({ goal: 20 })
})
afterAll(() => world.drop())

function wish(overrides: Partial<NewCampaign> = {}): NewCampaign {
  return {
    id: newId(),
    slug: 'dar-karim',
    priceMinor: 25_000n,
    goal: 50,
    firstDay: addDays(today(), 3),
    days: 21,
    dream: { fr: { title: 'La maison de Karim', summary: 'Un toit.', story: 'Karim a neuf ans.' } },
    ...overrides,
  }
}

const DREAM = { title: 'دار كريم', summary: 'سقف.', story: 'كريم في التاسعة.' }

async function eventKinds(): Promise<string[]> {
  const rows = await tenant().selectFrom('event').select('event.kind').orderBy('event.id').execute()
  return rows.map(({ kind }) => kind)
}

describe('createCampaign', () => {
  it('makes a draft once, however often the same id comes', async () => {
    const wanted = wish({ slug: 'once' })
    const first = await createCampaign(tenant(), world.collective, wanted, act())
    const again = await createCampaign(tenant(), world.collective, wanted, act())
    expect(first).toEqual({ ok: true, status: 'created', campaignId: wanted.id })
    expect(again).toEqual({ ok: true, status: 'exists', campaignId: wanted.id })
    for (const other of [{ goal: 51 }, { slug: 'twice' }, { dream: { ...wanted.dream, ar: DREAM } }]) {
      expect(await createCampaign(tenant(), world.collective, { ...wanted, ...other }, act())).toEqual({
        ok: false,
        status: 'exists_with_different_content',
      })
    }
    const campaign = await world.campaign('once')
    expect(campaign.facts.scheduledAt).toBeNull()
    expect(campaign.facts.lastDay).toBe(addDays(today(), 23))
  })

  it('makes one draft of a form that is sent many times at once', async () => {
    const wanted = wish({ slug: 'at-once' })
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => createCampaign(tenant(), world.collective, wanted, act())),
    )
    expect(answers.every(({ ok }) => ok)).toBe(true)
    expect(answers.filter(({ status }) => status === 'created')).toHaveLength(1)
  })

  it.each([
    ['slug_invalid', { slug: 'Dar Karim' }],
    ['slug_reserved', { slug: 'desk' }],
    ['slug_taken', { slug: 'dar-salma' }],
    ['price_invalid', { priceMinor: 0n }],
    ['goal_invalid', { goal: 0 }],
    ['goal_invalid', { goal: 1.5 }],
    ['days_invalid', { days: 0 }],
    ['total_too_large', { priceMinor: 2n ** 52n, goal: 3 }],
    ['dream_missing', { dream: {} }],
  ] as const)('answers %s', async (status, overrides) => {
    const answer = await createCampaign(tenant(), world.collective, wish({ ...overrides }), act())
    expect(answer).toEqual({ ok: false, status })
  })
})

describe('editDraft', () => {
  it('gives a free name to one of many drafts that take it at once', async () => {
    const drafts = Array.from({ length: 6 }, (_none, at) => wish({ slug: `nameless-${at}` }))
    for (const draft of drafts) await createCampaign(tenant(), world.collective, draft, act())
    const edits = await Promise.all(
      drafts.map((draft) =>
        editDraft(tenant(), world.collective, draft.id!, { ...draft, slug: 'wanted-name' }, act()),
      ),
    )
    expect(edits.filter(({ ok }) => ok)).toHaveLength(1)
    expect(edits.filter((edit) => !edit.ok && edit.status === 'slug_taken')).toHaveLength(5)
  })
})

describe('addAmbassador', () => {
  it('adds one person for one id, and refuses another under it', async () => {
    const wanted = { id: newId(), name: 'Leïla', phone: '+212612345678' }
    const add = (other = {}) => addAmbassador(tenant(), { ...wanted, ...other }, act())
    expect(await add()).toMatchObject({ ok: true, status: 'created', slug: 'leila' })
    expect(await add()).toMatchObject({ ok: true, status: 'exists', slug: 'leila' })
    for (const other of [
      { name: 'Laila' },
      { phone: null },
      { slug: 'laila' },
      { email: 'l@casa.example' },
    ]) {
      expect(await add(other)).toEqual({ ok: false, status: 'exists_with_different_content' })
    }
  })
})

describe('scheduleCampaign', () => {
  it('brings the coupons into being, once', async () => {
    const wanted = wish({ slug: 'planned', goal: 7 })
    await createCampaign(tenant(), world.collective, wanted, act())
    expect(await scheduleCampaign(tenant(), world.collective, wanted.id!, act())).toEqual({ ok: true })
    expect((await world.campaign('planned')).counts.available).toBe(7)
    expect(await scheduleCampaign(tenant(), world.collective, wanted.id!, act())).toEqual({
      ok: false,
      status: 'already_scheduled',
    })
    expect((await eventKinds()).filter((kind) => kind === 'campaign_scheduled')).toHaveLength(1)
  })

  it.each([
    ['first_day_past', -1, 21],
    ['authorisation_too_short', 290, 21],
  ])('answers %s', async (status, startsIn, days) => {
    const wanted = wish({ slug: status.replaceAll('_', '-'), firstDay: addDays(today(), startsIn), days })
    await createCampaign(tenant(), world.collective, wanted, act())
    const answer = await scheduleCampaign(tenant(), world.collective, wanted.id!, act())
    expect(answer).toEqual({ ok: false, status })
    expect((await world.campaign(wanted.slug)).counts.available).toBe(0)
  })

  it('does not know the campaign of another collective', async () => {
    const campaign = await world.campaign()
    const other = world.db.of(newId())
    expect(await scheduleCampaign(other, world.collective, campaign.id, act())).toEqual({
      ok: false,
      status: 'campaign_unknown',
    })
  })
})

describe('closeCampaign and deliverCampaign', () => {
  it('close once, deliver once, in this order', async () => {
    const campaign = await world.addCampaign({ slug: 'ending', goal: 3 })
    const outcome = async (done: Promise<{ ok: boolean; status?: string }>) => (await done).status ?? 'ok'
    const close = () => outcome(closeCampaign(tenant(), world.collective, campaign.id, act()))
    const deliver = () => outcome(deliverCampaign(tenant(), world.collective, campaign.id, act()))
    expect(await deliver()).toBe('still_open')
    expect(await close()).toBe('ok')
    expect(await close()).toBe('already_closed')
    expect(await deliver()).toBe('ok')
    expect(await deliver()).toBe('already_delivered')
  })

  it('deliver a campaign whose days are over, closing it on the way', async () => {
    const campaign = await world.addCampaign({ slug: 'over', goal: 3, startsInDays: -40 })
    expect(await deliverCampaign(tenant(), world.collective, campaign.id, act())).toEqual({ ok: true })
    const { closedAt, deliveredAt } = (await world.campaign('over')).facts
    expect(closedAt).toEqual(world.clock.now())
    expect(deliveredAt).toEqual(world.clock.now())
  })

  it('refuse a draft', async () => {
    const campaign = await world.addCampaign({ slug: 'unready', draft: true })
    const refused = { ok: false, status: 'not_scheduled' }
    expect(await closeCampaign(tenant(), world.collective, campaign.id, act())).toEqual(refused)
    expect(await deliverCampaign(tenant(), world.collective, campaign.id, act())).toEqual(refused)
  })
})

describe('publishUpdate', () => {
  it('publishes once for one id', async () => {
    const { id: campaignId } = await world.campaign()
    const wanted = { id: newId(), campaignId, title: { fr: 'Le toit' }, body: { fr: 'Il est posé.' } }
    const publish = () => publishUpdate(tenant(), world.collective, wanted, act())
    expect(await publish()).toEqual({ ok: true, status: 'created', updateId: wanted.id })
    expect(await publish()).toEqual({ ok: true, status: 'exists', updateId: wanted.id })
    const other = { ...wanted, body: { fr: 'Il est presque posé.' } }
    expect(await publishUpdate(tenant(), world.collective, other, act())).toEqual({
      ok: false,
      status: 'exists_with_different_content',
    })
  })

  it('needs title and text in the same languages', async () => {
    const { id: campaignId } = await world.campaign()
    const half = { campaignId, title: { fr: 'Le toit' }, body: { ar: 'السقف' } }
    const none = { campaignId, title: {}, body: {} }
    const refused = { ok: false, status: 'update_empty' }
    expect(await publishUpdate(tenant(), world.collective, half, act())).toEqual(refused)
    expect(await publishUpdate(tenant(), world.collective, none, act())).toEqual(refused)
  })
})
