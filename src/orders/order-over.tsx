import { campaignPath } from '../domain/address.ts'
import { formatDay } from '../domain/days.ts'
import { inLang } from '../domain/lang.ts'
import { formatMoney } from '../domain/money.ts'
import { LinkButton } from '../web/button.tsx'
import { StatePage } from '../web/state-page.tsx'
import { Notice } from '../web/surfaces.tsx'
import { givePath } from './addresses.ts'
import type { OrderPageProps } from './order-page-props.ts'
import { refreshes } from './order-waiting.tsx'

/** An order that is over: why, what becomes of money that was sent after all, how to begin anew. */
export function OverPage(props: OrderPageProps & { stage: 'expired' | 'cancelled' | 'refunded' }) {
  const { campaign, ambassador, refunds, lang, t, stage } = props
  const next = refreshes(props, stage)
  const isDue = stage !== 'refunded' && refunds.some(({ doneOn }) => doneOn === null)
  const isReturned = !isDue && refunds.length > 0
  const title = isDue ? 'order.refund_due_title' : `order.${isReturned ? 'refunded' : stage}_title`
  return (
    <StatePage
      picture="closed"
      title={t(title)}
      sentence={refunds.length > 0 ? <RefundLines {...props} /> : <OverLines {...props} />}
    >
      <LinkButton href={givePath(lang, campaign, ambassador)}>{t('order.give_anew')}</LinkButton>
      <LinkButton href={campaignPath(lang, campaign, ambassador)} look="quiet">
        {t('give.back_to_campaign')}
      </LinkButton>
      {next && (
        <a
          class="button button-plain"
          href={next.href}
          data-refresh={next.href}
          data-refresh-seconds={next.afterSeconds}
        >
          {t('order.check_again')}
        </a>
      )}
    </StatePage>
  )
}

function OverLines({ stage, order, t }: OrderPageProps & { stage: 'expired' | 'cancelled' | 'refunded' }) {
  const sent = stage === 'expired' || (stage === 'cancelled' && order.method === 'transfer')
  return (
    <>
      {t(`order.${stage}_text`)}
      {sent && <span class="order-aside">{t(`order.${stage}_sent`)}</span>}
    </>
  )
}

/** What the association gives back, or has given back. */
function RefundLines({ campaign, refunds, lang, t }: OrderPageProps) {
  const association = inLang(campaign.association.legalName, lang)
  return (
    <>
      {refunds.map(({ amount, reason, doneOn }, index) => (
        <span key={index} class="refund-line">
          {doneOn
            ? t('order.refund_done_text', {
                amount: formatMoney(amount, lang),
                day: formatDay(doneOn, lang, { year: true }),
              })
            : t(reason === 'paid_twice' ? 'order.refund_twice_text' : 'order.refund_due_text', {
                association,
                amount: formatMoney(amount, lang),
              })}
        </span>
      ))}
    </>
  )
}

/** The same above a page that is about something else: a paid order that was paid twice. */
export function RefundNotice(props: OrderPageProps) {
  return props.refunds.length > 0 ? (
    <Notice tone="warning">
      <RefundLines {...props} />
    </Notice>
  ) : null
}
