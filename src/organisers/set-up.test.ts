import { Hono } from 'hono'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { connect, type Sql } from '../db/connect.ts'
import { type Database, openDatabase } from '../db/database.ts'
import { findCampaign, findCollective, listCollectives } from '../db/directory.ts'
import { LANGS } from '../domain/lang.ts'
import { cancelOrder } from '../orders/cancel-order.ts'
import { receiveTransfer } from '../payments/receive-transfer.ts'
import { settlePayout } from '../payments/settle-payout.ts'
import { signInWith } from '../people/auth.ts'
import { peopleRoutes } from '../people/routes.tsx'
import { unbuiltAssets } from '../web/assets.ts'
import { organiserRoutes } from './routes.tsx'
import { makeSetupLink, setupUrl } from './setup-link.ts'

const PUBLIC_URL = 'http://twiza.test'
const NOW = new Date('2026-11-10T10:00:00Z')

let database: TestDatabase
let sql: Sql
let db: Database
let app: Hono
let token: string

async function open(): Promise<void> {
  database = await createTestDatabase()
  sql = connect(database.appUrl)
  db = openDatabase(sql)
  const services = {
    db,
    now: () => NOW,
    random: (count: number) => crypto.getRandomValues(new Uint8Array(count)),
    publicUrl: PUBLIC_URL,
    assets: unbuiltAssets,
    codeKey: Buffer.alloc(32, 2),
    mailbox: false,
    signIn: signInWith({ db, key: Buffer.alloc(32, 1), publicUrl: PUBLIC_URL }),
    receiveTransfer,
    cancelOrder,
    settlePayout,
  }
  app = new Hono().route('/', peopleRoutes(services)).route('/', organiserRoutes(services))
  token = await makeLink()
}

async function close(): Promise<void> {
  await sql.end()
  await database.drop()
}

const makeLink = (now = NOW) =>
  makeSetupLink(db, now, (count) => crypto.getRandomValues(new Uint8Array(count)))

/** What a group in Casablanca types on its first evening. */
const TYPED = {
  main_lang: 'fr',
  also_ar: 'on',
  name_fr: 'Dari B7al Nass',
  name_ar: 'داري بحال الناس',
  city_fr: 'Casablanca',
  collective_slug: '',
  time_zone: 'Africa/Casablanca',
  currency: 'MAD',
  legal_name_fr: 'Association Bab Nour',
  bank_name: 'Bank of Africa',
  account_number: '011 780 0000123456789012 96',
  authorisation_number: '2026/174',
  authority: 'SGG',
  authorised_from: '2026-11-01',
  authorised_until: '2027-03-31',
  organiser_name: 'Salma Idrissi',
  organiser_email: 'Salma@Example.org',
  title_fr: 'Une maison pour Yasmine',
  summary_fr: 'Une chambre avec une fenêtre.',
  story_fr: 'Yasmine a six ans.\n\nElle dessine des maisons.',
  title_ar: 'بيت لياسمين',
  summary_ar: 'غرفة بنافذة.',
  story_ar: 'ياسمين في السادسة.',
  campaign_slug: '',
  price: '250 DH',
  goal: '1000',
  first_day: '2026-11-10',
  days: '21',
}

function send(changes: Record<string, string> = {}, lang = 'fr'): Promise<Response> {
  const body = new URLSearchParams({ token, ...TYPED, ...changes })
  return Promise.resolve(app.request(`/setup?lang=${lang}`, { method: 'POST', body }))
}

const cookieOf = (response: Response) =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')

describe('the set-up link', () => {
  beforeEach(open)
  afterEach(close)

  it('opens the page in every language, with nothing to index and nothing to keep', async () => {
    expect(setupUrl(PUBLIC_URL, token)).toMatch(/^http:\/\/twiza\.test\/setup\?token=[\w-]{43}$/)
    for (const lang of LANGS) {
      const response = await app.request(`/setup?token=${token}&lang=${lang}`)
      expect(response.status).toBe(200)
      expect(response.headers.get('Cache-Control')).toBe('no-store')
      expect(await response.text()).toContain(`<html lang="${lang}"`)
    }
  })

  it('is not known when it is wrong', async () => {
    expect((await app.request('/setup?token=wrong')).status).toBe(404)
    expect((await app.request('/setup')).status).toBe(404)
    expect((await send({ token: 'wrong' })).status).toBe(404)
  })

  it('is replaced by a newer one', async () => {
    const newer = await makeLink(new Date(NOW.getTime() + 1000))
    expect((await app.request(`/setup?token=${token}`)).status).toBe(410)
    expect((await send()).status).toBe(410)
    expect((await app.request(`/setup?token=${newer}`)).status).toBe(200)
  })

  it('keeps only the hash of its token', async () => {
    const [row] = await db.shared.selectFrom('setup_link').selectAll().execute()
    expect(row?.token_hash).not.toContain(token)
  })
})

