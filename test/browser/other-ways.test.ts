import { describe, expect, test } from 'vitest'
import { spacedAccountNumber } from '../../src/domain/account-number.ts'
import { formatMoney, money } from '../../src/domain/money.ts'
import { spacedReference } from '../../src/domain/reference.ts'
import { violations } from '../support/giving.ts'
import { ASSOCIATION } from '../support/world-content.ts'
import {
  couponState,
  fillGiveForm,
  giveButton,
  giveFromCampaign,
  isAt,
  orderShown,
  pressAtSandbox,
  shownNumbers,
} from './give-steps.ts'
import { READER, READERS, useStage } from './stage.ts'

const stage = useStage({}, async ({ world }) => {
  await world.addCampaign({ slug: 'dar-past', goal: 10, startsInDays: -40 })
})

describe.each(READERS)(`giving (${READER})`, (reader) => {
  test('by bank transfer shows the account and the reference to write', async () => {
    await stage.visit(reader, async (visit) => {
      await giveFromCampaign(visit, { quantity: 2, method: 'transfer', name: 'Karim' })
      const { reference, numbers, expiresAt } = await orderShown(stage.app, visit)
      const facts = await visit.page.locator('.transfer-facts').innerText()
      expect(facts).toContain(spacedReference(reference!))
      expect(facts).toContain(spacedAccountNumber(ASSOCIATION.accountNumber))
      expect(facts).toContain(formatMoney(money(50_000n, 'MAD'), reader.lang))
      expect(await shownNumbers(visit)).toEqual(numbers)
      expect(expiresAt.getTime() - stage.world.clock.now().getTime()).toBe(5 * 86_400_000)
    })
  })

  test('can be cancelled: the numbers are free again', async () => {
    await stage.visit(reader, async (visit) => {
      await giveFromCampaign(visit, { quantity: 2, method: 'transfer' })
      const { numbers } = await orderShown(stage.app, visit)
      await visit.page.locator('.order-cancel summary').click()
      await visit.page.getByRole('button', { name: visit.t('order.cancel_submit') }).click()
      await isAt(visit, 'order.cancelled_title')
      expect(await orderShown(stage.app, visit)).toMatchObject({ status: 'cancelled', numbers: [] })
      expect(await couponState(stage.app, numbers[0]!)).toBe('available')
    })
  })

  test.each([{ name: '' }, { name: 'Nadia', hidesName: true }])(
    'without a name shown: $name',
    async (wish) => {
      await stage.visit(reader, async (visit) => {
        // Only who comes through an ambassador is asked whether the ambassador may know.
        await giveFromCampaign(visit, wish, wish.hidesName ? 'amina' : undefined)
        await pressAtSandbox(visit, 'pay')
        const { name } = await orderShown(stage.app, visit)
        await isAt(visit, name ? 'order.thanks_title_name' : 'order.thanks_title', name ? { name } : {})
        expect(await orderShown(stage.app, visit)).toMatchObject({ status: 'paid', anonymous: true })
        await visit.open(`/${visit.lang}/casa/dar-salma`)
        expect(await visit.page.content()).not.toContain('Nadia')
      })
    },
  )

  test('through an ambassador counts for the ambassador', async () => {
    await stage.visit(reader, async (visit) => {
      const { page, t } = visit
      await visit.open(`/${visit.lang}/casa/dar-salma/amina`)
      await page.getByText(t('common.invitation', { name: 'Amina' })).waitFor()
      const before = await couponsThrough('amina')
      await giveFromCampaign(visit, { quantity: 3 }, 'amina')
      await pressAtSandbox(visit, 'pay')
      await isAt(visit, 'order.thanks_title')
      const { ambassadorId } = await orderShown(stage.app, visit)
      expect(ambassadorId).toBe(stage.world.ambassadors.amina.id)
      expect(await couponsThrough('amina')).toBe(before + 3)
      await visit.open(`/${visit.lang}/casa/dar-salma/amina`)
      await page.getByText(t('campaign.through', { n: before + 3, name: 'Amina' })).waitFor()
    })
  })

  test('comes back with what was typed and a sentence at each wrong field', async () => {
    await stage.visit(reader, async (visit) => {
      const { page, t } = visit
      await visit.open(`/${visit.lang}/casa/dar-salma`)
      await fillGiveForm(visit, { quantity: 'حبة', name: 'Nadia', contact: 'nadia@' })
      await page.locator('[name=consent]').uncheck()
      await giveButton(visit).click()
      await page.getByRole('alert').waitFor()
      for (const [field, rule] of [
        ['quantity', 'quantity_invalid'],
        ['contact', 'email_unreadable'],
        ['consent', 'consent_needed'],
      ]) {
        await page.locator(`#field-${field}-error`, { hasText: t(`give.error_${rule}`) }).waitFor()
        await page.locator(`.error-summary a[href="#field-${field}"]`).waitFor()
      }
      expect(await page.locator('[name=name]').inputValue()).toBe('Nadia')
      expect(await page.locator('[name=quantity]').inputValue()).toBe('حبة')
      expect(await page.locator('[name=method][value=card]').isChecked()).toBe(true)
      await fillGiveForm(visit, { quantity: '٢', name: 'Nadia' })
      await giveButton(visit).click()
      await isAt(visit, 'sandbox.title')
    })
  })

  test('keeps what was typed when the language changes, and Enter in a field does not change it', async () => {
    await stage.visit(reader, async (visit) => {
      const { page, lang } = visit
      const [other, otherPath] = lang === 'ar' ? ['fr', '/fr/'] : ['ar', '/ar/']
      await visit.open(`/${lang}/casa/dar-salma/give`)
      await fillGiveForm(visit, { quantity: 4, name: 'Nadia', contact: 'nadia@' })
      const id = await page.locator('[name=id]').inputValue()
      await page.locator(`.languages [lang=${other}]`).click()
      await page.locator(`html[lang=${other}]`).waitFor()
      expect(page.url()).toContain(`${otherPath}casa/dar-salma/give`)
      expect(await page.locator('[name=id]').inputValue()).toBe(id)
      expect(await page.locator('[name=quantity]').inputValue()).toBe('4')
      expect(await page.locator('[name=method][value=card]').isChecked()).toBe(true)
      expect(await page.locator('[name=consent]').isChecked()).toBe(true)
      expect(await page.getByRole('alert').count()).toBe(0)
      await page.locator('[name=name]').press('Enter')
      await page.getByRole('alert').waitFor()
      await page.locator(`.languages [lang=${lang}]`).click()
      await page.locator(`html[lang=${lang}]`).waitFor()
      expect(await page.locator('[name=contact]').inputValue()).toBe('nadia@')
      await page.locator('[name=contact]').fill('nadia@example.org')
      await page.locator('[name=contact]').press('Enter')
      await isAt(visit, 'sandbox.title')
    })
  })

  test('is over with the campaign; then one can wish to be told of the next dream', async () => {
    await stage.visit(reader, async (visit) => {
      const { page, t } = visit
      const wishes = await wishCount()
      await visit.open(`/${visit.lang}/casa/dar-past`)
      const send = page.locator('.wish-form').getByRole('button', { name: t('give.wish_submit') })
      await send.click()
      await page.locator('#field-contact-error', { hasText: t('give.error_contact_needed') }).waitFor()
      await page.locator('.wish-form [name=contact]').fill('0612345678')
      await page.locator('.wish-form [name=consent]').check()
      await send.dblclick()
      await isAt(visit, 'give.wish_done_title')
      expect(await wishCount()).toBe(wishes + 1)
    })
  })
})

test('everything adds up afterwards', async () => {
  expect(await violations(stage.world)).toEqual([])
})

async function couponsThrough(slug: string): Promise<number> {
  const [row] = await stage.world.appSql<{ count: number }[]>`
    select coalesce(sum(o.quantity), 0)::int as count
    from "order" o join ambassador a on a.collective_id = o.collective_id and a.id = o.ambassador_id
    where a.slug = ${slug} and o.status = 'paid'`
  return row!.count
}

async function wishCount(): Promise<number> {
  const [row] = await stage.world.appSql<{ count: number }[]>`select count(*)::int as count from wish`
  return row!.count
}
