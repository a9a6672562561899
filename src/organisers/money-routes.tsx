import { type Context, Hono } from 'hono'
import { localDay, parseDay } from '../domain/days.ts'
import { isUuid7, newId } from '../domain/id.ts'
import { spacedReference } from '../domain/reference.ts'
import { ConfirmPage } from '../people/confirm-page.tsx'
import { readForm } from '../people/form.ts'
import { showLost } from '../people/page.tsx'
import { Button } from '../web/button.tsx'
import { CopyText } from '../web/copy-text.tsx'
import { DayText } from '../web/day-text.tsx'
import { TextField } from '../web/fields.tsx'
import { MoneyText } from '../web/money-text.tsx'
import { EmptyState, Notice } from '../web/surfaces.tsx'
import {
  type AwaitedPayout,
  awaitedPayouts,
  type DueRefund,
  dueRefunds,
  type ExpectedTransfer,
  expectedTransfer,
  expectedTransfers,
} from './desk-queries.ts'
import { DESK } from './desk-routes.tsx'
import { backToDesk, showDesk } from './desk-shell.tsx'
import { markRefunded } from './mark-refunded.ts'
import { atDesk, type Desk } from './organiser-access.ts'
import type { OrganiserServices } from './services.ts'
import { TransferTable } from './waiting-lists.tsx'

const MAX_FIND_CHARACTERS = 80

/** What was seen on the association's statement: transfers, payouts, refunds. */
export function moneyRoutes(services: OrganiserServices): Hono {
  const app = new Hono()
  app.get(`${DESK}/transfers`, atDesk(services, listTransfers))
  app.get(`${DESK}/transfers/:order`, atDesk(services, askTransfer))
  app.post(`${DESK}/transfers/:order`, atDesk(services, takeTransfer))
  app.get(`${DESK}/payouts/:provider/:day`, atDesk(services, askPayout))
  app.post(`${DESK}/payouts/:provider/:day`, atDesk(services, takePayout))
  app.get(`${DESK}/refunds/:refund`, atDesk(services, askRefund))
  app.post(`${DESK}/refunds/:refund`, atDesk(services, takeRefund))
  return app
}

async function listTransfers(c: Context, desk: Desk): Promise<Response> {
  const { t, path } = desk
  const find = (c.req.query('find') ?? '').slice(0, MAX_FIND_CHARACTERS).replaceAll('\0', '').trim()
  const transfers = await expectedTransfers(desk.tenant, find)
  const body = (
    <>
      <h1>{t('organiser.transfers')}</h1>
      <ReleasedNotice desk={desk} released={c.req.query('released')} />
      <form class="desk-find" action={`${path}/transfers`}>
        <TextField
          t={t}
          name="find"
          label={t('organiser.transfers.find')}
          hint={t('organiser.transfers.find.hint')}
          type="search"
          value={find}
          maxLength={MAX_FIND_CHARACTERS}
        />
        <Button look="quiet">{t('organiser.find')}</Button>
      </form>
      {transfers.length > 0 ? (
        <form class="form" action={`${path}/transfers/release`}>
          <TransferTable desk={desk} transfers={transfers} canChoose />
          {transfers.some(({ isExpired }) => !isExpired) && (
            <p class="desk-row">
              <Button look="quiet">{t('organiser.release')}</Button>
            </p>
          )}
        </form>
      ) : (
        <EmptyState title={t('organiser.transfers.none')}>
          <p>{t('organiser.transfers.none.next')}</p>
        </EmptyState>
      )}
    </>
  )
  return showDesk(c, desk, { title: t('organiser.transfers'), hasLangs: true, body })
}

function ReleasedNotice({ desk, released }: { desk: Desk; released: string | undefined }) {
  if (released === undefined || !/^\d{1,2}$/.test(released)) return null
  return (
    <Notice tone="good" live>
      <p>{desk.t('organiser.release.done', { n: Number(released) })}</p>
    </Notice>
  )
}

async function askTransfer(c: Context, desk: Desk): Promise<Response> {
  const transfer = await findTransfer(c, desk)
  if (!transfer) return showLost(c, desk.services, desk.lang)
  return showTransfer(c, desk, transfer, newId())
}

function showTransfer(
  c: Context,
  desk: Desk,
  transfer: ExpectedTransfer,
  paymentId: string,
  refusal?: string,
): Response {
  const { t, lang, path } = desk
  const body = (
    <ConfirmPage
      place={desk}
      action={`${path}/transfers/${transfer.orderId}`}
      title={t('organiser.transfers.confirm')}
      sentence={t('organiser.transfers.confirm.sentence')}
      facts={[
        [t('organiser.amount'), <MoneyText key="amount" lang={lang} amount={transfer.amount} />],
        [
          t('organiser.reference'),
          <CopyText
            key="reference"
            t={t}
            value={transfer.reference}
            shown={spacedReference(transfer.reference)}
          />,
        ],
        [t('organiser.from_whom'), <bdi key="name">{transfer.name ?? t('organiser.anonymous')}</bdi>],
        [t('organiser.coupons'), t('common.coupons', { n: transfer.quantity })],
      ]}
      hidden={{ id: paymentId, amount_minor: String(transfer.amount.minor) }}
      button={t('organiser.transfers.confirm.button')}
      refusal={refusal}
    />
  )
  return showDesk(c, desk, {
    title: t('organiser.transfers.confirm'),
    width: 'reading',
    status: refusal ? 409 : 200,
    body,
  })
}

