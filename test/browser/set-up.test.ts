import { describe, expect, test } from 'vitest'
import { findCampaign, findCollective } from '../../src/db/directory.ts'
import { localDay } from '../../src/domain/days.ts'
import { checkCollective } from '../../src/ledger/check.ts'
import { isDone } from './desk-steps.ts'
import { confirm, fillGiveForm, giveButton, isAt, pressAtSandbox, shownNumbers } from './give-steps.ts'
import { READER, READERS, useStage } from './stage.ts'
import type { Visit } from './visit.ts'

const stage = useStage()

describe.each(READERS)(`setting up (${READER})`, (reader) => {
  const slug = `dari-${reader.lang}-${reader.hasScripts ? 'with' : 'without'}`

  test('leads from the one-time link to a live campaign and its first coupon', async () => {
    const link = await stage.app.setUpAddress()
    await stage.visit(reader, async (visit) => {
      await visit.open(`${link}&lang=${reader.lang}`)
      await isAt(visit, 'setup.title')
      await fillSetUp(visit, slug)
      await visit.page.getByRole('button', { name: visit.t('setup.send') }).click()
      await isDone(visit, 'set_up')
      await giveFirst(visit, slug)
    })
    const collective = await findCollective(stage.world.db, slug)
    const campaign = await findCampaign(stage.world.db, collective!, { slug: 'dar-yasmine' })
    expect(campaign?.counts).toMatchObject({ goal: 100, sold: 1, available: 99 })
    const { violations } = await checkCollective(stage.world.db.of(collective!.id))
    expect(violations).toEqual([])
  })

  test('works once: the same link says afterwards that it was used', async () => {
    const link = await stage.app.setUpAddress()
    await stage.visit(reader, async (visit) => {
      await visit.open(`${link}&lang=${reader.lang}`)
      await fillSetUp(visit, `${slug}-again`)
      await visit.page.getByRole('button', { name: visit.t('setup.send') }).click()
      await isDone(visit, 'set_up')
      expect(await visit.open(`${link}&lang=${reader.lang}`)).toBe(410)
      await isAt(visit, 'setup.link_used.title')
    })
  })

  test('comes back with what was typed, in another language too', async () => {
    const link = await stage.app.setUpAddress()
    await stage.visit(reader, async (visit) => {
      const { page, t } = visit
      await visit.open(`${link}&lang=${reader.lang}`)
      await fillSetUp(visit, slug)
      await page.locator('[name=account_number]').fill('011 780 0000123456789012 97')
      await page.locator('[name=goal]').fill('0')
      await page.getByRole('button', { name: t('setup.send') }).click()
      await page.locator('.error-summary').waitFor()
      await page.locator('#field-account_number-error').waitFor()
      await page.locator('#field-goal-error').waitFor()
      expect(await page.locator('[name=organiser_name]').inputValue()).toBe('Salma Idrissi')
      await page.locator('[name=show_in][value=es]').click()
      await page.locator('html[lang=es]').waitFor()
      expect(await page.locator('[name=organiser_name]').inputValue()).toBe('Salma Idrissi')
      expect(await page.locator('[name=price]').inputValue()).toBe('250')
    })
  })
})

async function fillSetUp({ page, lang }: Visit, slug: string): Promise<void> {
  const today = localDay(stage.world.clock.now(), 'Africa/Casablanca')
  const typed = {
    [`name_${lang}`]: 'Dari B7al Nass',
    [`city_${lang}`]: 'Casablanca',
    collective_slug: slug,
    [`legal_name_${lang}`]: 'Association Bab Nour',
    account_number: '011 780 0000123456789012 96',
    authorisation_number: '2026/174',
    authorised_from: today,
    authorised_until: '2027-03-31',
    organiser_name: 'Salma Idrissi',
    organiser_email: `${slug}@casa.example`,
    [`title_${lang}`]: 'Dar Yasmine',
    [`summary_${lang}`]: 'Une chambre avec une fenêtre.',
    [`story_${lang}`]: 'Yasmine a six ans.\n\nElle dessine des maisons.',
    campaign_slug: 'dar-yasmine',
    price: '250',
    goal: '100',
    first_day: today,
  }
  for (const [name, value] of Object.entries(typed)) await page.locator(`[name=${name}]`).fill(value)
}

async function giveFirst(visit: Visit, slug: string): Promise<void> {
  await visit.open(`/${visit.lang}/${slug}/dar-yasmine`)
  await fillGiveForm(visit, { name: 'Nadia' })
  await giveButton(visit).click()
  if (!visit.hasScripts) await confirm(visit, giveButton(visit))
  await isAt(visit, 'sandbox.title')
  await pressAtSandbox(visit, 'pay')
  await isAt(visit, 'order.thanks_title_name', { name: 'Nadia' })
  expect(await shownNumbers(visit)).toEqual([1])
}
