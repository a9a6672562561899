import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { newId } from '../../src/domain/id.ts'
import { settlePayout } from '../../src/payments/settle-payout.ts'
import { placed, settle, today } from '../support/giving.ts'
import { CAMPAIGN, giveFromCampaign, isAt, pressAtSandbox } from './give-steps.ts'
import { useStage } from './stage.ts'
import type { Visit } from './visit.ts'

const stage = useStage()

describe.each(['ar', 'fr'] as const)('the campaign’s page (%s)', (lang) => {
  test('shows what is given in another window, bricks and numbers, without being loaded again', async () => {
    await stage.visit({ lang }, async (viewer) => {
      await follow(viewer)
      const before = await shown(viewer.page)
      await stage.visit({ lang }, async (contributor) => {
        await giveFromCampaign(contributor, { quantity: 4 })
        await until(viewer.page, 'promised', before.promised + 4)
        await pressAtSandbox(contributor, 'pay')
        await isAt(contributor, 'order.thanks_title')
      })
      await until(viewer.page, 'given', before.given + 4)
      await until(viewer.page, 'promised', before.promised)
      const after = await shown(viewer.page)
      expect(after.bricks.given).not.toBe(before.bricks.given)
      expect(after.bricks.available).not.toBe(before.bricks.available)
      expect(after.money).not.toBe(before.money)
      expect(await isSameDocument(viewer.page)).toBe(true)
    })
  })

  test('shows what has reached the bank', async () => {
    const order = await placed(stage.world, { quantity: 3 })
    await settle(stage.world, order)
    await stage.visit({ lang }, async (viewer) => {
      await follow(viewer)
      const before = await shown(viewer.page)
      await settlePayout(stage.world.db.of(stage.world.collective.id), {
        provider: 'sandbox',
        paymentIds: [order.payment!.id],
        now: stage.world.clock.now(),
        day: today(stage.world),
        actor: 'user:test',
      })
      await until(viewer.page, 'banked', before.banked + 3)
      expect(await isSameDocument(viewer.page)).toBe(true)
    })
  })

  test('goes on where it was when the connection comes back', async () => {
    await stage.visit({ lang }, async (viewer) => {
      await follow(viewer)
      const before = await shown(viewer.page)
      await settle(stage.world, await placed(stage.world))
      await until(viewer.page, 'given', before.given + 1)
      const again = viewer.page.waitForRequest((request) => request.url().includes('/events'))
      stage.app.cutStreams()
      await settle(stage.world, await placed(stage.world, { quantity: 2 }))
      await until(viewer.page, 'given', before.given + 3)
      expect((await (await again).allHeaders())['last-event-id']).toMatch(/^\d+$/)
      expect(await isSameDocument(viewer.page)).toBe(true)
      viewer.forget(/ERR_INCOMPLETE_CHUNKED_ENCODING/)
    })
  })

  test('holds no connection while it is hidden, and is right when it is looked at again', async () => {
    await stage.visit({ lang }, async (viewer) => {
      await follow(viewer)
      const before = await shown(viewer.page)
      await hide(viewer.page, true)
      await viewerCount(0)
      await settle(stage.world, await placed(stage.world, { quantity: 2 }))
      await hide(viewer.page, false)
      await until(viewer.page, 'given', before.given + 2)
      expect(await isSameDocument(viewer.page)).toBe(true)
    })
    await viewerCount(0)
  })

  test('is right on reload without scripts', async () => {
    await stage.visit({ lang, hasScripts: false }, async (viewer) => {
      await viewer.open(`/${lang}/${CAMPAIGN}`)
      const before = await shown(viewer.page)
      await settle(stage.world, await placed(stage.world, { quantity: 2, id: newId() }))
      await viewer.page.reload()
      expect((await shown(viewer.page)).given).toBe(before.given + 2)
      expect(stage.app.services.liveHub.viewers).toBe(0)
    })
  })
})

/** Opens the page, marks the document, and waits until its stream is open. */
async function follow(viewer: Visit): Promise<void> {
  await viewer.open(`/${viewer.lang}/${CAMPAIGN}`)
  await viewer.page.evaluate(() => {
    document.documentElement.dataset.mark = 'the same'
  })
  await viewerCount(1)
}

async function isSameDocument(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.dataset.mark === 'the same')
}

/** Waits until so many pages hold a stream. */
async function viewerCount(count: number): Promise<void> {
  await expect.poll(() => stage.app.services.liveHub.viewers, { timeout: 8000, interval: 20 }).toBe(count)
}

/** Waits until the page shows this number, as people read it. */
async function until(page: Page, name: string, count: number): Promise<void> {
  await page
    .locator(`[data-count=${name}]`, { hasText: new RegExp(`^\\s*${count}\\s*$`) })
    .first()
    .waitFor()
}

async function shown(page: Page) {
  return page.evaluate(() => {
    const count = (name: string) => Number(document.querySelector(`[data-count=${name}]`)?.textContent)
    const path = (state: string) => document.querySelector(`.house [data-state=${state}]`)?.getAttribute('d')
    return {
      given: count('given'),
      promised: count('promised'),
      banked: count('banked'),
      money: document.querySelector('[data-money=given]')?.textContent,
      bricks: { available: path('available'), given: path('given') },
    }
  })
}

/** Browsers without a screen never hide a page: this says to it that they did. */
async function hide(page: Page, isHidden: boolean): Promise<void> {
  await page.evaluate((value) => {
    Object.defineProperty(document, 'hidden', { value, configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  }, isHidden)
}
