import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPublicPages, type PublicPages } from '../../test/support/public-pages.tsx'
import { acceptBlock, allotBlock } from '../custody/blocks.ts'
import { couponCode } from '../custody/coupon-code.ts'
import { recordSale } from '../custody/record-sale.ts'
import { newId } from '../domain/id.ts'

const KEY = Buffer.alloc(32, 3)

let pages: PublicPages
let campaignId: string

beforeAll(async () => {
  pages = await createPublicPages()
  const { world } = pages
  campaignId = (await world.campaign()).id
  const tenant = world.db.of(world.collective.id)
  const act = { now: world.clock.now(), actor: 'user:test' }
  const { id: ambassadorId } = world.ambassadors.amina
  const wish = { id: newId(), campaignId, ambassadorId, kind: 'booklet' as const, size: 10 }
  // The highest numbers: 31 to 40.
  expect(await allotBlock(tenant, wish, act)).toMatchObject({ ok: true })
  await acceptBlock(tenant, { blockId: wish.id, ambassadorId }, act)
  const contributor = {
    name: null,
    anonymous: true,
    email: null,
    phone: null,
    lang: 'fr' as const,
    word: null,
  }
  const sale = { id: newId(), campaignId, ambassadorId, blockId: wish.id, numbers: [31, 32], quantity: 2 }
  const given = { ...sale, amountMinor: 50_000n, givenAt: act.now, contributor }
  expect(await recordSale(tenant, given, act)).toMatchObject({ ok: true, status: 'stored' })
})

afterAll(() => pages.close())

const path = (number: number) => `/fr/casa/dar-salma/coupons/${number}`
const withCode = (number: number, code: string) => pages.app.request(`${path(number)}?code=${code}`)
const send = (number: number, fields: Record<string, string>) =>
  pages.app.request(path(number), { method: 'POST', body: new URLSearchParams(fields) })

test('a coupon in a booklet is in the care of an ambassador, and one given by cash tells to whom and when', async () => {
  expect((await pages.get(path(40))).text).toContain('est confié à une ambassadrice ou un ambassadeur')
  expect((await pages.get(path(31))).text).toMatch(/offert en espèces à \S*Amina\S* le \S*10 novembre/)
  expect((await pages.get(path(31))).text).not.toContain('name="code"')
})

test('once its cash is banked, the day of the bank is told too', async () => {
  const { ownerSql } = pages.world
  await ownerSql`update coupon set banked_on = '2026-11-12' where number = 32 and campaign_id = ${campaignId}`
  expect((await pages.get(path(32))).text).toMatch(/le \S*10 novembre\S*, et mis en banque le \S*12 novembre/)
})

test('the code opens the form, for nobody to keep; another code opens nothing', async () => {
  const right = await withCode(31, couponCode(KEY, campaignId, 31).toLowerCase())
  expect([right.status, right.headers.get('Cache-Control')]).toEqual([200, 'no-store'])
  expect(await right.text()).toContain('name="contact"')
  const wrong = await withCode(31, couponCode(KEY, campaignId, 32))
  expect([wrong.status, wrong.headers.get('Cache-Control')]).toEqual([422, 'no-store'])
  expect(await wrong.text()).not.toContain('name="contact"')
  const paid = await withCode(1, couponCode(KEY, campaignId, 1))
  expect(await paid.text()).not.toContain('name="contact"')
})

test('what the holder adds fills the empty fields once, and is never shown', async () => {
  const code = couponCode(KEY, campaignId, 31)
  const refused = await send(31, { code, name: 'Hajar', contact: 'nowhere', word: '' })
  const text = await refused.text()
  expect(refused.status).toBe(422)
  expect(text).toContain('nowhere')
  expect(text).toContain('Hajar')
  expect((await send(31, { code: 'AAAAAAAA', name: 'Voleur' })).status).toBe(422)
  const kept = await send(31, { code, name: 'Hajar', contact: '06 12 34 56 78', word: '' })
  expect([kept.status, await kept.text()]).toEqual([200, expect.stringContaining('C’est enregistré')])
  const again = await (await withCode(31, code)).text()
  expect(again).not.toContain('Hajar')
  expect(again).not.toContain('name="contact"')
  expect(again).toContain('name="word"')
  await send(31, { code, name: 'Autre', contact: 'x@example.org', word: 'Courage !' })
  const rows = await pages.world
    .appSql`select name, anonymous, phone, email, word, word_allowed_at from "order" where method = 'cash'`
  expect(rows).toEqual([
    {
      name: 'Hajar',
      anonymous: false,
      phone: '+212612345678',
      email: null,
      word: 'Courage !',
      word_allowed_at: null,
    },
  ])
  expect(await (await withCode(32, couponCode(KEY, campaignId, 32))).text()).toContain('Tout est déjà écrit')
})

test('codes are not guessed: after a few tries even the right one has to wait', async () => {
  const answers = []
  for (let tries = 0; tries < 12; tries++) answers.push((await withCode(31, 'AAAAAAAA')).status)
  expect(answers.at(-1)).toBe(429)
  expect((await withCode(31, couponCode(KEY, campaignId, 31))).status).toBe(429)
})
