import { describe, expect, test } from 'vitest'
import { violations } from '../support/giving.ts'
import {
  couponState,
  fillGiveForm,
  giveButton,
  giveFromCampaign,
  isAt,
  orderCount,
  orderShown,
  pressAtSandbox,
  sandboxButton,
  sendUnanswered,
  shownNumbers,
} from './give-steps.ts'
import { READER, READERS, useStage } from './stage.ts'

const stage = useStage()

describe.each(READERS)(`giving by card (${READER})`, (reader) => {
  test('leads from the form over the page to pay on to thanks, with numbers and glowing bricks', async () => {
    await stage.visit(reader, async (visit) => {
      await giveFromCampaign(visit, { quantity: 3, name: 'Nadia', contact: '0612345678' })
      await pressAtSandbox(visit, 'pay')
      await isAt(visit, 'order.thanks_title_name', { name: 'Nadia' })
      const order = await orderShown(stage.app, visit)
      expect(order).toMatchObject({ status: 'paid', quantity: 3, lang: reader.lang, phone: '+212612345678' })
      expect(await shownNumbers(visit)).toEqual(order.numbers)
      expect(await visit.page.locator('.house .brick-own').getAttribute('d')).toMatch(
        /^m[\d. ]+(h\d+m\d+ 0){2}h\d+$/,
      )
      expect(await visit.page.locator('.receipt-facts').innerText()).toContain('750')
    })
  })

  test('can be declined and then paid', async () => {
    await stage.visit(reader, async (visit) => {
      await giveFromCampaign(visit, { quantity: 2 })
      await pressAtSandbox(visit, 'decline')
      await isAt(visit, 'order.declined_title')
      const { numbers } = await orderShown(stage.app, visit)
      expect(await shownNumbers(visit)).toEqual(numbers)
      await visit.page.getByRole('button', { name: visit.t('order.try_again') }).click()
      await isAt(visit, 'sandbox.title')
      await pressAtSandbox(visit, 'pay')
      await isAt(visit, 'order.thanks_title')
      expect(await orderShown(stage.app, visit)).toMatchObject({ status: 'paid', numbers })
    })
  })

  test('can be abandoned: then the numbers are free again, and the page says so', async () => {
    await stage.visit(reader, async (visit) => {
      await giveFromCampaign(visit, { quantity: 2 })
      await pressAtSandbox(visit, 'abandon')
      await isAt(visit, 'order.waiting_title')
      const { numbers } = await orderShown(stage.app, visit)
      expect(await couponState(stage.app, numbers[0]!)).toBe('reserved')
      stage.world.clock.advance({ minutes: 15 })
      await stage.app.tick()
      await visit.page.reload()
      await isAt(visit, 'order.expired_title')
      expect(await orderShown(stage.app, visit)).toMatchObject({ status: 'expired', numbers: [] })
      expect(await couponState(stage.app, numbers[0]!)).toBe('available')
      await visit.page.getByRole('link', { name: visit.t('order.give_anew') }).click()
      await isAt(visit, 'give.heading')
    })
  })

  test('goes on from the waiting page to the page to pay on', async () => {
    await stage.visit(reader, async (visit) => {
      await giveFromCampaign(visit, {})
      await pressAtSandbox(visit, 'abandon')
      await isAt(visit, 'order.waiting_title')
      await visit.page.getByRole('button', { name: visit.t('order.continue_paying') }).click()
      await isAt(visit, 'sandbox.title')
      await pressAtSandbox(visit, 'pay')
      await isAt(visit, 'order.thanks_title')
    })
  })

  test('waits by itself for a word of the bank that comes late', async () => {
    await stage.visit(reader, async (visit) => {
      await giveFromCampaign(visit, {})
      await visit.page.request.post(`${visit.page.url()}/outcome`, {
        data: { outcome: 'paid', callback: 'after_return' },
      })
      await visit.page.reload()
      await isAt(visit, 'sandbox.paid_title')
      await visit.page.getByRole('link', { name: visit.t('sandbox.back') }).click()
      await isAt(visit, 'order.waiting_title')
      await stage.app.tick()
      await isAt(visit, 'order.thanks_title')
    })
  })

  test('takes nothing twice when somebody goes back', async () => {
    await stage.visit(reader, async (visit) => {
      await giveFromCampaign(visit, { quantity: 2 })
      await pressAtSandbox(visit, 'pay')
      await isAt(visit, 'order.thanks_title')
      const orders = await orderCount(stage.app)
      const { id, numbers } = await orderShown(stage.app, visit)
      await visit.page.goBack()
      await isAt(visit, 'sandbox.paid_title')
      await visit.page.getByRole('link', { name: visit.t('sandbox.back') }).click()
      await isAt(visit, 'order.thanks_title')
      expect(await orderShown(stage.app, visit)).toMatchObject({ id, numbers })
      expect(await orderCount(stage.app)).toBe(orders)
    })
  })

  test('takes a double click for one', async () => {
    await stage.visit(reader, async (visit) => {
      const orders = await orderCount(stage.app)
      await visit.open(`/${visit.lang}/casa/dar-salma/give`)
      await fillGiveForm(visit, { quantity: 4 })
      await giveButton(visit).dblclick()
      await isAt(visit, 'sandbox.title')
      expect(await orderCount(stage.app)).toBe(orders + 1)
      await sandboxButton(visit, 'pay').dblclick()
      await isAt(visit, 'order.thanks_title')
      expect(await orderShown(stage.app, visit)).toMatchObject({ status: 'paid', quantity: 4 })
    })
  })

  test('takes a form that was sent again after the answer was lost for one', async () => {
    await stage.visit(reader, async (visit) => {
      const orders = await orderCount(stage.app)
      await visit.open(`/${visit.lang}/casa/dar-salma/give`)
      await fillGiveForm(visit, { quantity: 2, name: 'Karim' })
      await sendUnanswered(visit)
      expect(await orderCount(stage.app)).toBe(orders + 1)
      await giveButton(visit).click()
      await isAt(visit, 'sandbox.title')
      expect(await orderCount(stage.app)).toBe(orders + 1)
    })
  })

  test('leaves an order as it is when its form is sent again with another number', async () => {
    await stage.visit(reader, async (visit) => {
      const orders = await orderCount(stage.app)
      await visit.open(`/${visit.lang}/casa/dar-salma/give`)
      await fillGiveForm(visit, { quantity: 2 })
      await sendUnanswered(visit)
      await visit.page.locator('[name=quantity]').fill('3')
      await giveButton(visit).click()
      await isAt(visit, 'give.different_title')
      expect(await orderCount(stage.app)).toBe(orders + 1)
      await visit.page.getByRole('link', { name: visit.t('give.start_afresh') }).click()
      await isAt(visit, 'give.heading')
    })
  })
})

test('everything adds up afterwards', async () => {
  expect(await violations(stage.world)).toEqual([])
})