describe('the set-up form', () => {
  beforeEach(open)
  afterEach(close)

  it('leads from the link to a live campaign and to the desk, signed in', async () => {
    const response = await send()
    expect(response.status).toBe(303)
    expect(response.headers.get('Location')).toBe('/fr/dari-b7al-nass/desk?done=set_up')
    const session = response.headers.getSetCookie().find((cookie) => cookie.includes('session_token'))
    expect(session).toMatch(/HttpOnly/)
    expect(session).toMatch(/SameSite=Lax/)

    const collective = await findCollective(db, 'dari-b7al-nass')
    expect(collective).toMatchObject({
      name: { fr: 'Dari B7al Nass', ar: 'داري بحال الناس' },
      city: { fr: 'Casablanca' },
      timeZone: 'Africa/Casablanca',
      currency: 'MAD',
      langs: ['fr', 'ar'],
    })
    const campaign = await findCampaign(db, collective!, { slug: 'une-maison-pour-yasmine' })
    expect(campaign).toMatchObject({
      priceMinor: 25_000n,
      facts: { firstDay: '2026-11-10', lastDay: '2026-11-30', goal: 1000, scheduledAt: NOW },
      counts: { available: 1000 },
    })
    const association = await db.of(collective!.id).selectFrom('association').selectAll().executeTakeFirst()
    expect(association?.account_number).toBe('011780000012345678901296')

    const desk = await app.request('/fr/dari-b7al-nass/desk?done=set_up', {
      headers: { Cookie: cookieOf(response) },
    })
    expect(desk.status).toBe(200)
    const page = await desk.text()
    expect(page).toContain('Une maison pour Yasmine')
    expect(page).toContain(`${PUBLIC_URL}/fr/dari-b7al-nass/une-maison-pour-yasmine`)
  })

  it('works once: the same form again finds a used link', async () => {
    await send()
    const again = await send()
    expect(again.status).toBe(410)
    expect(await again.text()).toContain('a déjà servi')
    expect(await listCollectives(db)).toHaveLength(1)
  })

  it('lets one of two forms sent at once through', async () => {
    const answers = await Promise.all([send(), send({ collective_slug: 'another' })])
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 410])
    expect(await listCollectives(db)).toHaveLength(1)
  })

  it('makes an address from an Arabic name', async () => {
    const response = await send({
      main_lang: 'ar',
      also_fr: '',
      name_ar: 'داري بحال الناس',
      city_ar: 'الدار البيضاء',
      legal_name_ar: 'جمعية باب النور',
      first_day: '٠٩/١٢/٢٠٢٦',
      goal: '١٠٠٠',
      price: '٢٥٠ درهم',
    })
    expect(response.headers.get('Location')).toBe('/fr/dary-bhal-alnas/desk?done=set_up')
    const collective = await findCollective(db, 'dary-bhal-alnas')
    const campaign = await findCampaign(db, collective!, { slug: 'byt-lyasmyn' })
    expect(campaign).toMatchObject({ priceMinor: 25_000n, facts: { firstDay: '2026-12-09', goal: 1000 } })
  })
})

describe('a set-up form that is not ready', () => {
  beforeAll(open)
  afterAll(close)

  it('is shown in another language with everything that was typed', async () => {
    const response = await send({ show_in: 'ar', price: 'nonsense' })
    expect(response.status).toBe(200)
    const page = await response.text()
    expect(page).toContain('<html lang="ar" dir="rtl"')
    expect(page).toContain('value="nonsense"')
    expect(page).toContain('Elle dessine des maisons.')
    expect(page).not.toContain('error-summary')
    expect(await listCollectives(db)).toEqual([])
  })

  it.each([
    ['main_lang', 'de'],
    ['name_fr', ''],
    ['name_fr', 'x'.repeat(61)],
    ['name_fr', 'a\0b'],
    ['city_fr', '   '],
    ['collective_slug', 'Ça va'],
    ['collective_slug', 'sign-in'],
    ['collective_slug', 'a'],
    ['time_zone', 'Mars/Olympus'],
    ['currency', 'BTC'],
    ['legal_name_fr', '\u200b'],
    ['bank_name', 'x'.repeat(61)],
    ['account_number', ''],
    ['account_number', '011780000012345678901297'],
    ['account_number', '12345'],
    ['account_number', 'hello'],
    ['authorisation_number', ''],
    ['authority', 'x'.repeat(121)],
    ['authorised_from', '2026-02-30'],
    ['authorised_until', 'tomorrow'],
    ['authorised_until', '2026-10-01'],
    ['organiser_name', ''],
    ['organiser_email', 'salma@'],
    ['title_fr', ''],
    ['summary_fr', 'x'.repeat(241)],
    ['story_fr', ''],
    ['story_ar', ''],
    ['campaign_slug', 'desk'],
    ['campaign_slug', 'a/b'],
    ['price', '0'],
    ['price', '-250'],
    ['price', '1,234'.repeat(20)],
    ['price', 'two hundred'],
    ['price', '2,505'.concat('5')],
    ['goal', '0'],
    ['goal', '1.5'],
    ['goal', '1e3'],
    ['goal', '1000001'],
    ['first_day', ''],
    ['first_day', '2026-11-09'],
    ['first_day', '2027-03-20'],
    ['first_day', '9999-12-31'],
    ['days', '0'],
    ['days', '367'],
  ])('refuses %s = %j, says so at the field and keeps everything typed', async (field, value) => {
    const response = await send({ [field]: value })
    expect(response.status).toBe(422)
    const page = await response.text()
    expect(page).toContain(`href="#field-${field}"`)
    expect(page).toContain(`id="field-${field}-error"`)
    const typed = Object.values({ ...TYPED, [field]: 'on' }).filter((text) => !/["\n]|^on$/.test(text))
    for (const text of typed) expect(page).toContain(text.trim())
    expect(await listCollectives(db)).toEqual([])
  })

  it('refuses a form without any field, in every language', async () => {
    for (const lang of LANGS) {
      const response = await app.request(`/setup?lang=${lang}`, {
        method: 'POST',
        body: new URLSearchParams({ token }),
      })
      expect(response.status).toBe(422)
    }
    expect((await app.request('/setup', { method: 'POST', body: 'what' })).status).toBe(404)
  })

  it('shows what was typed as text, never as markup', async () => {
    const page = await (await send({ name_fr: '"><script>alert(1)</script>', price: '' })).text()
    expect(page).not.toContain('<script>alert')
  })
})
