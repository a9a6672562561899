// Takes pictures of every page, Arabic and French, phone and desk, light and dark, to be looked at.
//   node scripts/pictures.mjs [FOLDER] [--only WORDS OF A NAME]
//   node scripts/pictures.mjs docs/pictures --campaign    campaign.png, for the read-me
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { startVitest } from 'vitest/node'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string', default: '' }, campaign: { type: 'boolean', default: false } },
})
const folder = resolve(positionals[0] ?? mkdtempSync(join(tmpdir(), 'twiza-pictures-')))

// The tests' own stage: the same world, application and browser.
const vitest = await startVitest('test', [], {
  root,
  watch: false,
  include: ['test/browser/pictures.ts'],
  provide: { pictures: { folder, only: values.only, isCampaign: values.campaign } },
})
await vitest.close()
if (!process.exitCode) console.log(`The pictures are in ${folder}`)
