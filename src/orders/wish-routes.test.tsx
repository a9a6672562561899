import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Contributor, createContributor } from '../../test/support/contributor.ts'
import { createWorld, type World } from '../../test/support/world.ts'
import { newId } from '../domain/id.ts'

let world: World
let nadia: Contributor

beforeAll(async () => {
  world = await createWorld({ goal: 3 })
  nadia = createContributor(world)
})
afterAll(() => world.drop())

const path = '/fr/casa/dar-salma/wish'
const wishes = () => world.appSql`select email, phone, lang from wish order by created_at, id`

test('a wish is kept once, however often it is sent, and thanked for', async () => {
  const wish = { id: newId(), contact: ' Amina@Example.org ', consent: 'yes' }
  const answers = await Promise.all([nadia.post(path, wish), nadia.post(path, wish)])
  expect(answers.map((answer) => answer.headers.get('Location'))).toEqual([`${path}/kept`, `${path}/kept`])
  expect(await wishes()).toEqual([{ email: 'amina@example.org', phone: null, lang: 'fr' }])
  expect(await (await nadia.get(`${path}/kept`)).text()).toContain('Merci')
})

test('a wish without consent or without an address to write to is refused with what was typed', async () => {
  const before = await wishes()
  const id = newId()
  const noConsent = await nadia.post(path, { id, contact: '0612345678' })
  expect(noConsent.status).toBe(422)
  const page = await noConsent.text()
  expect(page).toContain('value="0612345678"')
  expect(page).toContain(id)
  expect(page).not.toMatch(/<input[^>]* checked/)
  expect((await nadia.post(path, { id, consent: 'yes' })).status).toBe(422)
  expect(await wishes()).toEqual(before)
  expect((await nadia.post(path, { id, contact: '0612345678', consent: 'yes' })).status).toBe(303)
})

test('the form has a page of its own in every language, for campaigns that are public', async () => {
  for (const lang of ['ar', 'fr', 'en', 'es']) {
    expect((await nadia.get(`/${lang}/casa/dar-salma/wish`)).status).toBe(200)
  }
  expect((await nadia.get('/fr/casa/nowhere/wish')).status).toBe(404)
  expect((await nadia.get('/fr/casa/nowhere/wish/kept')).status).toBe(404)
  expect((await nadia.post('/fr/casa/nowhere/wish', {})).status).toBe(404)
})
