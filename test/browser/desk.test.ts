import type { Cookie } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { spacedReference } from '../../src/domain/reference.ts'
import { orderNow, placed, settle, violations } from '../support/giving.ts'
import { ORGANISER } from '../support/running-app.ts'
import { isDone, signIn } from './desk-steps.ts'
import { giveFromCampaign, isAt, orderShown, pressAtSandbox } from './give-steps.ts'
import { READER, READERS, useStage } from './stage.ts'
import type { Visit } from './visit.ts'

// One sign-in for all: ten tries a minute are allowed.
let cookies: Cookie[]
const stage = useStage({}, async ({ app, visit }) => {
  await app.addOrganiser(ORGANISER.name, ORGANISER.email)
  await visit({}, async (visit) => {
    await signIn(visit, app)
    cookies = await visit.context.cookies()
  })
})

describe.each(READERS)(`at the desk (${READER})`, (reader) => {
  const desk = `/${reader.lang}/casa/desk`

  test('one signs in by a link that works once, and out', async () => {
    const address = await stage.app.signInAddress(ORGANISER.email, reader.lang)
    await stage.visit(reader, async (visit) => {
      const { page, t } = visit
      const enter = page.getByRole('button', { name: t('organiser.sign_in') })
      expect(await visit.open(desk)).toBe(404)
      await visit.open(address)
      await enter.click()
      await page.waitForURL(`**${desk}`)
      await page.getByRole('button', { name: t('organiser.sign_out') }).click()
      await page.waitForURL('**/sign-in')
      expect(await visit.open(desk)).toBe(404)
      await visit.open(address)
      await enter.click()
      await isAt(visit, 'organiser.link_not_valid.title')
    })
  })

  test('a transfer that arrived is confirmed, and its contributor is thanked', async () => {
    await stage.visit(reader, async (contributor) => {
      await giveFromCampaign(contributor, { quantity: 2, method: 'transfer', name: 'Karim' })
      const { id, reference } = await orderShown(stage.app, contributor)
      await stage.visit(reader, async (organiser) => {
        const { page, t } = organiser
        await sitDown(organiser)
        await organiser.open(`${desk}/transfers?find=${reference!.slice(-6)}`)
        const row = page.getByRole('row', { name: spacedReference(reference!) })
        await row.getByRole('link', { name: t('organiser.transfers.arrived') }).click()
        await page.getByRole('button', { name: t('organiser.transfers.confirm.button') }).dblclick()
        // The second press finds it done already.
        await page.waitForURL(/done=transfer_(paid|exists)/)
        await page.getByRole('status').waitFor()
      })
      expect(await orderNow(stage.world, { id })).toMatchObject({ status: 'paid' })
      await contributor.page.reload()
      await isAt(contributor, 'order.thanks_title_name', { name: 'Karim' })
    })
  })

  test('a word of encouragement is let through, and stands on the campaign’s page', async () => {
    const word = `Bon courage ${reader.lang} ${reader.hasScripts}`
    await stage.visit(reader, async (contributor) => {
      await giveFromCampaign(contributor, { name: 'Nadia', word })
      await pressAtSandbox(contributor, 'pay')
      await isAt(contributor, 'order.thanks_title_name', { name: 'Nadia' })
    })
    await stage.visit(reader, async (organiser) => {
      const { page, t } = organiser
      await sitDown(organiser)
      await organiser.open(`/${reader.lang}/casa/dar-salma`)
      expect(await page.content()).not.toContain(word)
      await organiser.open(desk)
      const item = page.locator('#words li', { hasText: word })
      await item.getByRole('button', { name: t('organiser.words.allow') }).click()
      await isDone(organiser, 'word_allowed')
      await organiser.open(`/${reader.lang}/casa/dar-salma`)
      await page.getByText(word).waitFor()
    })
  })

  test('who offers to pass coupons on is accepted, and has a link', async () => {
    const name = `Mounia ${reader.lang} ${reader.hasScripts ? 'with' : 'without'}`
    await stage.visit(reader, async (contributor) => {
      const { page, t } = contributor
      await giveFromCampaign(contributor, { name, contact: '0655443322' })
      await pressAtSandbox(contributor, 'pay')
      await isAt(contributor, 'order.thanks_title_name', { name })
      await page.getByRole('button', { name: t('order.ambassador_submit') }).click()
      await page.getByText(t('order.ambassador_done_title')).waitFor()
    })
    await stage.visit(reader, async (organiser) => {
      const { page, t } = organiser
      await sitDown(organiser)
      const item = page.locator('#proposals li', { hasText: name })
      expect(await item.innerText()).toContain('+212655443322')
      await item.getByRole('button', { name: t('organiser.proposals.accept') }).click()
      await isDone(organiser, 'ambassador_accepted')
      const slug = name.toLowerCase().replaceAll(' ', '-')
      expect(await organiser.open(`/${reader.lang}/casa/dar-salma/${slug}`)).toBe(200)
      await page.getByText(t('common.invitation', { name })).waitFor()
    })
  })

  test('news is told', async () => {
    const title = `À mi-chemin ${reader.lang} ${reader.hasScripts}`
    await stage.visit(reader, async (organiser) => {
      const { page, t } = organiser
      await sitDown(organiser)
      await page.getByRole('link', { name: t('organiser.action.updates') }).click()
      await page.locator('[name=title_ar]').fill(title)
      await page.locator('[name=body_ar]').fill('شكرا لكل يد')
      await page.getByRole('button', { name: t('organiser.updates.button') }).click()
      await isDone(organiser, 'update')
      await organiser.open(`/${reader.lang}/casa/dar-salma`)
      await page.getByRole('heading', { name: title }).waitFor()
    })
  })

  test('a payout that arrived is confirmed', async () => {
    await settle(stage.world, await placed(stage.world, { quantity: 3 }))
    await stage.visit(reader, async (organiser) => {
      const { page, t } = organiser
      await sitDown(organiser)
      await page
        .getByRole('link', { name: t('organiser.payouts.arrived') })
        .first()
        .click()
      await page.getByRole('button', { name: t('organiser.payouts.confirm.button') }).click()
      await isDone(organiser, 'payout')
      expect(await page.getByRole('link', { name: t('organiser.payouts.arrived') }).count()).toBe(0)
    })
  })

  test('an ambassador is added', async () => {
    const slug = `zineb-${reader.lang}-${reader.hasScripts ? 'with' : 'without'}`
    await stage.visit(reader, async (organiser) => {
      const { page, t } = organiser
      await sitDown(organiser)
      await page.getByRole('link', { name: t('organiser.add_ambassador') }).click()
      await page.locator('[name=name]').fill('Zineb')
      await page.locator('[name=slug]').fill(slug)
      await page.getByRole('button', { name: t('organiser.add_ambassador') }).click()
      await isDone(organiser, 'ambassador_added')
      expect(await organiser.open(`/${reader.lang}/casa/dar-salma/${slug}`)).toBe(200)
    })
  })
})

