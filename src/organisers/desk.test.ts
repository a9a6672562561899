import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDeskWorld, DESK, type DeskWorld } from '../../test/support/desk-world.ts'
import { newId } from '../domain/id.ts'
import { translator } from '../i18n/translator.ts'

let desk: DeskWorld

beforeAll(async () => {
  desk = await createDeskWorld()
})
afterAll(() => desk.drop())

describe('the desk', () => {
  const id = newId()
  it.each([
    '',
    '/transfers',
    `/transfers/${id}`,
    '/payouts/sandbox/2026-11-10',
    `/refunds/${id}`,
    '/ambassadors/new',
    '/campaigns/new',
    '/campaigns/dar-salma/edit',
    '/campaigns/dar-salma/schedule',
    '/campaigns/dar-salma/closing',
    '/campaigns/dar-salma/delivery',
    '/campaigns/dar-salma/updates',
    '/campaigns/dar-salma/spending',
  ])('has nothing at %j for strangers, signed in or not', async (path) => {
    const forged = `${desk.cookies.organiser.slice(0, -3)}abc`
    for (const as of ['', desk.cookies.stranger, forged]) {
      expect((await desk.get(DESK + path, as)).status).toBe(404)
      expect((await desk.post(DESK + path, { decision: 'allow' }, as)).status).toBe(404)
    }
  })

  it.each([`/words/${id}`, `/ambassadors/${id}`])('takes no decision at %j from strangers', async (path) => {
    expect((await desk.post(DESK + path, { decision: 'hide' }, desk.cookies.stranger)).status).toBe(404)
    expect((await desk.post(DESK + path, { decision: 'hide' })).status).toBe(404)
    expect((await desk.post(DESK + path, { decision: 'what' })).status).toBe(404)
  })

  it.each([
    '/fr/a%00b/desk',
    `${DESK}/campaigns/a%00b/closing`,
    `${DESK}/transfers/1`,
    `${DESK}/payouts/x/y`,
  ])('knows no %s', async (path) => {
    expect((await desk.get(path)).status).toBe(404)
  })

  it('is a page in four languages that no cache keeps and no search engine finds', async () => {
    for (const lang of ['ar', 'fr', 'en', 'es']) {
      const response = await desk.get(`/${lang}/casa/desk`)
      expect(response.status).toBe(200)
      expect(response.headers.get('Cache-Control')).toBe('no-store')
      expect(response.headers.get('X-Robots-Tag')).toBe('noindex')
    }
  })

  it('says what was done, and nothing that the address invents', async () => {
    expect(await desk.page(`${DESK}?done=payout`)).toContain('role="status"')
    expect(await desk.page(`${DESK}?done=constructor`)).not.toContain('role="status"')
  })
})

describe('words of encouragement', () => {
  it('wait until they are let through or hidden', async () => {
    const kind = await desk.payByCard({ word: 'Bon courage à vous !', name: 'Nadia' })
    const rude = await desk.payByCard({ word: 'Un mot à cacher', anonymous: true, name: 'Omar' })
    const before = await desk.page(DESK)
    expect(before).toContain('Bon courage à vous !')
    expect(before).not.toContain('Omar')
    expect((await desk.post(`${DESK}/words/${kind.id}`, { decision: 'allow' })).status).toBe(303)
    expect((await desk.post(`${DESK}/words/${rude.id}`, { decision: 'hide' })).status).toBe(303)
    const after = await desk.page(DESK)
    expect(after).not.toContain('Bon courage à vous !')
    expect(after).not.toContain('Un mot à cacher')
    const rows = await desk.db
      .of(desk.collective.id)
      .selectFrom('order')
      .select(['order.id', 'order.word_allowed_at', 'order.word_hidden_at'])
      .where('order.id', 'in', [kind.id, rude.id])
      .orderBy('order.id')
      .execute()
    expect(rows.map((row) => [row.word_allowed_at !== null, row.word_hidden_at !== null])).toEqual([
      [true, false],
      [false, true],
    ])
  })
})

describe('many words of encouragement', () => {
  it('stand folded after the first ones, each with its buttons', async () => {
    const busy = await createDeskWorld()
    for (let index = 0; index < 12; index++) await busy.payByCard({ word: `Mot ${index}` })
    const text = await busy.page(DESK)
    await busy.drop()
    const [open, folded] = text.split('<details class="desk-rest">')
    const forms = (part = '') => part.split('/words/').length - 1
    expect(text.split('<details class="desk-rest">')).toHaveLength(2)
    expect(forms(open)).toBe(10)
    expect(forms(folded)).toBe(2)
    expect(folded).toContain(translator('fr')('organiser.words.more', { n: 2 }))
  })
})

describe('ambassadors', () => {
  it('are added with a link of their own', async () => {
    const path = `${DESK}/ambassadors/new`
    const refused = await desk.post(path, { name: '', phone: 'abc', slug: 'give', email: 'x@' })
    expect(refused.status).toBe(422)
    const form = await refused.text()
    for (const field of ['name', 'phone', 'slug', 'email']) expect(form).toContain(`#field-${field}"`)
    const fields = { ...(await desk.hiddenFields(path)), name: 'زينب', phone: '06 12 34 56 78' }
    expect((await desk.post(path, fields)).status).toBe(303)
    expect((await desk.post(path, fields)).status).toBe(303)
    const text = await desk.page(DESK)
    expect(text.split('/dar-salma/zynb"')).toHaveLength(2)
    expect((await desk.post(path, { name: 'Amina', slug: 'amina' })).status).toBe(422)
  })

  it('who propose themselves are accepted or declined, once', async () => {
    const [one, other] = [newId(), newId()]
    for (const [index, id] of [one, other].entries()) {
      const row = { id, slug: `new-${index}`, name: `New ${index}`, phone: '+212612345678', email: null }
      const times = { proposed_at: desk.clock.now(), accepted_at: null, ended_at: null }
      await desk.db
        .of(desk.collective.id)
        .insertInto('ambassador', { ...row, invited_by: null, ...times })
        .execute()
    }
    expect(await desk.page(DESK)).toContain('tel:+212612345678')
    const decide = async (id: string, decision: string) =>
      (await desk.post(`${DESK}/ambassadors/${id}`, { decision })).headers.get('Location')
    expect(await decide(one, 'accept')).toBe(`${DESK}?done=ambassador_accepted`)
    expect(await decide(one, 'decline')).toBe(`${DESK}?done=ambassador_accepted`)
    expect(await decide(other, 'decline')).toBe(`${DESK}?done=ambassador_declined`)
    const text = await desk.page(DESK)
    expect(text).toContain('New 0')
    expect(text).not.toContain('New 1')
  })
})
