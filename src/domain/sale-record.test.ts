import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newIdAt } from './id.ts'
import { CURRENCIES, MAX_MINOR } from './money.ts'
import {
  base64url,
  bytesOfBase64url,
  continuesChain,
  hashOfPayload,
  MAX_PAYLOAD_CHARACTERS,
  readSaleRecord,
  type SaleRecord,
  writeSaleRecord,
} from './sale-record.ts'

const sha256 = async (bytes: Uint8Array) => createHash('sha256').update(bytes).digest()
const id = fc.integer({ min: 0, max: 2 ** 40 }).map((ms) => newIdAt(new Date(ms)))
const previous = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(base64url)
const records: fc.Arbitrary<SaleRecord> = fc
  .record({
    id,
    collective: id,
    campaign: id,
    ambassador: id,
    block: id,
    device: id,
    sequence: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
    previous,
    numbers: fc.uniqueArray(fc.integer({ min: 1, max: 2 ** 31 - 1 }), { minLength: 1, maxLength: 50 }),
    amountMinor: fc.bigInt({ min: 1n, max: MAX_MINOR }),
    currency: fc.constantFrom(...CURRENCIES),
    givenAt: fc.date({ min: new Date(0), max: new Date('2099-12-31'), noInvalidDate: true }),
  })
  .map((record) => ({
    ...record,
    previous: record.sequence === 1 ? '' : record.previous,
    numbers: record.numbers.toSorted((a, b) => a - b),
  }))

const EXAMPLE: SaleRecord = {
  id: '01890a5d-ac96-774b-bcce-b302099a8057',
  collective: '01890a5d-ac96-774b-bcce-b302099a8001',
  campaign: '01890a5d-ac96-774b-bcce-b302099a8002',
  ambassador: '01890a5d-ac96-774b-bcce-b302099a8003',
  block: '01890a5d-ac96-774b-bcce-b302099a8004',
  device: '01890a5d-ac96-774b-bcce-b302099a8005',
  sequence: 1,
  previous: '',
  numbers: [981, 982],
  amountMinor: 50_000n,
  currency: 'MAD',
  givenAt: new Date('2026-11-10T10:00:00.000Z'),
}

test('a record is read as it was written, within the length that the server keeps', () => {
  fc.assert(
    fc.property(records, (record) => {
      const payload = writeSaleRecord(record)
      expect(payload.length).toBeLessThanOrEqual(MAX_PAYLOAD_CHARACTERS)
      expect(readSaleRecord(payload)).toEqual(record)
    }),
  )
})

test('the text and its hash are fixed for ever', async () => {
  const payload = writeSaleRecord(EXAMPLE)
  expect(payload).toMatch(/^\{"v":1,"id":"01890a5d-[^ ]*"givenAt":"2026-11-10T10:00:00.000Z"\}$/)
  expect(await hashOfPayload(payload, sha256)).toBe(createHash('sha256').update(payload).digest('base64url'))
})

test('no other spelling and nothing half is read', () => {
  const payload = writeSaleRecord(EXAMPLE)
  const wrong: string[] = [
    '',
    'null',
    '[]',
    `${payload} `,
    payload.replace('"v":1', '"v":2'),
    payload.replace('"v":1,', '"v":1,"v":1,'),
    payload.replace('981,982', '982,981'),
    payload.replace('981,982', '981,981'),
    payload.replace('981,982', '0,982'),
    payload.replace('981,982', ''),
    payload.replace('"50000"', '50000'),
    payload.replace('"50000"', '"050000"'),
    payload.replace('MAD', 'mad'),
    payload.replace('2026-11-10', '2026-02-30'),
    payload.replace('"sequence":1', '"sequence":2'),
    payload.replace(EXAMPLE.id, EXAMPLE.id.toUpperCase()),
    payload.replace('}', ',"name":"Nadia"}'),
  ]
  for (const text of wrong) expect(readSaleRecord(text), text).toBeUndefined()
})

test('any changed character is another record or none, and never the same hash', async () => {
  await fc.assert(
    fc.asyncProperty(records, fc.nat(), fc.string({ minLength: 1, maxLength: 1 }), async (record, at, by) => {
      const payload = writeSaleRecord(record)
      const place = at % payload.length
      const changed = payload.slice(0, place) + by + payload.slice(place + 1)
      if (changed === payload) return
      const read = readSaleRecord(changed)
      expect(read && writeSaleRecord(read)).toBe(read && changed)
      expect(await hashOfPayload(changed, sha256)).not.toBe(await hashOfPayload(payload, sha256))
    }),
  )
})

test('a chain goes on only with the next record that names the one before', async () => {
  const hash = await hashOfPayload(writeSaleRecord(EXAMPLE), sha256)
  const start = { sequence: 0, hash: '' }
  expect(continuesChain(start, EXAMPLE)).toBe(true)
  expect(continuesChain({ sequence: 1, hash }, { sequence: 2, previous: hash })).toBe(true)
  expect(continuesChain({ sequence: 1, hash }, EXAMPLE)).toBe(false)
  expect(continuesChain({ sequence: 1, hash }, { sequence: 3, previous: hash })).toBe(false)
  expect(continuesChain({ sequence: 1, hash }, { sequence: 2, previous: '' })).toBe(false)
})

test('bytes survive their text', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect([...(bytesOfBase64url(base64url(bytes)) ?? [])]).toEqual([...bytes])
    }),
  )
  for (const wrong of ['a', 'a=', 'a+b/', '###']) expect(bytesOfBase64url(wrong)).toBeUndefined()
})
