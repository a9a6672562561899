import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { cookieOf, createDeskWorld, type DeskWorld, ORGANISER_EMAIL } from '../../test/support/desk-world.ts'

let desk: DeskWorld
beforeAll(async () => {
  desk = await createDeskWorld()
})
afterAll(() => desk.drop())
// Beyond every limit of the test before.
beforeEach(() => desk.clock.advance({ minutes: 24 * 60 + 1 }))

const PLAIN = { code: '', link: '', id: '' }

async function ask(email = ORGANISER_EMAIL, cookie = '') {
  const answer = await desk.post('/fr/sign-in', { email }, cookie)
  return { answer, cookie: cookieOf(answer) }
}

async function newestMail() {
  const row = await desk.db.shared
    .selectFrom('mail')
    .select(['id', 'data', 'to_address'])
    .orderBy('id', 'desc')
    .executeTakeFirst()
  const data = row?.data as { link: string; code: string } | null
  return row && data ? { ...data, id: row.id, path: data.link.replace('http://twiza.test', '') } : undefined
}

async function askedMail() {
  const { cookie } = await ask()
  const mail = await newestMail()
  return { cookie, ...PLAIN, path: '', ...mail }
}

const requestOf = (path: string) => new URLSearchParams(path.split('?')[1]).get('request')!
const other = (code: string) => (code === '000000' ? '111111' : '000000')

test('the answer is the same for an address that is known and one that is not', async () => {
  const known = await ask()
  const mail = await newestMail()
  const stranger = await ask('nobody@elsewhere.example')
  expect((await newestMail())?.id).toBe(mail?.id)
  const shape = (answer: Response) => [
    answer.status,
    answer.headers.get('Location'),
    answer.headers.get('Set-Cookie')?.replace(/=[^;]+/, ''),
  ]
  expect(shape(known.answer)).toEqual(shape(stranger.answer))
  expect(known.answer.headers.get('Location')).toBe('/fr/sign-in/code')
  expect(known.answer.headers.get('Set-Cookie')).toMatch(/HttpOnly; SameSite=Lax/)
  expect((await desk.post('/fr/sign-in/code', { code: '123456' }, stranger.cookie)).status).toBe(422)
})

test('what is no address comes back with what was typed', async () => {
  const { answer } = await ask('salma at casa')
  expect(answer.status).toBe(422)
  expect(await answer.text()).toContain('value="salma at casa"')
})

test('the link signs in by a button, once, in the browser that asked', async () => {
  const { cookie, path } = await askedMail()
  expect((await desk.get(path, cookie)).status).toBe(200)
  const first = await desk.post('/fr/sign-in', { request: requestOf(path) }, cookie)
  expect([first.status, first.headers.get('Location')]).toEqual([303, '/fr/casa/desk'])
  expect((await desk.get('/fr/casa/desk', cookieOf(first))).status).toBe(200)
  expect((await desk.post('/fr/sign-in', { request: requestOf(path) }, cookie)).status).toBe(410)
  expect((await desk.get(path, cookie)).status).toBe(410)
})

test('in another browser the link does nothing, and is not used up', async () => {
  const { cookie, path } = await askedMail()
  for (const elsewhere of ['', (await ask('nobody@elsewhere.example')).cookie]) {
    expect((await desk.get(path, elsewhere)).status).toBe(409)
    const sent = await desk.post('/fr/sign-in', { request: requestOf(path) }, elsewhere)
    expect([sent.status, sent.headers.getSetCookie()]).toEqual([409, []])
  }
  expect((await desk.post('/fr/sign-in', { request: requestOf(path) }, cookie)).status).toBe(303)
})

