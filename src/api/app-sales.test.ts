import { createHash, type KeyObject, sign } from 'node:crypto'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { newKey } from '../../test/faults/phones/phone.ts'
import { addVillagers, openVillage, type Village, type Villager } from '../../test/faults/phones/village.ts'
import { answered, refused } from '../../test/support/api-schemas.ts'
import { violations } from '../../test/support/giving.ts'
import { createWorld, type World } from '../../test/support/world.ts'
import type { Phone } from '../browser/app/outbox.ts'
import { newId } from '../domain/id.ts'
import { type SaleRecord, writeSaleRecord } from '../domain/sale-record.ts'
import type { AppState } from './app-schemas.ts'

let world: World
let village: Village
let amina: Villager
let youssef: Villager
let phone: Phone
let key: KeyObject

const close = async () => {
  await village?.close()
  await world?.drop()
}

beforeEach(async () => {
  await close()
  world = await createWorld({ goal: 60 })
  village = openVillage(world)
  ;[amina, youssef] = (await addVillagers(world, 2)) as [Villager, Villager]
  const enrolled = await village.enrol(amina, 20)
  if (!enrolled) throw new Error('the numbers were free')
  ;({ phone, key } = enrolled)
})
afterAll(close)

const hash = (text: string) => createHash('sha256').update(text).digest('base64url')
const signed = (payload: string, by = key) =>
  sign('sha256', Buffer.from(payload), { key: by, dsaEncoding: 'ieee-p1363' }).toString('base64url')

/** The records of a phone, one after the other, each with one number unless said otherwise. */
function records(count: number, change: Partial<SaleRecord> = {}) {
  let previous = ''
  const block = phone.blocks[0]!
  return Array.from({ length: count }, (_, at) => {
    const id = newId()
    const payload = writeSaleRecord({
      id,
      collective: phone.collective,
      campaign: block.campaign,
      ambassador: phone.ambassador,
      block: block.id,
      device: phone.device,
      sequence: at + 1,
      previous,
      numbers: [block.left[at % block.left.length]!],
      amountMinor: BigInt(block.priceMinor),
      currency: block.currency,
      givenAt: world.clock.now(),
      ...change,
    })
    previous = hash(payload)
    const contributor = { name: 'Nadia', anonymous: false, email: '', phone: '', lang: 'ar', word: '' }
    return { id, payload, signature: signed(payload), contributor: contributor as unknown }
  })
}

const send = (sales: readonly object[], more: object = {}) =>
  village.post('/api/v1/app/sales', {
    collectiveId: phone.collective,
    deviceId: phone.device,
    sales,
    ...more,
  })

async function answersOf(sales: readonly object[]): Promise<string[]> {
  const { answers } = await answered<{ answers: { answer: string }[] }>(await send(sales), 'SalesAnswer')
  return answers.map(({ answer }) => answer)
}

test('what a phone gave is stored without a session, and once', async () => {
  const sales = records(3)
  expect(await answersOf(sales)).toEqual(['stored', 'stored', 'stored'])
  expect(await answersOf(sales)).toEqual(['already_stored', 'already_stored', 'already_stored'])
  expect((await world.campaign()).counts).toMatchObject({ sold: 3, inHand: 3, allotted: 17 })
  expect(await violations(world)).toEqual([])
})

test('each record has an answer of its own, and nothing of what is not signed is kept', async () => {
  const [first, second] = records(2) as [ReturnType<typeof records>[0], ReturnType<typeof records>[0]]
  const forged = { ...first, id: newId(), signature: signed(first.payload, newKey().key) }
  const other = { ...first, signature: second.signature }
  expect(await answersOf([forged, other, { ...first, payload: '{}' }])).toEqual([
    'record_unreadable',
    'signature_wrong',
    'record_unreadable',
  ])
  expect(await answersOf(records(1, { ambassador: youssef.id }))).toEqual(['record_unreadable'])
  expect(await answersOf(records(1, { amountMinor: 1n }))).toEqual(['record_refused'])
  expect((await world.campaign()).counts.sold).toBe(0)
  expect(await answersOf([first, second])).toEqual(['stored', 'stored'])
})

