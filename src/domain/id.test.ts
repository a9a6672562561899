import { expect, test } from 'vitest'
import { canonicalId, isUuid7, newId, newIdAt } from './id.ts'

const ID = '0189dcd5-5311-7d40-8db0-9496a2eef37b'

test('new ids are different, in lower case and in the order they were made', () => {
  const ids = Array.from({ length: 1000 }, newId)
  expect(ids.every((id) => isUuid7(id) && id === canonicalId(id))).toBe(true)
  expect(new Set(ids).size).toBe(1000)
  expect([...ids].sort()).toEqual(ids)
})

test('an id made at a given time carries it', () => {
  const now = new Date('2026-09-20T01:00:00Z')
  const id = newIdAt(now)
  expect(isUuid7(id)).toBe(true)
  expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(now.getTime())
  expect(newIdAt(now)).not.toBe(id)
})

test('the same clock and the same random numbers make the same id', () => {
  const now = new Date('2026-09-20T01:00:00Z')
  expect(newIdAt(now, () => 42)).toBe(newIdAt(now, () => 42))
})

test('either case is an id, whose one spelling is lower case', () => {
  expect([ID, ID.toUpperCase()].every(isUuid7)).toBe(true)
  expect(canonicalId(ID.toUpperCase())).toBe(ID)
})

test.each([
  '0189dcd5-5311-4d40-8db0-9496a2eef37b',
  '0189dcd5-5311-7d40-cdb0-9496a2eef37b',
  '0189dcd553117d408db09496a2eef37b',
  '{0189dcd5-5311-7d40-8db0-9496a2eef37b}',
  'urn:uuid:0189dcd5-5311-7d40-8db0-9496a2eef37b',
  '0189dcd5-5311-7d40-8db0-9496a2eef37b\n',
  ' 0189dcd5-5311-7d40-8db0-9496a2eef37b',
  '0189dcd5-5311-7d40-8db0-9496a2eef37g',
  '00000000-0000-0000-0000-000000000000',
  '',
  7,
  null,
  undefined,
  {},
  [ID],
])('%j is not an id', (value) => {
  expect(isUuid7(value)).toBe(false)
})
