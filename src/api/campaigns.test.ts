import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answered, refused } from '../../test/support/api-schemas.ts'
import { createTestApp, type TestApp } from '../../test/support/app.ts'
import { createWorld, type World } from '../../test/support/world.ts'
import { placeOrder } from '../orders/place-order.ts'

let world: World
let app: TestApp

beforeAll(async () => {
  world = await createWorld({ goal: 20 })
  await world.addCampaign({ slug: 'not-yet', startsInDays: 3 })
  await world.addCampaign({ slug: 'a-draft', draft: true })
  app = createTestApp(world)
})

afterAll(async () => {
  await app.close()
  await world.drop()
})

describe('GET /api/v1/campaigns', () => {
  test('lists every campaign but drafts, with its status', async () => {
    const { campaigns } = await answered<{ campaigns: unknown[] }>(
      await app.app.request('/api/v1/campaigns'),
      'CampaignList',
    )
    expect(campaigns).toHaveLength(2)
    expect(campaigns).toContainEqual({ collective: 'casa', slug: 'dar-salma', status: 'live' })
    expect(campaigns).toContainEqual({ collective: 'casa', slug: 'not-yet', status: 'scheduled' })
  })

  test('may be read by any page of the world, and is never kept stale', async () => {
    const response = await app.app.request('/api/v1/campaigns', {
      headers: { Origin: 'https://other.example' },
    })
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*')
    expect(response.headers.get('Cache-Control')).toBe('no-cache')
  })
})

describe('GET /api/v1/campaigns/{collective}/{campaign}', () => {
  test('says the numbers, the calendar and the time of the server', async () => {
    const campaign = await world.campaign()
    await placeOrder(world.services, campaign, world.wish({ quantity: 3 }))
    const answer = await answered(await app.app.request('/api/v1/campaigns/casa/dar-salma'), 'Campaign')
    expect(answer).toEqual({
      collective: 'casa',
      slug: 'dar-salma',
      status: 'live',
      price: { amountMinor: 25_000, currency: 'MAD' },
      goal: 20,
      available: 17,
      reserved: 3,
      given: 0,
      banked: 0,
      startsOn: '2026-11-01',
      endsOn: '2026-11-21',
      day: 10,
      days: 21,
      serverTime: '2026-11-10T10:00:00.000Z',
    })
  })

  test('says day 0 of a campaign that has not begun', async () => {
    const answer = await answered(await app.app.request('/api/v1/campaigns/casa/not-yet'), 'Campaign')
    expect(answer).toMatchObject({ status: 'scheduled', day: 0 })
  })

  test('knows neither a draft, nor another name, nor what no name can be', async () => {
    for (const path of [
      'casa/a-draft',
      'casa/dar-nobody',
      'nobody/dar-salma',
      'casa/%00',
      '%ff%fe/x',
      'casa/DAR',
    ]) {
      await refused(await app.app.request(`/api/v1/campaigns/${path}`), 404, 'campaign_unknown')
    }
  })

  test('answers HEAD without a body', async () => {
    const response = await app.app.request('/api/v1/campaigns/casa/dar-salma', { method: 'HEAD' })
    expect(response.status).toBe(200)
    expect(await response.text()).toBe('')
  })
})