test('a contributor who cannot be read never costs a sale', async () => {
  const sales = records(3)
  sales[0]!.contributor = { name: 42 }
  sales[1]!.contributor = undefined
  sales[2]!.contributor = {
    name: 'x'.repeat(500),
    anonymous: false,
    email: 'no',
    phone: 'no',
    lang: 'fr',
    word: '',
  }
  expect(await answersOf(sales)).toEqual(['stored', 'stored', 'stored'])
})

test('a number that is not of the block is kept as a conflict, and the chain goes on', async () => {
  const wrong = records(1, { numbers: [1] })
  expect(await answersOf(wrong)).toEqual(['number_not_in_block'])
  expect(await answersOf(wrong)).toEqual(['number_not_in_block'])
  const next = records(1, { sequence: 2, previous: hash(wrong[0]!.payload) })
  expect(await answersOf(next)).toEqual(['stored'])
  expect(await violations(world)).toEqual([])
})

test('what is wrong with the request is said as a problem', async () => {
  const sales = records(1)
  await refused(await send(sales, { deviceId: newId() }), 404, 'device_unknown')
  await refused(await send(sales, { collectiveId: newId() }), 404, 'device_unknown')
  await refused(await send([]), 422, 'invalid')
  await refused(await send(Array.from({ length: 51 }, () => sales[0]!)), 422, 'invalid')
  await refused(await send(sales, { more: 1 }), 422, 'invalid')
  await refused(await village.post('/api/v1/app/sales', '{'), 400, 'json_unreadable')
  await refused(await village.post('/api/v1/app/sales', 'x'.repeat(200_000)), 413, 'body_too_large')
  expect(await answersOf(Array.from({ length: 50 }, () => sales[0]!))).toHaveLength(50)
})

test('the state is the own one; nobody else’s place exists', async () => {
  const read = (cookie?: string) =>
    village.app.request('/api/v1/app/state?collective=casa', { headers: cookie ? { Cookie: cookie } : {} })
  const state = await answered<AppState>(await read(amina.person), 'AppState')
  expect(state.blocks).toHaveLength(1)
  expect(state.blocks[0]?.left).toEqual(phone.blocks[0]?.left)
  expect(state.devices).toMatchObject([{ id: phone.device, isRevoked: false }])
  expect((await answered<AppState>(await read(youssef.person), 'AppState')).blocks).toEqual([])
  await refused(await read(newId()), 404, 'not_found')
  await refused(await read(), 401, 'sign_in_needed')
})

test('a phone is known once, by its own key', async () => {
  const body = { collectiveId: phone.collective, id: newId(), name: 'Amina', publicKey: newKey().publicKey }
  const post = (who: Villager, more: object = {}) =>
    village.as(who, '/api/v1/app/devices', { ...body, ...more })
  await answered(await post(amina), 'Device', 201)
  await answered(await post(amina), 'Device', 200)
  await refused(await post(youssef), 409, 'exists_with_different_content')
  await refused(await post(amina, { publicKey: newKey().publicKey }), 409, 'exists_with_different_content')
  await refused(await post(amina, { id: newId(), publicKey: 'abcd' }), 422, 'invalid')
})

test('a block is for the own phone, one at a time', async () => {
  const { campaign } = phone.blocks[0]!
  const body = {
    collectiveId: phone.collective,
    campaignId: campaign,
    id: newId(),
    deviceId: phone.device,
    size: 5,
  }
  await refused(await village.as(youssef, '/api/v1/app/blocks', body), 404, 'device_unknown')
  await refused(await village.as(amina, '/api/v1/app/blocks', body), 409, 'block_open')
  await refused(await village.as(amina, '/api/v1/app/blocks', { ...body, size: 21 }), 422, 'invalid')
})

test('a phone that was ended is heard, and changes nothing', async () => {
  const path = `/api/v1/app/devices/${phone.device}/revocation`
  await refused(await village.as(youssef, path, { collectiveId: phone.collective }), 404, 'device_unknown')
  await answered(await village.as(amina, path, { collectiveId: phone.collective }), 'Device')
  await answered(await village.as(amina, path, { collectiveId: phone.collective }), 'Device')
  expect(await answersOf(records(2))).toEqual(['device_revoked', 'device_revoked'])
  expect((await world.campaign()).counts).toMatchObject({ sold: 0, allotted: 20 })
  expect(await violations(world)).toEqual([])
})
