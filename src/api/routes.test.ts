import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answered, refused } from '../../test/support/api-schemas.ts'
import { createTestApp, type TestApp } from '../../test/support/app.ts'
import { createWorld, type World } from '../../test/support/world.ts'
import { connect } from '../db/connect.ts'
import { openDatabase } from '../db/database.ts'
import { LANGS } from '../domain/lang.ts'
import { OPERATIONS } from './operations.ts'

let world: World
let app: TestApp

beforeAll(async () => {
  world = await createWorld({ goal: 20 })
  app = createTestApp(world)
})

afterAll(async () => {
  await app.close()
  await world.drop()
})

describe('the door of the API', () => {
  test('every operation of the document has a route', async () => {
    const routes = app.app.routes.map(({ method, path }) => `${method} ${path}`)
    for (const { method, path } of OPERATIONS) {
      expect(routes).toContain(`${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`)
    }
  })

  test('a known path says which methods it takes', async () => {
    const response = await app.app.request('/api/v1/campaigns', { method: 'DELETE' })
    expect(response.headers.get('Allow')).toBe('GET, HEAD, OPTIONS')
    await refused(response, 405, 'method_not_allowed')
    const orders = await app.app.request('/api/v1/campaigns/casa/dar-salma/orders')
    expect(orders.headers.get('Allow')).toBe('POST, OPTIONS')
    await refused(orders, 405, 'method_not_allowed')
  })

  test('any page may ask whether it may read', async () => {
    const response = await app.app.request('/api/v1/campaigns/casa/dar-salma', { method: 'OPTIONS' })
    expect(response.status).toBe(204)
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*')
    expect(response.headers.get('Access-Control-Allow-Methods')).toBe('GET, HEAD')
  })

  test('an unknown path is a problem, with whatever method', async () => {
    for (const method of ['GET', 'POST', 'PUT', 'OPTIONS']) {
      await refused(await app.app.request('/api/v1/nothing', { method }), 404, 'not_found')
      await refused(await app.app.request('/api/v2/campaigns', { method }), 404, 'not_found')
    }
  })

  test('the answer to HEAD of the stream ends', async () => {
    const path = '/api/v1/campaigns/casa/dar-salma/events'
    const response = await app.app.request(path, { method: 'HEAD' })
    expect(response.status).toBe(200)
    expect(await response.text()).toBe('')
    expect(app.services.liveHub.viewers).toBe(0)
  })
})

describe('the document', () => {
  test('is JSON, and is not sent again while it is the same', async () => {
    const first = await app.app.request('/api/v1/openapi.json')
    expect(first.headers.get('Content-Type')).toBe('application/json; charset=utf-8')
    expect(await first.json()).toMatchObject({ openapi: '3.1.1', servers: [{ url: 'http://twiza.test' }] })
    const headers = { 'If-None-Match': first.headers.get('ETag') ?? '' }
    expect((await app.app.request('/api/v1/openapi.json', { headers })).status).toBe(304)
  })

  test.each(LANGS)('can be read as a page in %s', async (lang) => {
    const response = await app.app.request(`/api?lang=${lang}`)
    expect(response.status).toBe(200)
    const page = await response.text()
    expect(/<html lang="(\w+)"/.exec(page)?.[1]).toBe(lang)
    const missing = OPERATIONS.filter(({ id, path }) => !page.includes(`id="${id}"`) || !page.includes(path))
    expect(missing).toEqual([])
    expect(/\s(?:style|on\w+)=|<style|<script/.exec(page)).toBeNull()
  })

  test('the page speaks the language of the browser', async () => {
    const response = await app.app.request('/api', {
      headers: { 'Accept-Language': 'es-ES,es;q=0.9,en;q=0.5' },
    })
    expect(/<html lang="(\w+)"/.exec(await response.text())?.[1]).toBe('es')
  })
})

describe('the state of the service', () => {
  test('the process and the database answer', async () => {
    await answered(await app.app.request('/healthz'), 'Health')
    await answered(await app.app.request('/readyz'), 'Health')
  })

  test('without a database the process lives, is not ready, and says when to come again', async () => {
    const nobody = connect('postgres://nobody@127.0.0.1:9/nothing', { max: 1 })
    const away = createTestApp(world, { db: openDatabase(nobody) })
    await answered(await away.app.request('/healthz'), 'Health')
    await refused(await away.app.request('/readyz'), 503, 'database_unavailable')
    const response = await away.app.request('/api/v1/campaigns')
    expect(response.headers.get('Retry-After')).toBe('5')
    await refused(response, 503, 'database_unavailable')
    await away.close()
    await nobody.end({ timeout: 1 })
  })
})
