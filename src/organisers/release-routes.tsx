import { type Context, Hono } from 'hono'
import { isUuid7 } from '../domain/id.ts'
import { spacedReference } from '../domain/reference.ts'
import { ConfirmPage } from '../people/confirm-page.tsx'
import { readForm } from '../people/form.ts'
import { MoneyText } from '../web/money-text.tsx'
import { type ExpectedTransfer, expectedTransfer, MAX_ROWS } from './desk-queries.ts'
import { DESK } from './desk-routes.tsx'
import { showDesk } from './desk-shell.tsx'
import { atDesk, type Desk } from './organiser-access.ts'
import type { OrganiserServices } from './services.ts'

/** Reservations that wait for a transfer which will not come: their numbers are freed for others. */
export function releaseRoutes(services: OrganiserServices): Hono {
  const app = new Hono()
  app.get(`${DESK}/transfers/release`, atDesk(services, askRelease))
  app.post(`${DESK}/transfers/release`, atDesk(services, takeRelease))
  return app
}

async function askRelease(c: Context, desk: Desk): Promise<Response> {
  const { t, lang, path } = desk
  const orders = await waiting(desk, c.req.queries('order') ?? [])
  if (orders.length === 0) return c.redirect(`${path}/transfers`, 303)
  const body = (
    <ConfirmPage
      place={desk}
      action={`${path}/transfers/release`}
      title={t('organiser.release.confirm')}
      sentence={t('organiser.release.confirm.sentence')}
      facts={orders.map(({ reference, name, amount, quantity }) => [
        spacedReference(reference),
        <>
          <MoneyText lang={lang} amount={amount} />
          <span class="confirm-about">
            <bdi>{name ?? t('organiser.anonymous')}</bdi> · {t('common.coupons', { n: quantity })}
          </span>
        </>,
      ])}
      hidden={{ orders: orders.map(({ orderId }) => orderId).join(' ') }}
      button={t('organiser.release.button')}
    />
  )
  return showDesk(c, desk, { title: t('organiser.release.confirm'), width: 'reading', body })
}

/** What was paid, or is over, in the meantime is passed over; the list then says how many were released. */
async function takeRelease(c: Context, desk: Desk): Promise<Response> {
  const { services, tenant, act, path } = desk
  const orders = await waiting(desk, (await readForm(c)).shown('orders').split(' '))
  let released = 0
  for (const { orderId } of orders) {
    if ((await services.cancelOrder(tenant, orderId, act.now, act.actor)) === 'cancelled') released += 1
  }
  return c.redirect(`${path}/transfers?released=${released}`, 303)
}

/** Those of them that still hold numbers for a transfer. */
async function waiting({ tenant }: Desk, ids: readonly string[]): Promise<ExpectedTransfer[]> {
  const known = [...new Set(ids.filter(isUuid7))].slice(0, MAX_ROWS)
  const found = await Promise.all(known.map((id) => expectedTransfer(tenant, id)))
  return found.filter((transfer) => transfer !== undefined).filter(({ isExpired }) => !isExpired)
}
