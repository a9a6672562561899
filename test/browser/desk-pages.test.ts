import type { Cookie } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { LANGS } from '../../src/domain/lang.ts'
import { DESK_PLACES, DOOR_PLACES } from './desk-places.ts'
import { signIn } from './desk-steps.ts'
import { checkPage } from './page-checks.ts'
import { furnishScene, type Scene } from './scene.ts'
import { useStage } from './stage.ts'

let scene: Scene
let cookies: Cookie[]
const stage = useStage({}, async ({ app, visit }) => {
  scene = await furnishScene(app)
  await visit({ lang: 'fr' }, async (visit) => {
    await signIn(visit, app)
    cookies = await visit.context.cookies()
  })
})

describe.each(LANGS)('in %s, whole, readable and for everybody:', (lang) => {
  test.each([
    ...DOOR_PLACES.map((place) => ({ place, name: place.name, isSignedIn: false })),
    ...DESK_PLACES.map((place) => ({ place, name: place.name, isSignedIn: true })),
  ])('$name', async ({ place, isSignedIn }) => {
    await stage.visit({ lang }, async (visit) => {
      if (isSignedIn) await visit.context.addCookies(cookies)
      const status = await place.open(visit, scene, stage.app)
      if (typeof status === 'number') expect(status).toBe(place.status ?? 200)
      await checkPage(visit, place)
    })
  })
})
