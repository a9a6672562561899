import { campaignPath } from '../domain/address.ts'
import type { Lang } from '../domain/lang.ts'
import { translator } from '../i18n/translator.ts'
import { Button } from '../web/button.tsx'
import { TextField } from '../web/fields.tsx'
import { House, HouseScale } from '../web/house.tsx'
import { couponPath } from './addresses.ts'
import { type OwnCoupon, OwnCouponPart } from './own-coupon-form.tsx'
import { PageFrame } from './page-frame.tsx'
import { couponSentence, type PublicCoupon } from './public-coupon.ts'
import type { CampaignServices } from './services.ts'
import type { CampaignView } from './view.ts'

type View = Pick<CampaignView, 'campaign' | 'bricks' | 'progress'>
type Props = { services: CampaignServices; lang: Lang; view: View }

/** The public state of one coupon: nothing of who gave it. */
export function CouponPage({
  services,
  lang,
  view,
  coupon,
  own,
}: Props & { coupon: PublicCoupon; own?: OwnCoupon }) {
  const t = translator(lang)
  const { campaign, bricks, progress } = view
  const title = t('common.coupon.title', { number: coupon.number })
  return (
    <PageFrame
      services={services}
      lang={lang}
      collective={campaign.collective}
      pathIn={(other) => couponPath(other, campaign, coupon.number)}
      title={title}
      description={couponSentence(t, lang, coupon)}
      noindex={own !== undefined}
    >
      <div class="coupon-page">
        <h1>{title}</h1>
        <p class="state-sentence">{couponSentence(t, lang, coupon)}</p>
        {own && <OwnCouponPart t={t} action={couponPath(lang, campaign, coupon.number)} own={own} />}
        <House t={t} states={bricks} goal={progress.counts.goal} own={[coupon.number]} />
        <HouseScale t={t} goal={progress.counts.goal} />
        <Lookup lang={lang} view={view} />
      </div>
    </PageFrame>
  )
}

/** The field for a coupon's number, with what was wrong with the one typed. */
export function CouponsPage({
  services,
  lang,
  view,
  typed,
  error,
}: Props & { typed?: string; error?: string }) {
  const t = translator(lang)
  const { campaign, bricks, progress } = view
  return (
    <PageFrame
      services={services}
      lang={lang}
      collective={campaign.collective}
      pathIn={(other) => `${campaignPath(other, campaign)}/coupons`}
      title={t('campaign.coupons_title')}
      description={t('campaign.coupon_lead', { n: progress.counts.goal })}
      noindex={error !== undefined}
    >
      <div class="coupon-page">
        <h1>{t('campaign.coupons_title')}</h1>
        <p class="state-sentence">{t('campaign.coupon_lead', { n: progress.counts.goal })}</p>
        <Lookup lang={lang} view={view} typed={typed} error={error} />
        <House t={t} states={bricks} goal={progress.counts.goal} />
        <HouseScale t={t} goal={progress.counts.goal} />
      </div>
    </PageFrame>
  )
}

function Lookup({ lang, view, typed, error }: Omit<Props, 'services'> & { typed?: string; error?: string }) {
  const t = translator(lang)
  const path = campaignPath(lang, view.campaign)
  return (
    <>
      <form class="lookup" method="get" action={`${path}/coupons`}>
        <TextField
          t={t}
          name="number"
          label={t('common.coupon.number')}
          inputmode="numeric"
          dir="ltr"
          size={7}
          value={typed}
          error={error}
        />
        <Button look="quiet">{t('common.coupon.show')}</Button>
      </form>
      <p>
        <a href={path}>{t('campaign.coupon_back')}</a>
      </p>
    </>
  )
}
