import { campaignPath } from '../domain/address.ts'
import { formatDay } from '../domain/days.ts'
import type { Lang } from '../domain/lang.ts'
import { type T, translator } from '../i18n/translator.ts'
import { Button } from '../web/button.tsx'
import { TextField } from '../web/fields.tsx'
import { House, HouseScale } from '../web/house.tsx'
import { couponPath } from './addresses.ts'
import { PageFrame } from './page-frame.tsx'
import type { PublicCoupon } from './queries.ts'
import type { CampaignServices } from './services.ts'
import type { CampaignView } from './view.ts'

type View = Pick<CampaignView, 'campaign' | 'bricks' | 'progress'>
type Props = { services: CampaignServices; lang: Lang; view: View }

/** The public state of one coupon: nothing of who gave it. */
export function CouponPage({ services, lang, view, coupon }: Props & { coupon: PublicCoupon }) {
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
    >
      <div class="coupon-page">
        <h1>{title}</h1>
        <p class="state-sentence">{couponSentence(t, lang, coupon)}</p>
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

/** "No. 417, given on 3 March, banked", in the reader's language. */
export function couponSentence(t: T, lang: Lang, { number, state, givenOn }: PublicCoupon): string {
  const day = givenOn ? formatDay(givenOn, lang) : ''
  return t(`campaign.coupon_${state}`, { number, day })
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