async function takeTransfer(c: Context, desk: Desk): Promise<Response> {
  const { services, tenant, act, today, lang, t } = desk
  const orderId = c.req.param('order') ?? ''
  const form = await readForm(c)
  const amount = form.shown('amount_minor')
  if (!isUuid7(orderId) || !/^\d{1,16}$/.test(amount)) return showLost(c, services, lang)
  const outcome = await services.receiveTransfer(tenant, {
    paymentId: form.id(),
    orderId,
    amountMinor: BigInt(amount),
    now: act.now,
    today,
    actor: act.actor,
  })
  if (outcome === 'order_unknown' || outcome === 'not_a_transfer') return showLost(c, services, lang)
  if (outcome === 'exists' || outcome === 'already_received') return backToDesk(c, desk, 'transfer_exists')
  if (outcome === 'paid' || outcome === 'refund_due') return backToDesk(c, desk, `transfer_${outcome}`)
  const transfer = await findTransfer(c, desk)
  if (!transfer) return showLost(c, services, lang)
  return showTransfer(c, desk, transfer, newId(), t(`organiser.error.${outcome}`))
}

async function findTransfer(c: Context, desk: Desk): Promise<ExpectedTransfer | undefined> {
  const orderId = c.req.param('order')
  return isUuid7(orderId) ? await expectedTransfer(desk.tenant, orderId) : undefined
}

async function askPayout(c: Context, desk: Desk): Promise<Response> {
  const payout = await findPayout(c, desk)
  return payout ? showPayout(c, desk, payout) : showLost(c, desk.services, desk.lang)
}

async function takePayout(c: Context, desk: Desk): Promise<Response> {
  const { services, tenant, act, today, lang, t } = desk
  const payout = await findPayout(c, desk)
  if (!payout) return showLost(c, services, lang)
  const seen = (await readForm(c)).shown('payments')
  // A payment of that day can come in while the page is open: what was confirmed is what was shown.
  if (seen !== fingerprint(payout)) return showPayout(c, desk, payout, t('organiser.error.payout_changed'))
  const { provider, paymentIds } = payout
  await services.settlePayout(tenant, { provider, paymentIds, now: act.now, day: today, actor: act.actor })
  return backToDesk(c, desk, 'payout')
}

function showPayout(c: Context, desk: Desk, payout: AwaitedPayout, refusal?: string): Response {
  const { t, lang, path } = desk
  const { provider, day, currency, totalMinor, paymentIds } = payout
  const body = (
    <ConfirmPage
      place={desk}
      action={`${path}/payouts/${provider}/${day}`}
      title={t('organiser.payouts.confirm')}
      sentence={t('organiser.payouts.confirm.sentence')}
      facts={[
        [
          t('organiser.amount'),
          <MoneyText key="amount" lang={lang} amount={{ minor: totalMinor, currency }} />,
        ],
        [t('organiser.payouts.day'), <DayText key="day" lang={lang} day={day} />],
        [t('organiser.payouts.count'), t('organiser.payments', { n: paymentIds.length })],
      ]}
      hidden={{ payments: fingerprint(payout) }}
      button={t('organiser.payouts.confirm.button')}
      refusal={refusal}
    />
  )
  const title = t('organiser.payouts.confirm')
  return showDesk(c, desk, { title, width: 'reading', status: refusal ? 409 : 200, body })
}

function fingerprint({ paymentIds, totalMinor }: AwaitedPayout): string {
  return `${paymentIds.length} ${totalMinor} ${paymentIds.at(-1)}`
}

async function findPayout(c: Context, desk: Desk): Promise<AwaitedPayout | undefined> {
  const day = parseDay(c.req.param('day') ?? '')
  if (!day) return undefined
  const payouts = await awaitedPayouts(desk.tenant)
  return payouts.find((payout) => payout.provider === c.req.param('provider') && payout.day === day)
}

async function askRefund(c: Context, desk: Desk): Promise<Response> {
  const refund = await findRefund(c, desk)
  return refund ? showRefund(c, desk, refund) : showLost(c, desk.services, desk.lang)
}

function showRefund(c: Context, desk: Desk, refund: DueRefund, refusal?: string): Response {
  const { t, lang, path, collective } = desk
  const body = (
    <ConfirmPage
      place={desk}
      action={`${path}/refunds/${refund.id}`}
      title={t('organiser.refunds.confirm')}
      sentence={t('organiser.refunds.confirm.sentence')}
      facts={[
        [t('organiser.amount'), <MoneyText key="amount" lang={lang} amount={refund.amount} />],
        [t('organiser.from_whom'), <bdi key="name">{refund.name ?? t('organiser.anonymous')}</bdi>],
        [t('organiser.refunds.reason'), t(`organiser.refund_reason.${refund.reason}`)],
        [
          t('organiser.since'),
          <DayText key="since" lang={lang} day={localDay(refund.since, collective.timeZone)} />,
        ],
      ]}
      button={t('organiser.refunds.confirm.button')}
      refusal={refusal}
    />
  )
  const title = t('organiser.refunds.confirm')
  return showDesk(c, desk, { title, width: 'reading', status: refusal ? 409 : 200, body })
}

async function takeRefund(c: Context, desk: Desk): Promise<Response> {
  const { services, tenant, collective, act, lang, t } = desk
  const refundId = c.req.param('refund') ?? ''
  if (!isUuid7(refundId)) return showLost(c, services, lang)
  const done = await markRefunded(tenant, collective, refundId, act)
  if (!done.ok && done.status === 'refund_unknown') return showLost(c, services, lang)
  const refund = await findRefund(c, desk)
  if (!done.ok && refund) return showRefund(c, desk, refund, t(`organiser.error.${done.status}`))
  return backToDesk(c, desk, 'refunded')
}

async function findRefund(c: Context, desk: Desk): Promise<DueRefund | undefined> {
  const refunds = await dueRefunds(desk.tenant)
  return refunds.find(({ id }) => id === c.req.param('refund'))
}
