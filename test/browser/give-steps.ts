import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import type { OrderFacts } from '../../src/domain/order.ts'
import { findOrder } from '../../src/orders/place-order.ts'
import type { RunningApp } from '../support/running-app.ts'
import type { Visit } from './visit.ts'

/** What a contributor does with the form to give; a card and no name unless said otherwise. */
export interface GiveWish {
  readonly quantity?: number | string
  readonly method?: 'card' | 'transfer'
  readonly name?: string
  readonly hidesName?: boolean
  readonly contact?: string
  readonly word?: string
}

export const CAMPAIGN = 'casa/dar-salma'

/** Fills in the form to give on the page that is open. */
export async function fillGiveForm({ page }: Visit, wish: GiveWish): Promise<void> {
  const { quantity = 1, method = 'card', name = '', hidesName = false, contact = '', word = '' } = wish
  const form = page.locator('.give-form')
  await form.locator('[name=quantity]').fill(String(quantity))
  await form.locator(`[name=method][value=${method}]`).check()
  await form.locator('[name=name]').fill(name)
  if (hidesName) await form.locator('[name=hide_name]').check()
  await form.locator('[name=contact]').fill(contact)
  if (word !== '') {
    await form.locator('.give-word summary').click()
    await form.locator('[name=word]').fill(word)
  }
  await form.locator('[name=consent]').check()
}

/** The button of the form to give. */
export function giveButton({ page }: Visit) {
  return page.locator('.give-button')
}

/** Gives from the campaign's own page, up to the page to pay on or the account to transfer to. */
export async function giveFromCampaign(visit: Visit, wish: GiveWish, ambassador = ''): Promise<void> {
  await visit.open(`/${visit.lang}/${CAMPAIGN}${ambassador && `/${ambassador}`}`)
  await fillGiveForm(visit, wish)
  await giveButton(visit).click()
  if (!visit.hasScripts) await confirm(visit, giveButton(visit))
  await isAt(visit, wish.method === 'transfer' ? 'order.transfer_title' : 'sandbox.title')
}

/** Without a script the page is the same for everybody, so that what was typed has to be sent once more. */
export async function confirm({ page, t }: Visit, button: Locator): Promise<void> {
  await page.getByText(t('give.notice_confirm')).waitFor()
  await button.click()
}

/** Presses a button of the card company's page. */
export async function pressAtSandbox(visit: Visit, button: 'pay' | 'decline' | 'abandon'): Promise<void> {
  await sandboxButton(visit, button).click()
}

export function sandboxButton({ page, t }: Visit, button: 'pay' | 'decline' | 'abandon') {
  return page.getByRole('button', { name: t(`sandbox.${button}`), exact: true })
}

/** Sends the form as it stands without leaving the page, as when the answer is lost on its way. */
export async function sendUnanswered({ page }: Visit): Promise<void> {
  const form = await page
    .locator('.give-form')
    .evaluate((element) =>
      Object.fromEntries(new FormData(element as HTMLFormElement) as unknown as [string, string][]),
    )
  await page.request.post(page.url(), { form, maxRedirects: 0 })
}

/** Waits until the page has this title as its one heading. */
export async function isAt(
  visit: Visit,
  key: string,
  words: Record<string, string | number> = {},
): Promise<void> {
  const name = visit.t(key, words)
  await visit.page.getByRole('heading', { level: 1, name, exact: true }).waitFor()
}

/** The coupons' numbers that the page shows, large. */
export async function shownNumbers({ page }: Visit): Promise<number[]> {
  return (await page.locator('.numbers li').allTextContents()).map(Number)
}

/** The order whose page is open, as the database knows it. */
export async function orderShown(app: RunningApp, { page }: Visit): Promise<OrderFacts> {
  const id = /\/orders\/([0-9a-f-]{36})/.exec(page.url())?.[1]
  expect(id, page.url()).toBeDefined()
  const order = await findOrder(app.services, app.world.collective.id, id!)
  expect(order).toBeDefined()
  return order!
}

/** How many orders there are. */
export async function orderCount(app: RunningApp): Promise<number> {
  const [row] = await app.world.appSql<{ count: number }[]>`select count(*)::int as count from "order"`
  return row!.count
}

/** The state that the public page of a coupon's number tells machines. */
export async function couponState(app: RunningApp, number: number): Promise<string> {
  const answer = await fetch(`${app.origin}/api/v1/campaigns/${CAMPAIGN}/coupons/${number}`)
  return ((await answer.json()) as { state: string }).state
}
