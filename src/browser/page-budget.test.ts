import { readFile } from 'node:fs/promises'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { ensureBuilt } from '../../test/support/shared.ts'

const SCRIPT_LIMIT_BYTES = 5 * 1024
const DIST = new URL('../../dist/', import.meta.url)

test('all scripts of a public page together are under 5 KB compressed', async () => {
  await ensureBuilt()
  const manifest = JSON.parse(await readFile(new URL('assets/manifest.json', DIST), 'utf8'))
  const script = await readFile(new URL(`.${manifest['page.js']}`, DIST))
  expect(gzipSync(script).length).toBeLessThan(SCRIPT_LIMIT_BYTES)
  expect(brotliCompressSync(script).length).toBeLessThan(SCRIPT_LIMIT_BYTES)
})
