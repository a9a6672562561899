import { campaignPath } from '../domain/address.ts'
import { inLang, type Lang, langOf } from '../domain/lang.ts'
import { plainText } from '../i18n/plain-text.ts'
import { Button } from '../web/button.tsx'
import {
  AmbassadorList,
  EncouragementList,
  SpendingTable,
  type UpdateItem,
  UpdatesList,
} from '../web/campaign-parts.tsx'
import { TextField } from '../web/fields.tsx'
import { LayersBar } from '../web/layers.tsx'
import { MoneyText } from '../web/money-text.tsx'
import { ShareLinks } from '../web/share-links.tsx'
import { EmptyState, Section, Stat, Stats } from '../web/surfaces.tsx'
import { apiPath } from './addresses.ts'
import type { NewsItem } from './story.ts'
import { type CampaignView, isOpen, worth } from './view.ts'

type Props = { view: CampaignView }

/** Where the contributions are: in coupons by layer, and in money. */
export function Whereabouts({ view }: Props) {
  const { t, lang, campaign, layers, progress } = view
  const amount = (count: 'given' | 'banked' | 'goal', coupons: number) => (
    <span data-money={count}>
      <MoneyText lang={lang} amount={worth(campaign, coupons)} />
    </span>
  )
  return (
    <Section id="progress" title={t('common.progress')}>
      <LayersBar t={t} lang={lang} goal={progress.counts.goal} layers={layers} />
      <div class="whereabouts-money">
        <Stats>
          <Stat value={amount('given', layers.given)} label={t('campaign.money_given')} />
          <Stat value={amount('banked', layers.banked)} label={t('campaign.money_banked')} />
          <Stat value={amount('goal', progress.counts.goal)} label={t('campaign.money_goal')} />
        </Stats>
      </div>
    </Section>
  )
}

type NewsProps = Props & { news: readonly NewsItem[]; id: 'updates' | 'after_keys' }

export function News({ view, news, id }: NewsProps) {
  const { t, lang, state } = view
  const title = t(id === 'updates' ? 'common.updates' : 'campaign.after_keys')
  if (news.length === 0 && state === 'delivered') return null
  return (
    <Section id={id} title={title}>
      {news.length > 0 ? (
        <UpdatesList lang={lang} updates={news.map((item) => updateOf(item, lang))} />
      ) : (
        <EmptyState title={t('campaign.no_updates')} />
      )}
    </Section>
  )
}

function updateOf({ id, day, title, body }: NewsItem, lang: Lang): UpdateItem {
  const told = langOf(title, lang)
  return { id: `news-${id}`, on: day, title: inLang(title, lang), body: inLang(body, lang), lang: told }
}

export function Spending({ view }: Props) {
  const { t, lang, story } = view
  const rows = story.spending.map(({ purpose, amount }) => ({ label: inLang(purpose, lang), amount }))
  const [first, ...rest] = rows
  if (!first) return null
  return (
    <Section id="spending" title={t('common.spending')}>
      <p class="section-lead">{t('campaign.spending_lead')}</p>
      <SpendingTable t={t} lang={lang} rows={[first, ...rest]} />
    </Section>
  )
}

export function Ambassadors({ view }: Props) {
  const { t, lang, campaign, state } = view
  // Once it is over, only who took part: others may have joined for a later dream.
  const isComing = state === 'scheduled' || isOpen(state)
  const ambassadors = view.ambassadors.filter(({ given }) => isComing || given > 0)
  if (ambassadors.length === 0) return null
  return (
    <Section id="ambassadors" title={t('common.ambassadors')}>
      <p class="section-lead">{t('campaign.ambassadors_lead')}</p>
      <AmbassadorList
        t={t}
        ambassadors={ambassadors.map((ambassador) => ({
          name: ambassador.name,
          href: campaignPath(lang, campaign, ambassador),
          coupons: state === 'scheduled' ? undefined : ambassador.given,
        }))}
      />
      <p>
        <a href={`${campaignPath(lang, campaign)}/ambassadors`}>{t('campaign.wall_link')}</a>
      </p>
    </Section>
  )
}

export function Words({ view }: Props) {
  const { t, story } = view
  if (story.words.length === 0) return null
  return (
    <Section id="words" title={t('common.encouragements')}>
      <EncouragementList
        words={story.words.map(({ text, lang }, index) => ({ id: String(index), text, lang }))}
      />
    </Section>
  )
}

/** Any coupon's public state, and the numbers for machines. */
export function Check({ view }: Props) {
  const { t, lang, campaign } = view
  return (
    <Section id="check" title={t('campaign.check_title')}>
      <p class="section-lead">{t('campaign.check_text')}</p>
      <form class="lookup" method="get" action={`${campaignPath(lang, campaign)}/coupons`}>
        <TextField
          t={t}
          name="number"
          label={t('common.coupon.number')}
          inputmode="numeric"
          dir="ltr"
          size={7}
        />
        <Button look="quiet">{t('common.coupon.show')}</Button>
      </form>
      <p>
        <a href={apiPath(campaign)}>{t('campaign.check_data')}</a>
      </p>
    </Section>
  )
}

export function Share({ view, origin }: Props & { origin: string }) {
  const { t, lang, campaign, dream, offeredBy } = view
  const path = offeredBy ? campaignPath(lang, campaign, offeredBy) : campaignPath(lang, campaign)
  return (
    <Section id="share" title={t('campaign.share_title')}>
      <ShareLinks
        t={t}
        url={origin + path}
        text={plainText(t('campaign.share_text', { dream: dream.title }))}
      />
    </Section>
  )
}
