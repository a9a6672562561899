import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Contributor, createContributor } from '../../test/support/contributor.ts'
import { createWorld, type World } from '../../test/support/world.ts'
import { newId } from '../domain/id.ts'
import { translator } from '../i18n/translator.ts'

let world: World
let nadia: Contributor

beforeAll(async () => {
  world = await createWorld({ goal: 300 })
  nadia = createContributor(world)
})
afterAll(() => world.drop())

const orders = async () => Number((await world.appSql`select count(*) from "order"`)[0]?.count)
const wishes = async () => Number((await world.appSql`select count(*) from wish`)[0]?.count)

describe('the form of a page that is the same for everybody', () => {
  test('without a script: nothing is taken before it is confirmed, and everything typed is there', async () => {
    const before = await orders()
    const sent = {
      id: '',
      again: '',
      quantity: '3',
      name: 'Leïla <3',
      word: 'Bon courage',
      ambassador: 'amina',
    }
    const asked = await nadia.give(sent)
    expect(asked.status).toBe(200)
    expect(asked.headers.get('Cache-Control')).toBe('no-store')
    const page = await asked.text()
    expect(page).toContain(translator('fr')('give.notice_confirm'))
    expect(page).toContain('value="Leïla &lt;3"')
    expect(page).toContain('Bon courage')
    expect(page).toMatch(/name="ambassador" value="amina"/)
    expect(await orders()).toBe(before)
    const confirmed = await nadia.give({ ...sent, id: idIn(page) })
    expect(confirmed.status).toBe(303)
    expect(await orders()).toBe(before + 1)
  })

  test('without a script: what is wrong is said at once, under an id of its own', async () => {
    const refused = await nadia.give({ id: '', quantity: '0' })
    expect(refused.status).toBe(422)
    const page = await refused.text()
    expect(page).toContain(translator('fr')('give.error_quantity_invalid'))
    expect((await nadia.give({ id: idIn(page) })).status).toBe(303)
  })

  test('sent twice is once; come back to after it was sent, a person is asked whether one more is meant', async () => {
    const id = newId()
    const first = await nadia.give({ id, again: '' })
    const before = await orders()
    const twice = await nadia.give({ id, again: '' })
    expect(twice.headers.get('Location')).toBe(first.headers.get('Location'))
    for (const quantity of ['2', '5']) {
      const asked = await nadia.give({ id, again: '1', quantity })
      expect(asked.status).toBe(200)
      const page = await asked.text()
      expect(page).toContain(translator('fr')('give.notice_again'))
      expect(page).toContain(`value="${quantity}"`)
      expect(await orders()).toBe(before)
      expect(idIn(page)).not.toBe(id)
    }
  })

  test('come back to after a sending that never arrived, it is taken', async () => {
    const before = await orders()
    expect((await nadia.give({ id: newId(), again: '1' })).status).toBe(303)
    expect(await orders()).toBe(before + 1)
  })
})

describe('the wish of a page that is the same for everybody', () => {
  const path = '/fr/casa/dar-salma/wish'
  const wish = { contact: 'amina@example.org', consent: 'yes' }

  test('without a script: it is confirmed first, or refused at once', async () => {
    const asked = await nadia.post(path, { ...wish, id: '' })
    expect(asked.status).toBe(200)
    const page = await asked.text()
    expect(page).toContain(translator('fr')('give.notice_confirm'))
    expect(page).toContain('value="amina@example.org"')
    expect(await wishes()).toBe(0)
    expect((await nadia.post(path, { ...wish, id: idIn(page) })).status).toBe(303)
    expect(await wishes()).toBe(1)
    expect((await nadia.post(path, { id: '', contact: 'amina@' })).status).toBe(422)
  })

  test('come back to after it was kept, a person is asked whether one more is meant', async () => {
    const id = newId()
    expect((await nadia.post(path, { ...wish, id })).status).toBe(303)
    const asked = await nadia.post(path, { ...wish, contact: '0612345678', id, again: '1' })
    expect(asked.status).toBe(200)
    const page = await asked.text()
    expect(page).toContain(translator('fr')('give.notice_again'))
    expect(page).toContain('value="0612345678"')
    const before = await wishes()
    expect((await nadia.post(path, { ...wish, id: idIn(page) })).status).toBe(303)
    expect(await wishes()).toBe(before + 1)
  })
})

function idIn(page: string): string {
  return /name="id" value="([^"]*)"/.exec(page)?.[1] ?? ''
}
