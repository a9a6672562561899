import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  cookieOf,
  createDeskWorld,
  DESK,
  type DeskWorld,
  ORGANISER_EMAIL,
} from '../../test/support/desk-world.ts'
import { newId } from '../domain/id.ts'
import { openInvitations } from './invitations.ts'

let desk: DeskWorld
beforeAll(async () => {
  desk = await createDeskWorld()
})
afterAll(() => desk.drop())

const NEW = `${DESK}/people/invitations/new`
const tenant = () => desk.db.of(desk.collective.id)

/** The path of a new invitation's link. */
async function invite(role: string, fields: Record<string, string> = {}): Promise<string> {
  const answer = await desk.post(NEW, { id: newId(), role, invitation_lang: 'fr', ...fields })
  expect(answer.status).toBe(200)
  return (await answer.text()).match(/\/fr\/invitation\/casa\/[\w-]{43}/)![0]
}

const newest = async () => (await openInvitations(tenant(), desk.clock.now()))[0]!
const steps = async (ambassadorId: string) =>
  await tenant()
    .selectFrom('ambassador_step')
    .select(['kind', 'actor'])
    .where('ambassador_step.ambassador_id', '=', ambassadorId)
    .orderBy('ambassador_step.id')
    .execute()

test('an ambassador comes in by a link, is signed in, and every step has its row', async () => {
  const path = await invite('ambassador', { name: 'Hajar', phone: '0612345678' })
  const page = await (await desk.get(path, '')).text()
  expect(page).toContain('value="Hajar"')
  const answer = await desk.post(path, { name: 'Hajar', email: 'hajar@casa.example' }, '')
  expect([answer.status, answer.headers.get('Location')]).toEqual([303, '/fr/casa/ambassador'])
  const account = await (await desk.get('/fr/account', cookieOf(answer))).text()
  expect(account).toContain('href="/fr/casa/ambassador"')
  const row = await tenant()
    .selectFrom('ambassador')
    .selectAll()
    .where('ambassador.email', '=', 'hajar@casa.example')
    .executeTakeFirstOrThrow()
  expect(row).toMatchObject({
    slug: 'hajar',
    phone: '+212612345678',
    accepted_at: desk.clock.now(),
    lang: 'fr',
  })
  expect((await steps(row.id)).map(({ kind }) => kind)).toEqual(['invited', 'joined', 'accepted'])
  expect((await steps(row.id))[1]?.actor).toBe(`user:${row.person_id}`)
})

test.each([
  ['organiser', '/fr/casa/desk'],
  ['treasurer', '/fr/casa/treasury'],
  ['reviewer', '/fr/casa'],
])('a %s comes in and has the role', async (role, place) => {
  const path = await invite(role)
  const email = `${role}@casa.example`
  const answer = await desk.post(path, { name: 'Omar', email }, '')
  expect(answer.headers.get('Location')).toBe(place)
  const found = await desk.db.shared
    .selectFrom('member')
    .innerJoin('person', 'person.id', 'member.person_id')
    .select('member.role')
    .where('person.email', '=', email)
    .execute()
  expect(found).toEqual([{ role }])
})

test('a used, a revoked and an expired invitation each say so; an unknown one is nothing', async () => {
  const used = await invite('reviewer')
  await desk.post(used, { name: 'Rim', email: 'rim@casa.example' }, '')
  const revoked = await invite('reviewer')
  const { id } = await newest()
  expect((await desk.post(`${DESK}/people/invitations/${id}/revocation`)).status).toBe(303)
  expect(
    (await desk.post(`${DESK}/people/invitations/${id}/revocation`, {}, desk.cookies.stranger)).status,
  ).toBe(404)
  const told = async (path: string) => {
    const answer = await desk.post(path, { name: 'Adil', email: 'adil@casa.example' }, '')
    return [answer.status, (await answer.text()).match(/<h1>(.*?)<\/h1>/)?.[1]]
  }
  expect(await told(used)).toEqual([410, 'Cette invitation a déjà servi'])
  expect(await told(revoked)).toEqual([410, 'Cette invitation a été annulée'])
  expect((await desk.get(`${used.slice(0, -1)}_`, '')).status).toBe(404)
  const person = await desk.db.shared
    .selectFrom('person')
    .select('id')
    .where('email', '=', 'adil@casa.example')
    .executeTakeFirst()
  expect(person).toBeUndefined()
})

test('two who hold one link: one comes in', async () => {
  const path = await invite('treasurer')
  const answers = await Promise.all(
    ['a', 'b', 'c'].map((name) => desk.post(path, { name, email: `${name}${name}@casa.example` }, '')),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 410, 410])
})

test('an address that is known must sign in first: nobody acts as somebody by typing their address', async () => {
  const path = await invite('treasurer')
  const answer = await desk.post(path, { name: 'Thief', email: ORGANISER_EMAIL }, '')
  expect([answer.status, answer.headers.getSetCookie()]).toEqual([422, []])
  expect(await answer.text()).toContain('value="Thief"')
  const own = await desk.post(path)
  expect(own.headers.get('Location')).toBe('/fr/casa/treasury')
})

test('whoever is in already leaves the invitation for another', async () => {
  const path = await invite('organiser')
  expect((await desk.post(path)).status).toBe(200)
  expect((await desk.post(path, { name: 'Nour', email: 'nour@casa.example' }, '')).status).toBe(303)
})

test('with an address a mail goes there; the link is shown once', async () => {
  const fields = { id: newId(), role: 'ambassador', invitation_lang: 'ar', email: 'lina@casa.example' }
  const first = await (await desk.post(NEW, fields)).text()
  const again = await desk.post(NEW, fields)
  expect([again.status, again.headers.get('Location')]).toEqual([303, `${DESK}/people`])
  const mails = await desk.db.shared
    .selectFrom('mail')
    .select(['data', 'lang'])
    .where('to_address', '=', 'lina@casa.example')
    .execute()
  expect(mails).toHaveLength(1)
  expect(mails[0]?.lang).toBe('ar')
  expect(first).toContain((mails[0]!.data as { link: string }).link)
  expect(await desk.page(`${DESK}/people`)).not.toContain('/invitation/casa/')
})

test('the first proof of an address ends the sessions of who only typed it', async () => {
  const path = await invite('reviewer')
  const early = cookieOf(await desk.post(path, { name: 'Zineb', email: 'zineb@casa.example' }, ''))
  expect((await desk.get('/fr/account', early)).status).toBe(200)
  const browser = cookieOf(await desk.post('/fr/sign-in', { email: 'zineb@casa.example' }, ''))
  const mail = await desk.db.shared
    .selectFrom('mail')
    .select('data')
    .where('to_address', '=', 'zineb@casa.example')
    .executeTakeFirstOrThrow()
  const { code } = mail.data as { code: string }
  expect((await desk.post('/fr/sign-in/code', { code }, browser)).status).toBe(303)
  expect((await desk.get('/fr/account', early)).status).toBe(303)
})

test('a form with mistakes comes back with what was typed; a stranger finds nothing', async () => {
  const answer = await desk.post(NEW, { role: 'king', name: 'Hind', email: 'x', invitation_lang: 'fr' })
  expect(answer.status).toBe(422)
  expect(await answer.text()).toContain('value="Hind"')
  for (const path of [`${DESK}/people`, NEW]) {
    expect((await desk.get(path, desk.cookies.stranger)).status).toBe(404)
  }
})

test('an invitation ends after fourteen days', async () => {
  const path = await invite('reviewer')
  desk.clock.advance({ minutes: 14 * 24 * 60 })
  expect((await desk.get(path, '')).status).toBe(410)
})
