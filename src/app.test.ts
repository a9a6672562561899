import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refused } from '../test/support/api-schemas.ts'
import { createTestApp, type TestApp } from '../test/support/app.ts'
import { createWorld, type World } from '../test/support/world.ts'
import { connect } from './db/connect.ts'
import { type Database, openDatabase } from './db/database.ts'
import { LANGS } from './domain/lang.ts'

const PAGE = { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }
const STYLES = '.house { fill: terracotta }\n'.repeat(200)

let world: World
let folder: string
let app: TestApp

beforeAll(async () => {
  world = await createWorld({ goal: 20 })
  folder = await mkdtemp(join(tmpdir(), 'twiza-assets-'))
  await writeFile(join(folder, 'main-1A2B3C4D.css'), STYLES)
  await writeFile(join(folder, 'readex-latin-1a2b3c4d.woff2'), new Uint8Array(3000))
  await writeFile(join(folder, 'manifest.json'), '{}')
  app = createTestApp(world, { assetsFolder: folder })
})

afterAll(async () => {
  await app.close()
  await rm(folder, { recursive: true })
  await world.drop()
})

async function pageAt(path: string, headers: Record<string, string> = {}, init: RequestInit = {}) {
  const response = await app.app.request(path, { ...init, headers: { ...PAGE, ...headers } })
  const text = await response.text()
  return {
    response,
    text,
    status: response.status,
    lang: /<html lang="(\w+)"/.exec(text)?.[1],
    title: /<h1>([^<]*)/.exec(text)?.[1],
  }
}

describe('an address that leads nowhere', () => {
  test.each(LANGS)('is a page in the language of the path: %s', async (lang) => {
    const page = await pageAt(`/${lang}/nobody/nothing`)
    expect(page).toMatchObject({ status: 404, lang })
    expect(page.response.headers.get('Cache-Control')).toBe('no-store')
  })

  test('else in the language of the browser, else in Arabic', async () => {
    expect(await pageAt('/nobody', { 'Accept-Language': 'es-MX,es;q=0.9' })).toMatchObject({ lang: 'es' })
    expect(await pageAt('/nobody', { 'Accept-Language': 'de' })).toMatchObject({ lang: 'ar' })
  })

  test('is problem details for a program', async () => {
    const response = await app.app.request('/nobody', { headers: { Accept: 'application/json' } })
    await refused(response, 404, 'not_found')
  })

  test('repeats nothing of the address', async () => {
    const page = await pageAt('//evil.example/x?key=secret')
    expect(page.status).toBe(404)
    expect(page.text).not.toMatch(/evil|secret/)
  })
})

describe('a failure of ours', () => {
  const personal = 'Salma Alaoui 0612345678'
  const failing = { shared: new Proxy({}, { get: () => () => raise(personal) }) } as unknown as Database
  let broken: TestApp

  beforeAll(() => {
    broken = createTestApp(world, { db: failing })
  })
  afterAll(() => broken.close())

  test('is a page with the number of the request, and one line for the operator with it', async () => {
    const response = await broken.app.request('/fr/casa?key=very-secret', { headers: PAGE })
    const text = await response.text()
    expect(response.status).toBe(500)
    expect(broken.logs).toHaveLength(1)
    const line = JSON.parse(broken.logs[0] ?? '{}') as { requestId: string; at: string[] }
    expect(line).toMatchObject({ level: 'error', kind: 'failed', method: 'GET', route: '/:lang/:collective' })
    expect(line.at[0]).toContain('app.test.ts')
    expect(text).toContain(line.requestId)
  })

  test('tells nobody what was typed, nor the query of the address', async () => {
    const response = await broken.app.request('/api/v1/campaigns?name=Salma')
    const problem = await refused(response, 500, 'internal_error')
    expect(JSON.stringify(problem) + broken.logs.join()).not.toMatch(/Salma|0612345678|very-secret/)
  })
})

describe('while the database is away', () => {
  test('a page says to try again soon, and links to itself', async () => {
    const nobody = connect('postgres://nobody@127.0.0.1:9/nothing', { max: 1 })
    const away = createTestApp(world, { db: openDatabase(nobody) })
    const response = await away.app.request('/es/casa?a=1', { headers: PAGE })
    expect(response.status).toBe(503)
    expect(response.headers.get('Retry-After')).toBe('5')
    expect(/href="(\/es\/casa[^"]*)"/.exec(await response.text())?.[1]).toBe('/es/casa?a=1')
    expect(JSON.parse(away.logs[0] ?? '{}')).toMatchObject({ kind: 'unavailable', code: 'ECONNREFUSED' })
    await away.close()
    await nobody.end({ timeout: 1 })
  })
})

describe('while every connection to the database is taken', () => {
  test('what is reserved answers by its own; without these it would not', async () => {
    const reservedSql = connect(world.database.appUrl, { max: 1 })
    const own = createTestApp(world, { reservedDb: openDatabase(reservedSql) })
    const taken = await Promise.all(Array.from({ length: 10 }, () => world.appSql.reserve()))
    expect((await own.app.request('/readyz')).status).toBe(200)
    expect((await app.app.request('/readyz')).status).toBe(503)
    for (const connection of taken) connection.release()
    await own.close()
    await reservedSql.end()
  })
})

