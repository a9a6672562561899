import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Contributor, createContributor } from '../../test/support/contributor.ts'
import { orderNow, placed, settle, violations } from '../../test/support/giving.ts'
import { createWorld, type World } from '../../test/support/world.ts'
import { newId } from '../domain/id.ts'

let world: World
let nadia: Contributor

beforeAll(async () => {
  world = await createWorld({ goal: 300 })
  nadia = createContributor(world)
})
afterAll(() => world.drop())

const orders = async () => Number((await world.appSql`select count(*) from "order"`)[0]?.count)

describe('the form', () => {
  test('is shown in four languages, with nothing chosen, nothing ticked and an id of its own', async () => {
    for (const lang of ['ar', 'fr', 'en', 'es']) {
      const first = await nadia.get(`/${lang}/casa/dar-salma/give`)
      const second = await nadia.get(`/${lang}/casa/dar-salma/give`)
      expect(first.status).toBe(200)
      expect(first.headers.get('Cache-Control')).toBe('no-store')
      const [one, other] = [await first.text(), await second.text()]
      expect(one).not.toMatch(/<input[^>]* checked/)
      expect(one).toContain('2026/174')
      expect(idIn(one)).not.toBe(idIn(other))
    }
  })

  test('says who invites, and keeps the ambassador in the form', async () => {
    const page = await (await nadia.get('/fr/casa/dar-salma/give?ambassador=amina')).text()
    expect(page).toContain('Amina')
    expect(page).toMatch(/name="ambassador" value="amina"/)
    const unknown = await nadia.get('/fr/casa/dar-salma/give?ambassador=nobody')
    expect(await unknown.text()).toMatch(/name="ambassador" value\//)
  })

  test('without cards asks nothing about the way to pay, and says which one it is', async () => {
    const noCard = createContributor(world, { card: undefined })
    const page = await (await noCard.get('/fr/casa/dar-salma/give')).text()
    expect(page).toContain('<input type="hidden" name="method" value="transfer"')
    expect(page).not.toContain('type="radio"')
  })

  test('is a page that nobody knows, for an unknown or a draft campaign, language or collective', async () => {
    await world.addCampaign({ slug: 'draft-one', draft: true })
    for (const path of [
      '/fr/casa/nowhere/give',
      '/fr/casa/draft-one/give',
      '/xx/casa/dar-salma/give',
      '/fr/nobody/dar-salma/give',
      '/fr/ca%00sa/dar-salma/give',
      '/fr/casa/%F0%9F%8F%A0/give',
    ]) {
      expect([path, (await nadia.get(path)).status]).toEqual([path, 404])
      expect([path, (await nadia.post(path, nadia.form())).status]).toEqual([path, 404])
    }
  })
})

describe('another language', () => {
  const wish = { quantity: '7', method: 'card', name: 'Nadia B', contact: 'amina@', word: 'Courage !' }

  test('keeps what was typed, its id and its ambassador, and takes no order', async () => {
    const before = await orders()
    const id = newId()
    const form = nadia.form({ ...wish, id, ambassador: 'amina', hide_name: 'yes', show_in: 'es' })
    const answer = await nadia.post('/es/casa/dar-salma/give?ambassador=amina', form)
    expect(answer.status).toBe(200)
    const page = await answer.text()
    expect(page).toContain('<html lang="es"')
    expect(idIn(page)).toBe(id)
    for (const value of ['7', 'Nadia B', 'amina@', 'amina']) expect(page).toContain(`value="${value}"`)
    expect(page).toContain('Courage !</textarea>')
    expect(page.match(/<input[^>]* checked/g)).toHaveLength(3)
    expect(page).not.toContain('role="alert"')
    expect(await orders()).toBe(before)
  })

  test('is a button of the form, on a refused one too', async () => {
    const shown = await nadia.get('/fr/casa/dar-salma/give')
    const refused = await nadia.give({ ...wish, id: newId() })
    expect(refused.status).toBe(422)
    for (const page of [await shown.text(), await refused.text()]) {
      expect(page).toMatch(/<button[^>]*formaction="\/ar\/casa\/dar-salma\/give"[^>]*value="ar"/i)
    }
  })

  test('of a campaign that is over says so, and a language that is none changes nothing', async () => {
    await world.addCampaign({ slug: 'long-over', startsInDays: -60 })
    const over = await nadia.give({ show_in: 'fr' }, 'long-over')
    expect(over.status).toBe(200)
    expect(await over.text()).toContain('Cette campagne est terminée')
    expect((await nadia.give({ show_in: 'xx' })).status).toBe(303)
  })
})

describe('giving', () => {
  test('by transfer leads to the order’s page, by card to the page to pay on', async () => {
    const transfer = await nadia.give()
    expect(transfer.status).toBe(303)
    expect(transfer.headers.get('Location')).toMatch(/^\/orders\/[0-9a-f-]{36}\?key=\w+\.[\w-]{22}&lang=fr$/)
    const card = await nadia.give({ method: 'card' })
    expect(card.status).toBe(303)
    expect(card.headers.get('Location')).toMatch(/^\/sandbox\//)
  })

  test('takes Arabic and Persian digits, a phone or an email in one field, and no name as anonymous', async () => {
    const wishes = [
      { quantity: ' ٣ ', contact: '٠٦ ١٢ ٣٤ ٥٦ ٧٨', name: '' },
      { quantity: '۳', contact: 'Amina@Example.org', hide_name: 'yes' },
    ]
    for (const wish of wishes) {
      const id = newId()
      expect((await nadia.give({ id, ...wish })).status).toBe(303)
      const order = await orderNow(world, { id })
      expect(order.quantity).toBe(3)
      expect(order.anonymous).toBe(true)
    }
    const [row] = await world.appSql`select phone, email from "order" where phone is not null`
    expect(row).toEqual({ phone: '+212612345678', email: null })
  })

  test('goes through the ambassador of the form', async () => {
    const id = newId()
    await nadia.give({ id, ambassador: 'amina' })
    expect((await orderNow(world, { id })).ambassadorId).toBe(world.ambassadors.amina.id)
  })

  test('reads a form that comes in parts, and one text for each name only', async () => {
    const parts = new FormData()
    for (const [name, value] of nadia.form()) parts.set(name, value)
    const path = '/fr/casa/dar-salma/give'
    expect((await nadia.app.request(path, { method: 'POST', body: parts })).status).toBe(303)
    parts.set('id', newId())
    parts.set('name', new File(['x'], 'x.txt'))
    expect((await nadia.app.request(path, { method: 'POST', body: parts })).status).toBe(422)
    const repeated = nadia.form()
    repeated.append('quantity', '50')
    expect((await nadia.post(path, repeated)).status).toBe(422)
  })
})

describe('the same form again', () => {
  test('a double click is one order, and both clicks arrive at it', async () => {
    const form = nadia.form()
    const before = await orders()
    const answers = await Promise.all([1, 2, 3].map(() => nadia.post('/fr/casa/dar-salma/give', form)))
    expect(new Set(answers.map((answer) => answer.headers.get('Location'))).size).toBe(1)
    expect(answers.map((answer) => answer.status)).toEqual([303, 303, 303])
    expect(await orders()).toBe(before + 1)
  })

  test.each([
    ['quantity', { quantity: '3' }],
    ['method', { method: 'card' }],
    ['ambassador', { ambassador: 'amina' }],
    ['contributor', { name: 'Samira' }],
  ])('with another %s is refused by name and tells nothing of the order', async (_, change) => {
    const id = newId()
    await nadia.give({ id })
    const { key, numbers } = await orderNow(world, { id })
    const answer = await nadia.give({ id, ...change })
    expect(answer.status).toBe(409)
    const page = await answer.text()
    expect(page).toContain('Commencer un nouveau formulaire')
    expect(page).not.toContain(key)
    expect(page).not.toContain(id)
    expect(page).not.toContain(`<bdi>${numbers[0]}</bdi>`)
  })

  test('for another campaign is refused by name', async () => {
    await world.addCampaign({ slug: 'second' })
    const id = newId()
    await nadia.give({ id })
    expect((await nadia.give({ id }, 'second')).status).toBe(409)
  })

  test('after the campaign has closed still leads to the order', async () => {
    await world.addCampaign({ slug: 'closing', startsInDays: -20 })
    const form = nadia.form()
    const first = await nadia.post('/fr/casa/closing/give', form)
    const start = world.clock.now()
    world.clock.advance({ days: 3 })
    const again = await nadia.post('/fr/casa/closing/give', form)
    const anew = await nadia.give({}, 'closing')
    world.clock.set(start)
    expect(again.headers.get('Location')).toBe(first.headers.get('Location'))
    expect(anew.status).toBe(409)
    expect(await anew.text()).toContain('Cette campagne est terminée')
  })
})

describe('when it cannot be given', () => {
  test('not yet open says from which day, over says so', async () => {
    await world.addCampaign({ slug: 'soon', startsInDays: 12 })
    await world.addCampaign({ slug: 'over', startsInDays: -60 })
    const soon = await nadia.get('/fr/casa/soon/give')
    expect(await soon.text()).toContain('22 novembre')
    expect((await nadia.give({}, 'soon')).status).toBe(409)
    expect(await (await nadia.get('/fr/casa/over/give')).text()).toContain('Cette campagne est terminée')
    expect((await nadia.give({}, 'over')).status).toBe(409)
  })

  test('too few left shows how many, and keeps what was typed and the id', async () => {
    await world.addCampaign({ slug: 'small', goal: 3 })
    const id = newId()
    const answer = await nadia.give({ id, quantity: '5', word: 'Courage !' }, 'small')
    expect(answer.status).toBe(409)
    const page = await answer.text()
    expect(page).toContain('Il ne reste que 3 coupons.')
    expect(page).toContain('value="5"')
    expect(page).toContain('Courage !')
    expect(idIn(page)).toBe(id)
    expect((await nadia.give({ id, quantity: '3' }, 'small')).status).toBe(303)
  })

  test('nothing left offers the wish to be told of the next dream', async () => {
    await world.addCampaign({ slug: 'full', goal: 2 })
    await settle(world, await placed(world, { quantity: 2 }, 'full'))
    for (const answer of [await nadia.give({}, 'full'), await nadia.get('/fr/casa/full/give')]) {
      const page = await answer.text()
      expect(page).toContain('Tous les coupons sont offerts ou réservés')
      expect(page).toContain('action="/fr/casa/full/wish"')
    }
    expect((await nadia.give({}, 'full')).status).toBe(409)
  })

  test('a card where cards are not taken brings the form back', async () => {
    const noCard = createContributor(world, { card: undefined })
    const answer = await noCard.give({ method: 'card', name: 'Driss' })
    expect(answer.status).toBe(409)
    const page = await answer.text()
    expect(page).toContain('Ce moyen de paiement n’est pas disponible')
    expect(page).toContain('value="Driss"')
  })

  test('an unknown ambassador is said once and then left out', async () => {
    const id = newId()
    const answer = await nadia.give({ id, ambassador: 'nobody' })
    expect(answer.status).toBe(422)
    const page = await answer.text()
    expect(page).toContain('Ce lien d’ambassadrice ou d’ambassadeur est inconnu')
    expect(page).toMatch(/name="ambassador" value\//)
    expect((await nadia.give({ id, ambassador: '' })).status).toBe(303)
  })
})

test('after all this every number adds up', async () => {
  expect(await violations(world)).toEqual([])
})

function idIn(page: string): string | undefined {
  return /name="id" value="([^"]*)"/.exec(page)?.[1]
}
