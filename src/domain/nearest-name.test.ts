import { expect, test } from 'vitest'
import { nearestName } from './nearest-name.ts'

test.each([
  ['strat', 'start'],
  ['migrat', 'migrate'],
  ['', 'demo'],
])('%s is nearest to %s', (name, nearest) => {
  expect(nearestName(name, ['migrate', 'start', 'demo'])).toBe(nearest)
})
