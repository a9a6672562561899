import { campaignPath } from '../domain/address.ts'
import { formatDay, localDay } from '../domain/days.ts'
import { inLang } from '../domain/lang.ts'
import { Button } from '../web/button.tsx'
import { ErrorSummary } from '../web/error-summary.tsx'
import { TextField } from '../web/fields.tsx'
import { House, HouseScale } from '../web/house.tsx'
import { ShareLinks } from '../web/share-links.tsx'
import { Card, Notice } from '../web/surfaces.tsx'
import { orderPath } from './order-address.ts'
import { RefundNotice } from './order-over.tsx'
import type { OrderPageProps } from './order-page-props.ts'
import { Amount, Numbers } from './order-parts.tsx'

/** The coupons are given: the numbers, the bricks glowing, the receipt, whom to tell. */
export function ThanksPage(props: OrderPageProps) {
  const { campaign, order, dream, bricks, lang, t } = props
  const { numbers, name } = order
  return (
    <>
      <header class="order-head">
        <h1>{name ? t('order.thanks_title_name', { name }) : t('order.thanks_title')}</h1>
        <p class="order-lead">{t('order.thanks_text', { n: numbers.length, dream })}</p>
      </header>
      <RefundNotice {...props} />
      <div class="order-house">
        <House t={t} states={bricks} goal={campaign.counts.goal} own={numbers} />
        <HouseScale t={t} goal={campaign.counts.goal} />
      </div>
      <Numbers {...props} title={t('order.given_coupons', { n: numbers.length })} />
      <Card>
        <Receipt {...props} />
      </Card>
      <Share {...props} />
      <Card quiet>
        <Proposal {...props} />
      </Card>
      <p>
        <a href={campaignPath(lang, campaign)}>{t('give.back_to_campaign')}</a>
      </p>
    </>
  )
}

function Receipt(props: OrderPageProps) {
  const { campaign, order, lang, t } = props
  const day = localDay(order.paidAt ?? order.createdAt, campaign.collective.timeZone)
  return (
    <>
      <h2>{t('order.receipt_heading')}</h2>
      <dl class="facts receipt-facts">
        <Fact label={t('order.receipt_amount')}>
          <Amount {...props} />
        </Fact>
        <Fact label={t('order.receipt_day')}>
          <time dateTime={day}>{formatDay(day, lang, { year: true })}</time>
        </Fact>
        <Fact label={t('order.receipt_method')}>{t(`give.method_${order.method}`)}</Fact>
        <Fact label={t('order.receipt_association')}>
          <bdi>{inLang(campaign.association.legalName, lang)}</bdi>
        </Fact>
        <Fact label={t('order.receipt_authorisation')}>
          <bdi dir="ltr">{campaign.association.authorisationNumber}</bdi>
        </Fact>
        <Fact label={t('order.receipt_order')}>
          <bdi dir="ltr">{order.id.slice(-12)}</bdi>
        </Fact>
      </dl>
      <p class="field-hint">{t('order.receipt_keep')}</p>
    </>
  )
}

function Fact({ label, children }: { label: string; children: preact.ComponentChildren }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Share({ services, campaign, ambassador, dream, lang, t }: OrderPageProps) {
  return (
    <section id="share">
      <h2>{t('order.share_heading')}</h2>
      <ShareLinks
        t={t}
        url={services.publicUrl + campaignPath(lang, campaign, ambassador)}
        text={t('order.share_message', { dream })}
      />
    </section>
  )
}

/** From "thank you" to "I offer coupons too" in one tap, with what is known already filled in. */
function Proposal({ order, proposed, proposal, lang, t }: OrderPageProps) {
  if (proposed) {
    return (
      <div id="ambassador">
        <Notice tone="good">
          <b>{t('order.ambassador_done_title')}</b> {t('order.ambassador_done')}
        </Notice>
      </div>
    )
  }
  const values = proposal?.values ?? { name: order.name ?? '', contact: order.phone ?? order.email ?? '' }
  return (
    <form
      id="ambassador"
      class="form"
      method="post"
      action={orderPath(order, lang, '/ambassador')}
      noValidate
    >
      <h2>{t('order.ambassador_heading')}</h2>
      <p>{t('order.ambassador_text')}</p>
      <ErrorSummary t={t} errors={proposal?.errors ?? {}} />
      <TextField
        t={t}
        name="name"
        label={t('give.name')}
        error={proposal?.errors.name}
        value={values.name}
        autocomplete="name"
      />
      <TextField
        t={t}
        name="contact"
        label={t('give.contact')}
        error={proposal?.errors.contact}
        value={values.contact}
        autocomplete="tel"
        dir="ltr"
      />
      <Button look="quiet">{t('order.ambassador_submit')}</Button>
    </form>
  )
}
