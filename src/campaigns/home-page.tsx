import { campaignPath, collectivePath } from '../domain/address.ts'
import { formatDay } from '../domain/days.ts'
import { formatNumber } from '../domain/digits.ts'
import { inLang } from '../domain/lang.ts'
import { type T, translator } from '../i18n/translator.ts'
import { LinkButton } from '../web/button.tsx'
import { Steps } from '../web/campaign-parts.tsx'
import { House } from '../web/house.tsx'
import { ProgressLine } from '../web/layers.tsx'
import { MoneyText } from '../web/money-text.tsx'
import { EmptyState, Section, Stat, Stats } from '../web/surfaces.tsx'
import type { CampaignCard, Featured, HomeView } from './home-view.ts'
import { PageFrame } from './page-frame.tsx'
import type { CampaignServices } from './services.ts'

type Props = { view: HomeView }

/** The page of a collective: the dream of the moment, the homes given, how it works, what came together. */
export function HomePage({ services, view }: Props & { services: CampaignServices }) {
  const { lang, collective, current } = view
  const t = translator(lang)
  const name = inLang(collective.name, lang)
  const city = inLang(collective.city, lang)
  return (
    <PageFrame
      services={services}
      lang={lang}
      collective={collective}
      pathIn={(other) => collectivePath(other, collective)}
      title={name}
      description={t('campaign.home_description', { city })}
    >
      <div class="home-head">
        <p class="home-city">{city}</p>
        <h1>{name}</h1>
        <p class="home-lead">{t('campaign.home_lead')}</p>
      </div>
      <Section id="current" title={t('campaign.current')}>
        {current.map((featured) => (
          <FeaturedDream key={featured.campaign.slug} t={t} view={view} featured={featured} />
        ))}
        {current.length === 0 && (
          <EmptyState title={t('campaign.no_current_title')}>
            <p>{t('campaign.no_current_text')}</p>
          </EmptyState>
        )}
      </Section>
      <Totals t={t} view={view} />
      <div class="dream-kinds">
        <Cards t={t} view={view} id="upcoming" cards={view.upcoming} />
        <Cards t={t} view={view} id="homes" cards={view.homes} />
        <Cards t={t} view={view} id="past" cards={view.past} />
      </div>
      <Section id="steps" title={t('common.steps')}>
        <Steps t={t} />
      </Section>
    </PageFrame>
  )
}

function FeaturedDream({ t, view, featured }: Props & { t: T; featured: Featured }) {
  const { campaign, dream, state, progress, bricks, day } = featured
  const href = campaignPath(view.lang, campaign)
  return (
    <article class="featured">
      <div class="featured-house">
        <House t={t} states={bricks} goal={progress.counts.goal} id={`house-${campaign.slug}`} />
      </div>
      <div class="featured-words">
        <h3 class="featured-title" lang={dream.lang}>
          <a href={href}>{dream.title}</a>
        </h3>
        <p class="hero-lead" lang={dream.lang} dir="auto">
          {dream.summary}
        </p>
        <ProgressLine
          t={t}
          lang={view.lang}
          given={progress.counts.sold}
          goal={progress.counts.goal}
          {...day}
        />
        {state !== 'live' && <p class="featured-state">{t(`campaign.${state}_title`)}</p>}
        <p class="featured-action">
          <LinkButton href={state === 'live' ? `${href}#give` : href}>
            {t(state === 'live' ? 'common.give' : 'campaign.see_dream')}
          </LinkButton>
          {state === 'live' && (
            <LinkButton href={href} look="plain">
              {t('campaign.see_dream')}
            </LinkButton>
          )}
        </p>
      </div>
    </article>
  )
}

function Totals({ t, view }: Props & { t: T }) {
  const { homes, coupons, money, ambassadors } = view.totals
  if (coupons === 0) return null
  return (
    <Section id="totals" title={t('campaign.totals')}>
      <div class="totals">
        <Stats>
          {homes > 0 && (
            <Stat value={formatNumber(homes, view.lang)} label={t('campaign.stat_homes', { n: homes })} />
          )}
          <Stat value={formatNumber(coupons, view.lang)} label={t('campaign.stat_coupons', { n: coupons })} />
          {money.map((amount) => (
            <Stat
              key={amount.currency}
              value={<MoneyText lang={view.lang} amount={amount} />}
              label={t('campaign.stat_money')}
            />
          ))}
          {ambassadors > 0 && (
            <Stat
              value={formatNumber(ambassadors, view.lang)}
              label={t('campaign.stat_ambassadors', { n: ambassadors })}
            />
          )}
        </Stats>
      </div>
    </Section>
  )
}

type CardsProps = Props & { t: T; id: 'upcoming' | 'homes' | 'past'; cards: readonly CampaignCard[] }

function Cards({ t, view, id, cards }: CardsProps) {
  if (cards.length === 0) return null
  return (
    <Section id={id} title={t(`campaign.${id}`)}>
      <ul class="dreams">
        {cards.map((card) => (
          <DreamCard key={card.campaign.slug} t={t} view={view} card={card} />
        ))}
      </ul>
    </Section>
  )
}

function DreamCard({ t, view, card }: Props & { t: T; card: CampaignCard }) {
  const { campaign, dream, state } = card
  const { facts, counts } = campaign
  const house = state === 'delivered' ? 'dream-house dream-house-lit' : 'dream-house'
  return (
    <li class="card dream">
      <HouseMark class={house} />
      <h3 lang={dream.lang}>
        <a href={campaignPath(view.lang, campaign)}>{dream.title}</a>
      </h3>
      <p lang={dream.lang} dir="auto">
        {dream.summary}
      </p>
      <p class="dream-facts">
        {state === 'scheduled'
          ? t('campaign.starts_on', { day: formatDay(facts.firstDay, view.lang) })
          : t('campaign.given_of', { n: counts.sold, goal: counts.goal })}
      </p>
    </li>
  )
}

/** A small house beside a dream's name: lit when its family lives in it. */
function HouseMark({ class: name }: { class: string }) {
  return (
    <svg class={name} viewBox="0 0 64 56" width="64" height="56" aria-hidden="true">
      <path class="dream-wall" d="M8 54V20h4v-5h6v5h5v-5h6v5h6v-5h6v5h5v-5h6v5h4v34Z" />
      <path class="dream-door" d="M25 54V41a8 8 0 1 1 14 0v13Z" />
    </svg>
  )
}