describe('methods and addresses', () => {
  test('a slash at the end leads to the address without, within this site', async () => {
    const cases = [
      ['/fr/casa/?a=1', '/fr/casa?a=1'],
      ['/api/v1/campaigns/', '/api/v1/campaigns'],
      ['//evil.example/', '/evil.example'],
      ['/%5Cevil.example/', '/%5Cevil.example'],
      ['/fr///', '/fr'],
    ]
    for (const [from, to] of cases) {
      const response = await app.app.request(from ?? '')
      expect(response.status).toBe(308)
      expect(response.headers.get('Location')).toBe(to)
    }
  })

  test('HEAD is GET without its body', async () => {
    const response = await app.app.request('/fr/casa', { method: 'HEAD' })
    expect(response.status).toBe(200)
    expect(response.headers.get('Content-Type')).toContain('text/html')
    expect(await response.text()).toBe('')
  })

  test('a known page says which methods it takes', async () => {
    const page = await pageAt('/fr/casa', {}, { method: 'DELETE' })
    expect(page).toMatchObject({ status: 405, lang: 'fr' })
    expect(page.response.headers.get('Allow')).toBe('GET, HEAD')
  })

  test('where nothing is, no method is known either', async () => {
    for (const path of ['/fr/nobody', '/fr/casa/nowhere', '/fr/casa/dar-salma/nobody', '/xx']) {
      const page = await pageAt(path, {}, { method: 'POST' })
      expect([path, page.status, page.lang]).toEqual([path, 404, path === '/xx' ? expect.anything() : 'fr'])
      expect(page.response.headers.get('Allow')).toBeNull()
    }
    expect((await pageAt('/fr/casa/dar-salma', {}, { method: 'POST' })).status).toBe(405)
  })

  test('a form of another site is refused with a page', async () => {
    const headers = { Origin: 'https://evil.example', 'Content-Type': 'application/x-www-form-urlencoded' }
    const page = await pageAt('/fr/casa/dar-salma/give', headers, { method: 'POST', body: 'quantity=1' })
    expect(page).toMatchObject({ status: 403, lang: 'fr' })
  })

  test('a body beyond every form is refused', async () => {
    const page = await pageAt('/fr/sign-in', {}, { method: 'POST', body: 'x'.repeat(300_000) })
    expect(page.status).toBe(413)
  })
})

describe('every answer', () => {
  test('carries the headers that protect its reader', async () => {
    for (const path of [
      '/fr/casa',
      '/nobody',
      '/api',
      '/api/v1/nothing',
      '/healthz',
      '/assets/main-1A2B3C4D.css',
    ]) {
      const { headers } = await app.app.request(path)
      expect(headers.get('Content-Security-Policy'), path).toContain("default-src 'none'")
      expect(headers.get('X-Content-Type-Options'), path).toBe('nosniff')
      expect(headers.get('Referrer-Policy'), path).toBe('same-origin')
    }
  })

  test('is compressed for who can read it, but a stream is not held back', async () => {
    const gzip = { 'Accept-Encoding': 'gzip' }
    const page = await app.app.request('/fr/casa', { headers: gzip })
    expect(page.headers.get('Content-Encoding')).toBe('gzip')
    expect(page.headers.get('Vary')).toContain('Accept-Encoding')
    const stream = await app.app.request('/api/v1/campaigns/casa/dar-salma/events', { headers: gzip })
    expect(stream.headers.get('Content-Encoding')).toBeNull()
    await stream.body?.cancel()
  })
})

describe('built files', () => {
  test('keep for ever, and come compressed', async () => {
    const headers = { 'Accept-Encoding': 'gzip, deflate, br' }
    const response = await app.app.request('/assets/main-1A2B3C4D.css', { headers })
    expect(response.headers.get('Content-Type')).toBe('text/css; charset=utf-8')
    expect(response.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable')
    expect(response.headers.get('Content-Encoding')).toBe('br')
    const bytes = Buffer.from(await response.arrayBuffer())
    expect(brotliDecompressSync(bytes).toString()).toBe(STYLES)
    expect(bytes.length).toBeLessThan(200)
  })

  test('come plain to who reads no other, also when it is said by q=0', async () => {
    for (const encodings of ['', 'br;q=0, gzip;q=0']) {
      const response = await app.app.request('/assets/main-1A2B3C4D.css', {
        headers: { 'Accept-Encoding': encodings },
      })
      expect(await response.text()).toBe(STYLES)
    }
  })

  test('fonts come as they are', async () => {
    const headers = { 'Accept-Encoding': 'gzip, br' }
    const response = await app.app.request('/assets/readex-latin-1a2b3c4d.woff2', { headers })
    expect(response.headers.get('Content-Type')).toBe('font/woff2')
    expect(response.headers.get('Content-Encoding')).toBeNull()
  })

  test('nothing else of the folder or around it is served', async () => {
    const names = [
      'manifest.json',
      'nothing.css',
      '..%2f..%2fpackage.json',
      '%2e%2e/app.ts',
      '',
      'a%00.css',
      '.css',
    ]
    for (const name of names) expect((await app.app.request(`/assets/${name}`)).status, name).not.toBe(200)
  })
})

function raise(message: string): never {
  throw new Error(message)
}
