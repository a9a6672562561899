import { expect, test } from 'vitest'
import { isUuid7, newIdAt } from '../domain/id.ts'
import { freshId } from './fresh-id.ts'

const NOW = new Date('2026-11-10T10:00:00Z')

test('a fresh id is one that the server takes, whatever the random bytes', () => {
  for (let byte = 0; byte < 256; byte += 1) {
    expect(isUuid7(freshId(NOW.getTime(), new Uint8Array(10).fill(byte)))).toBe(true)
  }
})

test('it carries its time as those of the server do', () => {
  const time = (id: string) => id.replaceAll('-', '').slice(0, 12)
  expect(time(freshId(NOW.getTime(), new Uint8Array(10)))).toBe(time(newIdAt(NOW)))
})

test('every random byte but six bits is in it', () => {
  const plain = freshId(NOW.getTime(), new Uint8Array(10))
  for (let place = 0; place < 10; place += 1) {
    expect(freshId(NOW.getTime(), new Uint8Array(10).fill(1, place, place + 1))).not.toBe(plain)
  }
})
