import { campaignPath } from '../domain/address.ts'
import { inLang, langOf } from '../domain/lang.ts'
import { EmptyState } from '../web/surfaces.tsx'
import { PageFrame } from './page-frame.tsx'
import type { CampaignServices } from './services.ts'
import type { CampaignView } from './view.ts'

/** Everybody who offers coupons and agreed to stand here, in order of arrival, in their own words. No counts. */
export function AmbassadorWall({ services, view }: { services: CampaignServices; view: CampaignView }) {
  const { t, lang, campaign, dream } = view
  const shown = view.ambassadors.filter(({ isActive, onWall }) => isActive && onWall)
  return (
    <PageFrame
      services={services}
      lang={lang}
      collective={campaign.collective}
      pathIn={(other) => `${campaignPath(other, campaign)}/ambassadors`}
      title={t('campaign.wall_title')}
      description={t('campaign.wall_lead')}
    >
      <h1>{t('campaign.wall_title')}</h1>
      <p class="state-sentence">{t('campaign.wall_lead')}</p>
      {shown.length === 0 ? (
        <EmptyState title={t('campaign.wall_empty')} />
      ) : (
        <ol class="wall">
          {shown.map(({ id, slug, name, firstWords }) => (
            <li key={id} class="card card-quiet">
              <h2>
                <a href={campaignPath(lang, campaign, { slug })}>
                  <bdi>{name}</bdi>
                </a>
              </h2>
              {inLang(firstWords, lang) && (
                <blockquote lang={langOf(firstWords, lang)} dir="auto">
                  {inLang(firstWords, lang)}
                </blockquote>
              )}
            </li>
          ))}
        </ol>
      )}
      <p>
        <a href={campaignPath(lang, campaign)}>
          {t('campaign.coupon_back')} — <bdi>{dream.title}</bdi>
        </a>
      </p>
    </PageFrame>
  )
}
