import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../test/support/twiza-process.ts'
import { derivedKey, loadSecret } from './secret.ts'

test('each purpose has a key of its own, always the same', () => {
  const secret = 's'.repeat(40)
  expect(derivedKey(secret, 'database login')).toEqual(derivedKey(secret, 'database login'))
  expect(derivedKey(secret, 'database login')).not.toEqual(derivedKey(secret, 'order keys'))
  expect(derivedKey(secret, 'order keys')).toHaveLength(32)
})

test('processes that start together agree on one generated secret', async () => {
  const folder = await temporaryFolder()
  const settings = { secret: undefined, dataDir: join(folder.path, 'new') }
  const [first, ...others] = await Promise.all([1, 2, 3].map(() => loadSecret(settings)))
  expect(first).toHaveLength(43)
  expect(new Set([first, ...others, await loadSecret(settings)]).size).toBe(1)
  await folder.remove()
})

test('a secret file that somebody shortened is refused', async () => {
  const folder = await temporaryFolder()
  await writeFile(join(folder.path, 'secret'), 'short\n')
  await expect(loadSecret({ secret: undefined, dataDir: folder.path })).rejects.toThrow('too short')
  await folder.remove()
})
