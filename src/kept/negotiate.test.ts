import { expect, test } from 'vitest'
import { matches, preferredEncoding } from './negotiate.ts'

test.each([
  [undefined, 'identity'],
  ['', 'identity'],
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip, deflate', 'gzip'],
  ['br;q=0.5, gzip', 'gzip'],
  ['br;q=0, gzip;q=0.1', 'gzip'],
  ['BR', 'br'],
  ['x-gzip', 'gzip'],
  ['*', 'br'],
  ['*;q=0', 'identity'],
  ['gzip;q=0, *', 'br'],
  ['br;q=0, gzip;q=0', 'identity'],
  ['identity', 'identity'],
  ['identity;q=1, br;q=0.5', 'identity'],
  ['deflate', 'identity'],
  ['br;q=2, gzip;q=x', 'identity'],
])('who accepts %j gets %s', (header, encoding) => {
  expect(preferredEncoding(header)).toBe(encoding)
  // What was read once is remembered.
  expect(preferredEncoding(header)).toBe(encoding)
})

test.each([
  [undefined, false],
  ['"abc-br"', true],
  ['W/"abc-br"', true],
  ['"other", W/"abc-br"', true],
  ['*', true],
  ['"abc"', false],
  ['abc-br', false],
  ['', false],
])('If-None-Match %j names the tag: %s', (header, is) => {
  expect(matches(header, '"abc-br"')).toBe(is)
})
