import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { holdDataFolder } from '../db/data-folder.ts'
import { stopOrphans } from '../db/orphans.ts'
import type { LocalDay } from '../domain/days.ts'
import { StartFailure } from '../domain/start-failure.ts'

/** What a folder says of the demonstration in it. */
export interface DemoFolder {
  /** The day on which the demonstration was made; undefined when it has yet to be. */
  readonly seededOn: LocalDay | undefined
}

// Tells a demonstration from real data: nothing else is ever emptied.
const MARK = 'demo.json'
const LOCK_FILES = ['lock', 'lock.pid']

const shape = z.object({ seededOn: z.string().nullable() })

/**
 * Makes the folder ready for a demonstration; one that was asked to be forgotten, or was never finished, is
 * emptied first.
 * @throws StartFailure when the folder holds something else, or is in use and would have to be emptied
 */
export async function openDemoFolder(path: string, options: { reset: boolean }): Promise<DemoFolder> {
  const names = existsSync(path) ? readdirSync(path).filter((name) => !LOCK_FILES.includes(name)) : []
  if (names.length > 0 && !names.includes(MARK)) {
    throw new StartFailure(
      'setting_invalid',
      `The folder ${path} holds something else than a demo: choose another one with DATA_DIR.`,
    )
  }
  const seededOn = names.length > 0 ? readMark(path) : undefined
  if (seededOn !== undefined && !options.reset) return { seededOn }
  const held = holdDataFolder(path)
  try {
    await stopOrphans(join(path, 'postgres'))
    for (const name of names) rmSync(join(path, name), { recursive: true, force: true })
    writeMark(path, undefined)
  } finally {
    held.release()
  }
  return { seededOn: undefined }
}

/** Writes down that the demonstration is whole. */
export function markSeeded(path: string, on: LocalDay): void {
  writeMark(path, on)
}

function readMark(path: string): LocalDay | undefined {
  try {
    const { seededOn } = shape.parse(JSON.parse(readFileSync(join(path, MARK), 'utf8')))
    return (seededOn ?? undefined) as LocalDay | undefined
  } catch {
    // Written halfway: so was the demonstration.
    return undefined
  }
}

function writeMark(path: string, seededOn: LocalDay | undefined): void {
  writeFileSync(join(path, MARK), `${JSON.stringify({ seededOn: seededOn ?? null })}\n`)
}