test('the code signs in once, also in Arabic digits and with a space', async () => {
  const { cookie, code } = await askedMail()
  const arabic = code.replace(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'[Number(digit)]!)
  const typed = `${arabic.slice(0, 3)} ${arabic.slice(3)}`
  expect((await desk.post('/fr/sign-in/code', { code: typed }, '')).status).toBe(422)
  const answer = await desk.post('/fr/sign-in/code', { code: typed }, cookie)
  expect(answer.status).toBe(303)
  expect((await desk.get('/fr/casa/desk', cookieOf(answer))).status).toBe(200)
  expect((await desk.post('/fr/sign-in/code', { code }, cookie)).status).toBe(422)
})

test('a code bears five wrong tries', async () => {
  const { cookie, code } = await askedMail()
  for (let count = 0; count < 4; count++) {
    expect((await desk.post('/fr/sign-in/code', { code: other(code) }, cookie)).status).toBe(422)
  }
  expect((await desk.post('/fr/sign-in/code', { code }, cookie)).status).toBe(303)
  const next = await askedMail()
  for (let count = 0; count < 5; count++) {
    await desk.post('/fr/sign-in/code', { code: other(next.code) }, next.cookie)
  }
  expect((await desk.post('/fr/sign-in/code', { code: next.code }, next.cookie)).status).toBe(422)
})

test('tries at the same moment count one by one', async () => {
  const { cookie, code } = await askedMail()
  await Promise.all(
    Array.from({ length: 8 }, () => desk.post('/fr/sign-in/code', { code: other(code) }, cookie)),
  )
  expect((await desk.post('/fr/sign-in/code', { code }, cookie)).status).toBe(422)
})

test('link and code end after ten minutes', async () => {
  const { cookie, code, path } = await askedMail()
  desk.clock.advance({ minutes: 10, ms: -1 })
  expect((await desk.get(path, cookie)).status).toBe(200)
  desk.clock.advance({ ms: 1 })
  expect((await desk.get(path, cookie)).status).toBe(410)
  expect((await desk.post('/fr/sign-in/code', { code }, cookie)).status).toBe(422)
})

test('an account gets five mails in a quarter of an hour, and the answer stays the same', async () => {
  const count = async () =>
    Number(
      (
        await desk.db.shared
          .selectFrom('mail')
          .select((eb) => eb.fn.countAll().as('n'))
          .executeTakeFirstOrThrow()
      ).n,
    )
  const before = await count()
  for (let asked = 0; asked < 7; asked++) expect((await ask()).answer.status).toBe(303)
  expect((await count()) - before).toBe(5)
})

test('whoever asks ten times in ten minutes waits, and others go on', async () => {
  const from = async (address: string) => {
    const body = new URLSearchParams({ email: 'nobody@elsewhere.example' })
    const headers = { 'X-Forwarded-For': address }
    return (await desk.app.request('/fr/sign-in', { method: 'POST', headers, body })).status
  }
  for (let count = 0; count < 10; count++) expect(await from('203.0.113.9')).toBe(303)
  expect(await from('203.0.113.9')).toBe(429)
  expect(await from('203.0.113.10')).toBe(303)
  desk.clock.advance({ minutes: 10 })
  expect(await from('203.0.113.9')).toBe(303)
})

test('neither link nor code is in the table of requests, and old requests go', async () => {
  const { code, path } = await askedMail()
  const rows = await desk.db.shared.selectFrom('sign_in_request').selectAll().execute()
  expect(JSON.stringify(rows)).not.toContain(requestOf(path))
  expect(rows.map((row) => row.code_hash)).not.toContain(code)
})

test('the mailbox shows waiting mail to this machine and to nobody else', async () => {
  const { code } = await askedMail()
  expect(await desk.page('/mailbox')).toContain(code)
  const away = await desk.app.request('/mailbox', { headers: { 'X-Forwarded-For': '203.0.113.9' } })
  expect(away.status).toBe(404)
})

test('the account lists where somebody is signed in, and ends a session', async () => {
  const { cookie, code } = await askedMail()
  const session = cookieOf(await desk.post('/fr/sign-in/code', { code }, cookie))
  const page = await (await desk.get('/fr/account', session)).text()
  expect(page).toContain('href="/fr/casa/desk"')
  const [address] = page.match(/\/fr\/account\/sessions\/[\w-]+\/revocation/) ?? []
  expect((await desk.post(address!, {}, desk.cookies.stranger)).status).toBe(404)
  expect((await desk.post(address!, {}, session)).status).toBe(303)
  expect((await desk.post(address!, {}, session)).status).toBe(404)
  expect((await desk.get('/fr/casa/desk', session)).status).toBe(200)
  expect((await desk.get('/fr/account', '')).headers.get('Location')).toBe('/fr/sign-in')
})