test.each(READERS)(`a campaign is written, kept as a draft, and scheduled (${READER})`, async (reader) => {
  const slug = `dar-${reader.lang}-${reader.hasScripts ? 'with' : 'without'}`
  await stage.visit(reader, async (organiser) => {
    const { page, t } = organiser
    await sitDown(organiser)
    await page.getByRole('link', { name: t('organiser.new_campaign') }).click()
    await isAt(organiser, 'organiser.new_campaign')
    const typed = {
      title_ar: 'دار',
      summary_ar: 'حلم',
      story_ar: 'قصة',
      campaign_slug: slug,
      price: '250',
      goal: '60',
    }
    for (const [name, value] of Object.entries(typed)) await page.locator(`[name=${name}]`).fill(value)
    await page.locator('[name=first_day]').fill('2026-11-20')
    await page.getByRole('button', { name: t('organiser.save_draft') }).click()
    await isDone(organiser, 'campaign_created')
    expect((await fetch(`${stage.app.origin}/ar/casa/${slug}`)).status).toBe(404)
    await page.getByRole('link', { name: t('organiser.action.schedule') }).click()
    await page.getByRole('button', { name: t('organiser.schedule.button') }).click()
    await isDone(organiser, 'scheduled')
    expect(await organiser.open(`/${reader.lang}/casa/${slug}`)).toBe(200)
    await page.getByText(t('campaign.scheduled_title')).waitFor()
  })
})

test('everything adds up afterwards', async () => {
  expect(await violations(stage.world)).toEqual([])
})

async function sitDown(visit: Visit): Promise<void> {
  await visit.context.addCookies(cookies)
  await visit.open(`/${visit.lang}/casa/desk`)
}
