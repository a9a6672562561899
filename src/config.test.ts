import { expect, test } from 'vitest'
import { readConfig } from './config.ts'
import { SETTINGS } from './settings.ts'

const SECRET = 'x'.repeat(32)

test('without any setting it serves this machine from the embedded database', () => {
  expect(readConfig({})).toMatchObject({
    databaseUrl: undefined,
    dataDir: expect.stringMatching(/\/data$/),
    port: 3000,
    host: '127.0.0.1',
    cardProvider: 'none',
    cardMinutes: 15,
    transferDays: 5,
  })
})

test('an empty setting is one that is not set', () => {
  const empty = Object.fromEntries(SETTINGS.map(({ name }) => [name, ' ']))
  expect(readConfig(empty)).toEqual(readConfig({}))
})

test('what was read cannot be changed', () => {
  expect(Object.isFrozen(readConfig({}))).toBe(true)
})

test('every default that the manual gives as a value is a value the setting takes', () => {
  const plain = SETTINGS.filter(({ byDefault }) => /^[\w.]+$/.test(byDefault))
  expect(readConfig(Object.fromEntries(plain.map(({ name, byDefault }) => [name, byDefault])))).toEqual(
    readConfig({}),
  )
})

test.each([
  ['PORT', '65536', 'must be a whole number from 0 to 65535'],
  ['PORT', 'http', 'must be a whole number'],
  ['PORT', '-1', 'must be a whole number'],
  ['HOST', 'two words', 'must be an address'],
  ['DATABASE_URL', 'mysql://localhost/twiza', 'must look like postgres://'],
  ['DATABASE_READ_URL', 'postgres://one,two/twiza', 'must name one host'],
  ['PUBLIC_URL', 'twiza.example.org', 'must be an address like https://'],
  ['PUBLIC_URL', 'https://twiza.example.org/path', 'without a path'],
  ['PUBLIC_URL', 'https://twiza.example.org/?a=b', 'without a path'],
  ['PUBLIC_URL', 'https://name:word@twiza.example.org', 'without a path'],
  ['PUBLIC_URL', 'ftp://twiza.example.org', 'must be an address'],
  ['TWIZA_CARD_PROVIDER', 'bank', 'must be none or sandbox'],
  ['TWIZA_CARD_MINUTES', '0', 'must be a whole number from 1 to 1440'],
  ['TWIZA_TRANSFER_DAYS', '1.5', 'must be a whole number from 1 to 30'],
])('%s=%s is refused in a sentence with its name', (name, value, words) => {
  expect(() => readConfig({ [name]: value, TWIZA_SECRET: SECRET })).toThrow(`The setting ${name} `)
  expect(() => readConfig({ [name]: value, TWIZA_SECRET: SECRET })).toThrow(words)
})

test('the public address has no slash at its end', () => {
  expect(readConfig({ PUBLIC_URL: 'https://Twiza.example.org:8443/' }).publicUrl).toBe(
    'https://twiza.example.org:8443',
  )
})

test('a standby needs the primary that it follows', () => {
  expect(() => readConfig({ DATABASE_READ_URL: 'postgres://a:b@localhost/twiza' })).toThrow(
    'The setting DATABASE_READ_URL needs DATABASE_URL as well.',
  )
})

test('a name that no setting has is refused with the nearest one', () => {
  expect(() => readConfig({ TWIZA_CARD_MINUTE: '9' })).toThrow('did you mean TWIZA_CARD_MINUTES?')
})

test("one's own database needs a secret, counted in characters", () => {
  const DATABASE_URL = 'postgres://a:b@localhost/twiza'
  expect(() => readConfig({ DATABASE_URL })).toThrow('TWIZA_SECRET is needed')
  expect(() => readConfig({ DATABASE_URL, TWIZA_SECRET: 'x'.repeat(31) })).toThrow('too short')
  expect(readConfig({ DATABASE_URL, TWIZA_SECRET: SECRET }).secret).toBe(SECRET)
})

test('no sentence repeats a secret', () => {
  try {
    readConfig({ TWIZA_SECRET: 'hush', DATABASE_URL: 'x' })
    expect.unreachable()
  } catch (error) {
    expect(String(error)).not.toContain('hush')
  }
})
