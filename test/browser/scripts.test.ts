import type { Locator } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { isUuid7 } from '../../src/domain/id.ts'
import { formatMoney, money } from '../../src/domain/money.ts'
import { orderPath } from '../../src/orders/order-address.ts'
import { placed, settle } from '../support/giving.ts'
import { ASSOCIATION } from '../support/world-content.ts'
import {
  CAMPAIGN,
  fillGiveForm,
  giveButton,
  giveFromCampaign,
  isAt,
  orderCount,
  orderShown,
} from './give-steps.ts'
import { useStage } from './stage.ts'

const stage = useStage()

describe.each(['ar', 'fr'] as const)('with scripts (%s)', (lang) => {
  test('the button of the form names the total, whichever way the number is chosen', async () => {
    await stage.visit({ lang }, async (visit) => {
      const { page, t } = visit
      const total = (coupons: bigint) =>
        t('give.submit', { total: formatMoney(money(25_000n * coupons, 'MAD'), lang) })
      await visit.open(`/${lang}/casa/dar-salma/give`)
      expect(await giveButton(visit).textContent()).toBe(total(1n))
      await page.getByRole('button', { name: t('common.more') }).click({ clickCount: 2 })
      expect(await page.locator('[name=quantity]').inputValue()).toBe('3')
      expect(await giveButton(visit).textContent()).toBe(total(3n))
      await page.getByRole('button', { name: t('common.less') }).click()
      expect(await giveButton(visit).textContent()).toBe(total(2n))
      await page.locator('[name=quantity]').fill('٤')
      expect(await giveButton(visit).textContent()).toBe(total(4n))
      for (const wrong of ['0', '51', 'x', '']) {
        await page.locator('[name=quantity]').fill(wrong)
        expect(await giveButton(visit).textContent()).toBe(t('give.submit_plain'))
      }
    })
  })

  test('a tapped brick tells the public state of its coupon', async () => {
    const order = await placed(stage.world)
    await settle(stage.world, order)
    await stage.visit({ lang }, async (visit) => {
      const { page, t } = visit
      await visit.open(orderPath(order, lang))
      const spot = await middleOf(page.locator('.brick-own'))
      await visit.open(`/${lang}/${CAMPAIGN}`)
      await page.locator('.house').click({ position: await within(page.locator('.house'), spot) })
      const said = page.locator('[data-brick-say]')
      await said.waitFor()
      const number = order.numbers[0]!
      expect(await said.textContent()).toContain(String(number))
      await said.click()
      await page.getByRole('heading', { level: 1, name: t('common.coupon.title', { number }) }).waitFor()
    })
  })

  test('the lines of a transfer are copied by a press', async () => {
    await stage.visit({ lang }, async (visit) => {
      const { page, t } = visit
      await giveFromCampaign(visit, { method: 'transfer', quantity: 2 })
      const { reference } = await orderShown(stage.app, visit)
      const copied: string[] = []
      const buttons = page.locator('.transfer-facts button[data-copy]')
      for (const button of await buttons.all()) {
        await button.click()
        await expect.poll(() => button.textContent()).toBe(t('common.copied'))
        copied.push(await page.evaluate(() => navigator.clipboard.readText()))
      }
      expect(copied).toEqual([reference, '500', ASSOCIATION.accountNumber, ASSOCIATION.legalName[lang]])
    })
  })

  test('the link to share is copied by a press, without the key of the order', async () => {
    const order = await placed(stage.world, { ambassadorId: stage.world.ambassadors.amina.id })
    await settle(stage.world, order)
    await stage.visit({ lang }, async (visit) => {
      const { page, t } = visit
      await visit.open(orderPath(order, lang))
      await page.getByRole('button', { name: t('common.share.copy') }).click()
      const link = await page.evaluate(() => navigator.clipboard.readText())
      expect(link).toBe(`${stage.app.origin}/${lang}/${CAMPAIGN}/amina`)
      const message = await page.getByRole('link', { name: t('common.share.whatsapp') }).getAttribute('href')
      expect(decodeURIComponent(message!)).toContain(link)
      expect(await page.locator('#share').innerHTML()).not.toContain(order.key)
    })
  })
})

describe.each(['ar', 'fr'] as const)('without scripts (%s)', (lang) => {
  test('no button stands there that does nothing', async () => {
    await stage.visit({ lang, hasScripts: false }, async (visit) => {
      await visit.open(`/${lang}/${CAMPAIGN}`)
      const dead = visit.page.locator('button[type=button]')
      for (const button of await dead.all()) expect(await button.isVisible()).toBe(false)
      expect(await giveButton(visit).textContent()).toBe(visit.t('give.submit_plain'))
    })
  })
})

/** The middle of a drawn thing, as parts of the drawing's width and height. */
async function middleOf(drawn: Locator): Promise<{ x: number; y: number }> {
  return drawn.evaluate((element) => {
    const box = element.getBoundingClientRect()
    const house = element.closest('svg')!.getBoundingClientRect()
    return {
      x: (box.left + box.width / 2 - house.left) / house.width,
      y: (box.top + box.height / 2 - house.top) / house.height,
    }
  })
}

async function within(drawing: Locator, spot: { x: number; y: number }): Promise<{ x: number; y: number }> {
  const { width, height } = (await drawing.boundingBox())!
  return { x: spot.x * width, y: spot.y * height }
}

describe('the form of the campaign’s page, which is the same for everybody', () => {
  test('gives once when it is sent twice, and asks who comes back to it whether one more is meant', async () => {
    await stage.visit({ lang: 'fr' }, async (visit) => {
      const { page, t } = visit
      await giveFromCampaign(visit, { quantity: 2 })
      const orders = await orderCount(stage.app)
      await page.goBack()
      // What was typed is still there, and the button says what it comes to.
      await giveButton(visit).getByText(/500/).waitFor()
      expect(await page.locator('[name=quantity]').inputValue()).toBe('2')
      await fillGiveForm(visit, { quantity: 3 })
      await giveButton(visit).click()
      await page.getByText(t('give.notice_again')).waitFor()
      expect(await page.locator('[name=quantity]').inputValue()).toBe('3')
      expect(await orderCount(stage.app)).toBe(orders)
      await giveButton(visit).click()
      await isAt(visit, 'sandbox.title')
      expect(await orderCount(stage.app)).toBe(orders + 1)
    })
  })

  test('has another id for every visit', async () => {
    await stage.visit({ lang: 'fr' }, async (visit) => {
      const id = () => visit.page.locator('.give-form [name=id]').inputValue()
      await visit.open(`/fr/${CAMPAIGN}`)
      const first = await id()
      expect(isUuid7(first)).toBe(true)
      await visit.open(`/fr/${CAMPAIGN}`)
      expect(await id()).not.toBe(first)
    })
  })
})
