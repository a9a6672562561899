import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryFolder } from '../../test/support/twiza-process.ts'
import { holdDataFolder } from '../db/data-folder.ts'
import type { LocalDay } from '../domain/days.ts'
import { markSeeded, openDemoFolder } from './demo-folder.ts'

const DAY = '2026-11-23' as LocalDay

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let path: string

beforeEach(async () => {
  folder = await temporaryFolder()
  path = join(folder.path, 'demo')
})

afterEach(() => folder.remove())

test('a new folder is made, and marked as one of a demo before anything is in it', async () => {
  expect(await openDemoFolder(path, { reset: false })).toEqual({ seededOn: undefined })
  expect(readdirSync(path)).toContain('demo.json')
})

test('a whole demo is kept, with its day', async () => {
  await openDemoFolder(path, { reset: false })
  writeFileSync(join(path, 'kept'), '')
  markSeeded(path, DAY)
  expect(await openDemoFolder(path, { reset: false })).toEqual({ seededOn: DAY })
  expect(readdirSync(path)).toContain('kept')
})

test.each([
  ['asked to be forgotten', true, DAY],
  ['never finished', false, undefined],
])('a demo that was %s is emptied', async (_why, reset, seededOn) => {
  await openDemoFolder(path, { reset: false })
  mkdirSync(join(path, 'postgres'))
  if (seededOn) markSeeded(path, seededOn)
  expect(await openDemoFolder(path, { reset })).toEqual({ seededOn: undefined })
  expect(readdirSync(path)).not.toContain('postgres')
})

test.each([false, true])('real data are never touched (reset: %s)', async (reset) => {
  mkdirSync(path)
  writeFileSync(join(path, 'secret'), 'real')
  await expect(openDemoFolder(path, { reset })).rejects.toThrow(
    `The folder ${path} holds something else than a demo: choose another one with DATA_DIR.`,
  )
  expect(readdirSync(path)).toEqual(['secret'])
  expect(readFileSync(join(path, 'secret'), 'utf8')).toBe('real')
})

test('a demo in use is not emptied', async () => {
  await openDemoFolder(path, { reset: false })
  writeFileSync(join(path, 'kept'), '')
  markSeeded(path, DAY)
  const held = holdDataFolder(path)
  await expect(openDemoFolder(path, { reset: true })).rejects.toThrow('is in use by another process')
  expect(readdirSync(path)).toContain('kept')
  held.release()
})
