import { newId } from '../domain/id.ts'
import { Button, LinkButton } from '../web/button.tsx'
import { Card, Notice } from '../web/surfaces.tsx'
import { givePath } from './addresses.ts'
import { keptUntil } from './local-time.ts'
import { orderPath } from './order-address.ts'
import type { OrderPageProps } from './order-page-props.ts'
import { CancelForm, Numbers } from './order-parts.tsx'
import type { OrderStage } from './order-stage.ts'

/** A callback that has not come after this many looks will not come while somebody waits. */
export const MAX_REFRESHES = 20
const REFRESH_SECONDS = 4

/** Where and when to look again: while a card payment is open, and while a late one may still be told of. */
export function refreshes(
  { order, lang, refreshed }: OrderPageProps,
  stage: OrderStage,
): { href: string; afterSeconds: number } | undefined {
  const isOpen = stage === 'waiting' || (stage === 'expired' && order.payment?.status === 'started')
  if (!isOpen || refreshed >= MAX_REFRESHES) return undefined
  return { href: `${orderPath(order, lang)}&n=${refreshed + 1}`, afterSeconds: REFRESH_SECONDS }
}

/** The money is said to be on its way, and only the provider's own word counts. */
export function WaitingPage(props: OrderPageProps) {
  const { services, order, lang, t } = props
  const next = refreshes(props, 'waiting')
  return (
    <>
      <header class="order-head">
        <h1>{t('order.waiting_title')}</h1>
        <p class="order-lead">{t('order.waiting_text')}</p>
      </header>
      <Kept {...props} />
      <div class="order-actions">
        {services.card && <PayForm {...props} label={t('order.continue_paying')} />}
        <a
          class="button button-quiet"
          href={`${orderPath(order, lang)}&n=0`}
          data-refresh={next?.href}
          data-refresh-seconds={next?.afterSeconds}
        >
          {t('order.check_again')}
        </a>
      </div>
      {next && <p class="field-hint">{t('order.waiting_refresh')}</p>}
      <CancelForm {...props} />
    </>
  )
}

/** The bank said no: the numbers are still kept, and a new attempt is one tap away. */
export function DeclinedPage(props: OrderPageProps) {
  const { services, t } = props
  return (
    <>
      <header class="order-head">
        <h1>{t('order.declined_title')}</h1>
        <p class="order-lead">{t('order.declined_text')}</p>
      </header>
      <Kept {...props} />
      <div class="order-actions">{services.card && <PayForm {...props} label={t('order.try_again')} />}</div>
      <p class="field-hint">{t('order.other_way')}</p>
      <CancelForm {...props} />
    </>
  )
}

export function TooManyAttemptsPage(props: OrderPageProps) {
  const { campaign, ambassador, lang, t } = props
  return (
    <>
      <header class="order-head">
        <h1>{t('order.declined_title')}</h1>
      </header>
      <Notice tone="warning">{t('order.too_many_attempts')}</Notice>
      <div class="order-actions">
        <LinkButton href={givePath(lang, campaign, ambassador)}>{t('order.give_anew')}</LinkButton>
      </div>
      <CancelForm {...props} />
    </>
  )
}

function Kept(props: OrderPageProps) {
  const { campaign, order, lang, t, now } = props
  return (
    <Card>
      <Numbers {...props} title={t('order.reserved_coupons', { n: order.numbers.length })} />
      <p>{keptUntil(t, lang, order.expiresAt, now, campaign.collective.timeZone)}</p>
    </Card>
  )
}

/** Goes to the page to pay on; a new attempt takes the id made here, so that a double click is one attempt. */
function PayForm({ order, lang, label }: OrderPageProps & { label: string }) {
  return (
    <form method="post" action={orderPath(order, lang, '/payments')}>
      <input type="hidden" name="payment_id" value={newId()} />
      <Button>{label}</Button>
    </form>
  )
}
