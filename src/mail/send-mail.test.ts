import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createWorld, type World } from '../../test/support/world.ts'
import { LANGS } from '../domain/lang.ts'
import { type NewMail, queueMail } from './queue-mail.ts'
import { giveUpOldMail, type Postman, sendDueMail, smtpPostman } from './send-mail.ts'
import { renderMail } from './templates.tsx'

let world: World
let server: SMTPServer
let postman: Postman
const arrived: ParsedMail[] = []
/** What the mail server says to the next recipients. */
let refusal: { code: number } | undefined

beforeAll(async () => {
  world = await createWorld()
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo(_address, _session, callback) {
      callback(refusal && Object.assign(new Error('not now'), { responseCode: refusal.code }))
    },
    onData(stream, _session, callback) {
      simpleParser(stream).then((mail) => {
        arrived.push(mail)
        callback()
      }, callback)
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.server.address() as { port: number }
  postman = smtpPostman(`smtp://127.0.0.1:${address.port}`, 'twiza@casa.example')
})
afterAll(async () => {
  await new Promise<void>((resolve) => server.close(() => resolve()))
  await world.drop()
})
beforeEach(async () => {
  refusal = undefined
  arrived.length = 0
  await giveUpOldMail(world.db, new Date('2100-01-01'))
})

const MAIL: NewMail = {
  template: 'sign_in',
  lang: 'ar',
  to: 'amina@casa.example',
  data: { link: 'https://twiza.test/ar/sign-in?request=abc', code: '123456' },
}
const queue = (mail: NewMail = MAIL) => queueMail(world.db, mail, world.clock.now())
const send = () => sendDueMail(world.db, postman, world.clock.now())
const newest = () =>
  world.db.shared.selectFrom('mail').selectAll().orderBy('id', 'desc').executeTakeFirstOrThrow()

test('a mail arrives as text and as HTML, in its language, and is then erased', async () => {
  await queue()
  expect(await send()).toBe(1)
  const [mail] = arrived
  expect(mail?.from?.text).toBe('twiza@casa.example')
  expect(mail?.text).toContain('https://twiza.test/ar/sign-in?request=abc\n')
  expect(mail?.text).toContain('\n123456\n')
  expect(mail?.html).toContain('<html lang="ar" dir="rtl">')
  const row = await newest()
  expect(row).toMatchObject({ to_address: null, data: null, sent_at: world.clock.now(), tries: 1 })
  expect(mail?.messageId).toBe(`<${row.id}@casa.example>`)
  expect(await send()).toBe(0)
})

test('a mail of a transaction that fails does not exist', async () => {
  const failing = world.db.transaction(async (inside) => {
    await queueMail(inside, MAIL, world.clock.now())
    throw new Error('something else went wrong')
  })
  await expect(failing).rejects.toThrow()
  expect(await send()).toBe(0)
})

test('several processes send each mail once', async () => {
  for (let count = 0; count < 8; count++) await queue()
  await Promise.all([send(), send(), send()])
  expect(arrived).toHaveLength(8)
})

test('a server that has no time is asked again later; what it said is kept without the address', async () => {
  await queue({ template: 'invitation', lang: 'fr', to: MAIL.to, data: INVITATION })
  refusal = { code: 451 }
  expect(await send()).toBe(0)
  expect(await newest()).toMatchObject({ tries: 1, last_error: 'smtp_451', sent_at: null })
  refusal = undefined
  world.clock.advance({ minutes: 1, ms: -1 })
  expect(await send()).toBe(0)
  world.clock.advance({ ms: 1 })
  expect(await send()).toBe(1)
})

test('an address that the server does not know is given up and erased', async () => {
  await queue()
  refusal = { code: 550 }
  expect(await send()).toBe(0)
  expect(await newest()).toMatchObject({ gave_up_at: world.clock.now(), to_address: null, data: null })
})

test('a process that dies while sending leaves the mail to another', async () => {
  await queue({ template: 'invitation', lang: 'fr', to: MAIL.to, data: INVITATION })
  const dying: Postman = { send: () => new Promise(() => undefined) }
  void sendDueMail(world.db, dying, world.clock.now())
  await expect.poll(async () => (await newest()).tries).toBe(1)
  expect(await send()).toBe(0)
  world.clock.advance({ minutes: 5 })
  expect(await send()).toBe(1)
})

test('a mail that is of no use any more is not sent but erased', async () => {
  await queue()
  world.clock.advance({ minutes: 10 })
  expect(await giveUpOldMail(world.db, world.clock.now())).toBe(1)
  expect(await send()).toBe(0)
  expect(await newest()).toMatchObject({ to_address: null, data: null, last_error: 'too_late' })
})

const INVITATION = {
  role: 'ambassador',
  collective: 'Casa <b>',
  inviter: 'Salma',
  link: 'https://twiza.test/fr/invitation/casa/abc',
} as const

test.each(LANGS)('every kind of mail has its words in %s, and what people typed stays text', (lang) => {
  for (const role of ['organiser', 'treasurer', 'reviewer', 'ambassador'] as const) {
    const mail = renderMail('invitation', lang, { ...INVITATION, role })
    expect(mail.text).toContain(`\n${INVITATION.link}\n`)
    expect(mail.html).not.toContain('<b>\u2069')
  }
})
