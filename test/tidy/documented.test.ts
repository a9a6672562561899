import { expect, test } from 'vitest'
import { SETTINGS } from '../../src/settings.ts'
import { createTestApp } from '../support/app.ts'
import { createWorld } from '../support/world.ts'
import { read, sources } from './sources.ts'

const operating = read('docs/OPERATING.md')

test.each(SETTINGS.map(({ name }) => name))('the setting %s is in the manual', (name) => {
  expect(operating).toContain(`| \`${name}\` |`)
})

test('every command is in the manual', () => {
  const listed = read('src/cli/twiza.ts').match(/COMMANDS[^=]*= \{([\s\S]*?)\n\}/)?.[1] ?? ''
  const names = [...listed.matchAll(/^ {2}'?([a-z-]+)'?:/gm)].map(([, name = '']) => name)
  expect(names).toContain('start')
  for (const name of names) expect(operating).toContain(`| \`${name}\` |`)
})

test('every address is in the list of addresses', async () => {
  const world = await createWorld()
  const { app, close } = createTestApp(world)
  await close()
  await world.drop()
  const listed = read('docs/ADDRESSES.md').replaceAll('`.../desk', '`/:lang/:collective/desk')
  const plain = (path: string) => path.replace(/\{[^}]*\}/g, '')
  const paths = app.routes.filter(({ method }) => method !== 'ALL').map(({ path }) => plain(path))
  expect(paths.length).toBeGreaterThan(50)
  expect(paths.filter((path) => !listed.includes(`\`${path}\``))).toEqual([])
})

test('every decision page is numbered and the readme names the two commands', () => {
  const decisions = sources(['docs/decisions'], ['.md']).map(({ path }) => path.split('/').at(-1) ?? '')
  decisions.forEach((name, index) => {
    expect(name.startsWith(String(index + 1).padStart(4, '0'))).toBe(true)
  })
  expect(read('README.md')).toContain('npm run demo')
  expect(read('README.md')).toContain('npm test')
})

test('no file names a place of somebody’s machine', () => {
  const own = sources(['src', 'docs', 'scripts', 'seeds', 'test', '.ci'], [''])
  const place = new RegExp(['/ro', 'ot/|/wo', 'rk/|/ho', 'me/[a-z]'].join(''))
  expect(own.filter(({ text }) => place.test(text)).map(({ path }) => path)).toEqual([])
})
