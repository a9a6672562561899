import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPublicPages, type PublicPages } from '../../test/support/public-pages.tsx'
import { translator } from '../i18n/translator.ts'

let pages: PublicPages

beforeAll(async () => {
  pages = await createPublicPages()
})

afterAll(() => pages.close())

test('a coupon’s page tells its state and no person', async () => {
  const given = await pages.get('/en/casa/dar-salma/coupons/1')
  expect(given.text).toContain('given on')
  expect(given.text).toContain('brick-own')
  expect(given.text).not.toContain('Nadia')
  expect((await pages.get('/en/casa/dar-salma/coupons/4')).text).toContain('is promised')
  expect((await pages.get('/en/casa/dar-salma/coupons/40')).text).toContain('still free')
})

test('a script gets the sentence alone', async () => {
  const answer = await pages.app.request('/fr/casa/dar-salma/coupons/40', {
    headers: { Accept: 'text/plain' },
  })
  expect(answer.headers.get('Content-Type')).toMatch(/^text\/plain/)
  expect(await answer.text()).toBe('Le coupon nº 40 est encore libre.')
})

test('a typed number leads to its coupon, in Arabic digits too; anything else is answered in words', async () => {
  const lookUp = (number: string) =>
    pages.app.request(`/ar/casa/dar-salma/coupons?number=${encodeURIComponent(number)}`)
  expect((await lookUp('٣٧')).headers.get('Location')).toBe('/ar/casa/dar-salma/coupons/37')
  for (const wrong of ['0', '41', 'abc', '', '1.5', '<script>']) {
    const answer = await lookUp(wrong)
    expect(answer.status).toBe(422)
    const text = await answer.text()
    expect(text).toContain(translator('ar')('campaign.coupon_number_invalid', { n: 40 }))
    expect(text).not.toContain('<script>')
  }
  expect((await pages.app.request('/ar/casa/dar-salma/coupons')).status).toBe(200)
})

test('the house is a picture of the size that link previews show', async () => {
  const page = await (await pages.app.request('/fr/casa/dar-salma')).text()
  const address = /property="og:image" content="[^"]*?(\/fr\/[^"]+)"/.exec(page)?.[1] ?? ''
  expect(address).toMatch(/\/house\.png\?v=\d+$/)
  const answer = await pages.app.request(address)
  expect(answer.headers.get('Content-Type')).toBe('image/png')
  const bytes = Buffer.from(await answer.arrayBuffer())
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1200, 630])
  expect(bytes.length).toBeLessThan(60_000)
})

test('the house alone is a drawing', async () => {
  const answer = await pages.app.request('/fr/casa/dar-salma/house.svg')
  expect(answer.headers.get('Content-Type')).toMatch(/^image\/svg\+xml/)
  expect(await answer.text()).toMatch(/^<svg[^>]* xmlns="http:\/\/www.w3.org\/2000\/svg"/)
})
