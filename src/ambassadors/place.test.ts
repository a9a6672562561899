import { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDeskWorld, type DeskWorld } from '../../test/support/desk-world.ts'
import { newId } from '../domain/id.ts'
import { unbuiltAssets } from '../web/assets.ts'
import { charterIn } from './charter.ts'
import { ambassadorRoutes } from './routes.tsx'

const OWN = '/fr/casa/ambassador'

let world: DeskWorld
let own: Hono
let amina: string

beforeAll(async () => {
  world = await createDeskWorld(20)
  amina = world.ambassadors.amina.id
  // Karim, who organises nothing, is Amina's person: a name says nothing about who may come in.
  await world.ownerSql`update ambassador set person_id = (select id from person where name = 'Karim') where id = ${amina}`
  const { signIn, services } = world
  const needs = { ...services, assets: unbuiltAssets, signIn, codeKey: Buffer.alloc(32, 2), mailbox: false }
  own = new Hono().route('/', ambassadorRoutes(needs))
})

afterAll(() => world.drop())

const get = (path: string, cookie = world.cookies.stranger) =>
  own.request(`${OWN}${path}`, { headers: { Cookie: cookie } })
const post = (path: string, fields: Record<string, string> = {}, cookie = world.cookies.stranger) =>
  own.request(`${OWN}${path}`, {
    method: 'POST',
    headers: { Cookie: cookie },
    body: new URLSearchParams(fields),
  })
const page = async (path: string) => (await get(path)).text()

test('only the ambassador comes in: for an organiser who is none, and without a session, nothing is here', async () => {
  expect((await get('')).status).toBe(200)
  for (const path of ['', '/people', '/share', '/words', '/charter']) {
    expect([path, (await get(path, world.cookies.organiser)).status]).toEqual([path, 404])
    expect([path, (await get(path, '')).status]).toEqual([path, 404])
  }
  expect((await post('/charter', {}, world.cookies.organiser)).status).toBe(404)
})

test('the charter is accepted once, and the text that was read is remembered', async () => {
  expect(await page('')).toContain('Lire la charte')
  const { hash } = await charterIn(world.db.of(world.collective.id), 'fr')
  const refused = await post('/charter', { hash: 'another text' })
  expect([refused.status, await refused.text()]).toEqual([409, expect.stringContaining('a changé')])
  for (const _ of [1, 2]) expect((await post('/charter', { hash })).status).toBe(303)
  expect(await page('/charter')).toContain('Vous avez accepté cette charte')
  expect(await page('')).not.toContain('Lire la charte')
  const kept = await world.appSql`select version, lang, text_hash from charter_acceptance`
  expect(kept).toEqual([{ version: 0, lang: 'fr', text_hash: hash }])
  expect(await world.appSql`select kind from ambassador_step where kind = 'charter_accepted'`).toHaveLength(1)
})

test('own goal and words are kept, and a wrong goal keeps what was typed', async () => {
  const refused = await post('/words', { own_goal: 'beaucoup', words_fr: 'Une porte à soi' })
  const text = await refused.text()
  expect(refused.status).toBe(422)
  expect(text).toContain('beaucoup')
  expect(text).toContain('Une porte à soi')
  expect((await post('/words', { own_goal: '10', words_fr: 'Une porte à soi' })).status).toBe(303)
  expect(await page('/words')).toContain('Une porte à soi')
  expect((await post('/words', { own_goal: '', words_fr: 'Une fenêtre' })).status).toBe(303)
  expect(await world.appSql`select goal, words from pledge`).toEqual([
    { goal: null, words: { fr: 'Une fenêtre' } },
  ])
  await post('/words', { own_goal: '10', words_fr: 'Une fenêtre' })
})

test('who gave is shown as they agreed, and thanking opens WhatsApp and is remembered', async () => {
  const open = await world.payByCard({ ambassadorId: amina, name: 'Nadia', quantity: 2, lang: 'ar' })
  await world.payByCard({ ambassadorId: amina, name: 'Secret', anonymous: true })
  const other = await world.payByCard({ ambassadorId: world.ambassadors.youssef.id, name: 'Autre' })
  const people = await page('/people')
  expect(people).toContain('Nadia')
  expect(people).not.toContain('Secret')
  expect(people).not.toContain('Autre')
  const answer = await post(`/people/${open.id}/thanks`)
  const address = answer.headers.get('Refresh') ?? ''
  expect(address).toMatch(/^0; url=https:\/\/wa\.me\/\?text=/)
  const message = decodeURIComponent(address.split('text=')[1] ?? '')
  expect(message).toContain('Nadia')
  expect(message).toContain('1, 2')
  expect(message).toContain('/ar/casa/dar-salma/coupons/1')
  expect(await page('/people')).toContain('Remercié')
  expect((await post(`/people/${open.id}/thanks`)).status).toBe(200)
  expect(await world.appSql`select order_id from thanks`).toEqual([{ order_id: open.id }])
  for (const id of [other.id, newId(), 'x']) expect((await post(`/people/${id}/thanks`)).status).toBe(404)
})

test('the first page tells the day, the own bricks and who came; the tree is drawn', async () => {
  await world.ownerSql`insert into ambassador (collective_id, id, slug, name, invited_by, proposed_at, accepted_at)
    values (${world.collective.id}, ${newId()}, 'rachid', 'Rachid', ${amina}, now(), now())`
  const today = await page('')
  expect(today).toContain('3 briques posées, pour un objectif de 10')
  expect(today).toContain('brick-own')
  expect(today).toContain('1 personne a contribué grâce à vous et n’a pas encore reçu votre merci.')
  expect(await page('/people')).toMatch(/own-tree[\s\S]*Rachid/)
})

test('the texts to share carry the personal link in every language of the collective', async () => {
  const share = await page('/share')
  for (const lang of ['ar', 'fr', 'en', 'es']) {
    expect(share).toContain(encodeURIComponent(`/${lang}/casa/dar-salma/amina`))
  }
  expect(share).toContain('/fr/casa/dar-salma/amina/status.png')
})

test('who still waits shares nothing and says nothing in public yet', async () => {
  await world.ownerSql`update ambassador set accepted_at = null where id = ${amina}`
  expect(await page('')).toContain('n’a pas encore répondu')
  expect(await page('/share')).not.toContain('wa.me')
  expect((await post('/words', { words_fr: 'trop tôt' })).status).toBe(404)
})
