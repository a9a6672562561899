import type { ComponentChildren, VNode } from 'preact'
import { campaignPath } from '../domain/address.ts'
import { inEveryLang } from './addresses.ts'
import { orderPath } from './order-address.ts'
import { OverPage } from './order-over.tsx'
import type { OrderPageProps } from './order-page-props.ts'
import { type OrderStage, orderStage } from './order-stage.ts'
import { ThanksPage } from './order-thanks.tsx'
import { TransferPage } from './order-transfer.tsx'
import { DeclinedPage, refreshes, TooManyAttemptsPage, WaitingPage } from './order-waiting.tsx'
import { Shell } from './shell.tsx'

/** The page of an order, by what has become of it. */
export function OrderPage(props: OrderPageProps) {
  const { services, campaign, order, ambassador, lang, t } = props
  const stage = orderStage(order, props.now)
  return (
    <Shell
      services={services}
      t={t}
      lang={lang}
      campaign={campaign}
      title={t('order.title')}
      path={orderPath(order, lang)}
      canonical={campaignPath(lang, campaign, ambassador)}
      alternates={inEveryLang((other) => orderPath(order, other))}
      noindex
      head={<Refresh {...props} stage={stage} />}
    >
      <div class="order-page">{PAGES[stage](props)}</div>
    </Shell>
  )
}

const PAGES: Record<OrderStage, (props: OrderPageProps) => VNode> = {
  thanks: (props) => <ThanksPage {...props} />,
  transfer: (props) => <TransferPage {...props} />,
  waiting: (props) => <WaitingPage {...props} />,
  declined: (props) => <DeclinedPage {...props} />,
  too_many_attempts: (props) => <TooManyAttemptsPage {...props} />,
  expired: (props) => <OverPage {...props} stage="expired" />,
  cancelled: (props) => <OverPage {...props} stage="cancelled" />,
  refunded: (props) => <OverPage {...props} stage="refunded" />,
}

/** Without a script the browser itself comes back a few times; with one, the page's script does. */
function Refresh(props: OrderPageProps & { stage: OrderStage }): ComponentChildren {
  const next = refreshes(props, props.stage)
  return (
    next && (
      <noscript>
        <meta http-equiv="refresh" content={`${next.afterSeconds};url=${next.href}`} />
      </noscript>
    )
  )
}
