import { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDeskWorld, type DeskWorld } from '../../test/support/desk-world.ts'
import { allotBlock } from '../custody/blocks.ts'
import { recordSale } from '../custody/record-sale.ts'
import { newId } from '../domain/id.ts'
import { checkCollective } from '../ledger/check.ts'
import { unbuiltAssets } from '../web/assets.ts'
import { ambassadorRoutes } from './routes.tsx'

const OWN = '/fr/casa/ambassador'

let world: DeskWorld
let own: Hono
const booklet = newId()

beforeAll(async () => {
  world = await createDeskWorld(20)
  const { signIn, services, ambassadors } = world
  await world.ownerSql`update ambassador set person_id = (select id from person where name = 'Karim')
    where id = ${ambassadors.amina.id}`
  const needs = { ...services, assets: unbuiltAssets, signIn, codeKey: Buffer.alloc(32, 2), mailbox: false }
  own = new Hono().route('/', ambassadorRoutes(needs))
  const wish = { id: booklet, ambassadorId: ambassadors.amina.id, kind: 'booklet' as const, size: 10 }
  const allotted = await allotBlock(tenant(), { ...wish, campaignId: (await world.campaign()).id }, act())
  expect(allotted).toMatchObject({ ok: true })
})

afterAll(() => world.drop())

const tenant = () => world.db.of(world.collective.id)
const act = () => ({ now: world.clock.now(), actor: 'user:test' })
const ask = (path: string, init: RequestInit = {}, cookie = world.cookies.stranger) =>
  own.request(`${OWN}${path}`, { ...init, headers: { Cookie: cookie } })
const page = async (path: string) => (await ask(path)).text()
const post = (path: string, fields: Record<string, string> = {}) =>
  ask(path, { method: 'POST', body: new URLSearchParams(fields) })

async function hidden(path: string): Promise<Record<string, string>> {
  const fields = (await page(path)).matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)
  return Object.fromEntries([...fields].map(([, name = '', value = '']) => [name, value]))
}

test('a booklet is accepted by whom it was handed to, once', async () => {
  expect(await page('/booklets')).toContain('11–20')
  for (const _ of [1, 2]) expect((await post(`/booklets/${booklet}/acceptance`)).status).toBe(303)
  expect(await page('/booklets')).toContain('vous l’avez reçu')
  expect(await page('/booklets')).not.toContain('acceptance')
  for (const id of [newId(), 'x']) expect((await post(`/booklets/${id}/acceptance`)).status).toBe(404)
  expect((await ask('/booklets', {}, world.cookies.organiser)).status).toBe(404)
  expect((await ask('/cash', {}, world.cookies.organiser)).status).toBe(404)
})

test('cash in hand is told with its age, declared once, and shown as waiting', async () => {
  expect(await page('/cash')).not.toContain('name="amount"')
  const { id: campaignId } = await world.campaign()
  const contributor = {
    name: null,
    anonymous: true,
    email: null,
    phone: null,
    lang: 'fr' as const,
    word: null,
  }
  const sale = { campaignId, ambassadorId: world.ambassadors.amina.id, blockId: booklet, contributor }
  const given = { ...sale, id: newId(), numbers: [11, 12, 13], quantity: 3, amountMinor: 75_000n }
  const answer = await recordSale(tenant(), { ...given, givenAt: world.clock.now() }, act())
  expect(answer).toMatchObject({ ok: true, status: 'stored' })
  world.clock.advance({ days: 4 })
  const cash = await page('/cash')
  expect(cash).toContain('Depuis 4 jours.')
  expect(cash).toMatch(/value="750[^"]*DH"/)
  const fields = await hidden('/cash')
  const refused = await post('/cash', { ...fields, amount: 'tout', way: '' })
  expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('value="tout"')])
  for (const _ of [1, 2]) {
    expect((await post('/cash', { ...fields, amount: '750 DH', way: 'hand', note: '' })).status).toBe(303)
  }
  expect(await page('/cash')).toContain('En attente de confirmation')
  expect(await page('/cash')).not.toContain('name="amount"')
  expect(await world.appSql`select amount_minor, way, declared_as from remittance`).toEqual([
    { amount_minor: 75_000n, way: 'hand', declared_as: 'ambassador' },
  ])
  const again = await post('/cash', { ...fields, id: newId(), amount: '750', way: 'hand' })
  expect([again.status, await again.text()]).toEqual([
    422,
    expect.stringContaining('déjà dans une autre remise'),
  ])
  expect((await checkCollective(tenant())).violations).toEqual([])
})
