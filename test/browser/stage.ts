import type { Browser } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { launchChromium } from '../support/chromium.ts'
import { type RunningApp, startRunningApp } from '../support/running-app.ts'
import { createWorld, type World, type WorldOptions } from '../support/world.ts'
import { startVisit, type Visit, type VisitOptions } from './visit.ts'

/** What the tests of one file share: a world, the application over it, a browser. */
export interface Stage {
  readonly world: World
  readonly app: RunningApp
  /** Lets somebody visit, and ends the visit with a look at what went wrong in it. */
  visit(options: VisitOptions, work: (visit: Visit) => Promise<void>): Promise<void>
}

/** Sets the stage before the tests of this file and clears it away after them. */
export function useStage(options: WorldOptions = {}, prepare?: (stage: Stage) => Promise<void>): Stage {
  let world: World | undefined
  let app: RunningApp | undefined
  let browser: Browser | undefined
  const stage: Stage = {
    get world() {
      return world!
    },
    get app() {
      return app!
    },
    async visit(visitOptions, work) {
      const visit = await startVisit(browser!, app!, visitOptions)
      try {
        await work(visit)
      } catch (error) {
        await visit.context.close()
        throw error
      }
      await visit.end()
    },
  }
  beforeAll(async () => {
    const launched = launchChromium()
    world = await createWorld(options)
    app = await startRunningApp(world)
    browser = await launched
    await prepare?.(stage)
  })
  afterAll(async () => {
    await browser?.close()
    await app?.close()
    await world?.drop()
  })
  return stage
}

/** Arabic and French, with scripts and without. */
export const READERS = [
  { lang: 'ar', hasScripts: true },
  { lang: 'ar', hasScripts: false },
  { lang: 'fr', hasScripts: true },
  { lang: 'fr', hasScripts: false },
] as const

/** How a reader is called in the name of a test. */
export const READER = '$lang, scripts $hasScripts'
