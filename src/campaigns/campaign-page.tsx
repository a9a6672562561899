import type { ComponentChildren } from 'preact'
import { campaignPath } from '../domain/address.ts'
import { localDay } from '../domain/days.ts'
import { inLang } from '../domain/lang.ts'
import { CampaignHero, GiveBar } from '../web/campaign-hero.tsx'
import { AssociationCard, Steps, Story } from '../web/campaign-parts.tsx'
import { MoneyText } from '../web/money-text.tsx'
import { Card, Section } from '../web/surfaces.tsx'
import { cardPath, eventsPath, housePath } from './addresses.ts'
import { Ambassadors, Check, News, Share, Spending, Whereabouts, Words } from './campaign-sections.tsx'
import { CampaignState } from './campaign-state.tsx'
import { PICTURE } from './house-picture.ts'
import { PageFrame } from './page-frame.tsx'
import type { CampaignServices } from './services.ts'
import { type CampaignView, worth } from './view.ts'

export type CampaignPageProps = { services: CampaignServices; view: CampaignView }

/** The page of a campaign, in whatever state it is, or the same as offered by one ambassador. */
export function CampaignPage({ services, view }: CampaignPageProps) {
  const { lang, campaign, dream, offeredBy } = view
  const pathIn = (other: typeof lang) =>
    offeredBy ? campaignPath(other, campaign, offeredBy) : campaignPath(other, campaign)
  return (
    <PageFrame
      services={services}
      lang={lang}
      collective={campaign.collective}
      pathIn={pathIn}
      canonical={campaignPath(lang, campaign)}
      title={dream.title}
      description={dream.summary}
      image={{
        href: offeredBy ? cardPath(lang, campaign, offeredBy) : housePath(lang, campaign),
        alt: dream.title,
        ...PICTURE,
      }}
      scripts={['page.js']}
      footer={<Collector view={view} />}
    >
      <Live view={view}>
        <Hero view={view} />
        <Offer view={view} />
        {view.state === 'delivered' ? (
          <Told services={services} view={view} />
        ) : (
          <Asked services={services} view={view} />
        )}
        <Ambassadors view={view} />
        <Words view={view} />
        <Check view={view} />
        <Share view={view} origin={services.publicUrl} />
        {view.state === 'live' && (
          <GiveBar t={view.t} href="#give" price={<MoneyText lang={lang} amount={worth(campaign, 1)} />} />
        )}
      </Live>
    </PageFrame>
  )
}

/** What a script needs to keep the page true; without one the page is right whenever it is loaded. */
function Live({ view, children }: { view: CampaignView; children: ComponentChildren }) {
  const { t, lang, campaign, progress } = view
  return (
    <div
      data-live={eventsPath(campaign)}
      data-position={progress.position}
      data-price={campaign.priceMinor.toString()}
      data-currency={campaign.currency}
      data-goal={progress.counts.goal}
      data-coupons={`${campaignPath(lang, campaign)}/coupons`}
    >
      {children}
      <p
        class="unseen"
        role="status"
        data-live-say={t('campaign.live_say', { given: '{given}', goal: '{goal}' })}
      />
    </div>
  )
}

function Hero({ view }: { view: CampaignView }) {
  const { t, lang, campaign, dream, progress, day } = view
  return (
    <CampaignHero
      t={t}
      lang={lang}
      title={dream.title}
      titleLang={dream.lang === lang ? undefined : dream.lang}
      lead={dream.summary}
      invitedBy={view.offeredBy?.name}
      states={view.bricks}
      own={view.ownBricks}
      given={progress.counts.sold}
      goal={progress.counts.goal}
      day={day?.day}
      days={day?.days}
      giveHref={view.state === 'live' ? '#give' : undefined}
      price={<MoneyText lang={lang} amount={worth(campaign, 1)} />}
      instead={
        <>
          <p class="brick-said" role="status" data-brick-say />
          <CampaignState view={view} />
        </>
      }
    />
  )
}

/** The first words of the ambassador who offered the page, and what came of them. */
function Offer({ view }: { view: CampaignView }) {
  const { t, lang, offeredBy } = view
  if (!offeredBy) return null
  const words = inLang(offeredBy.firstWords, lang)
  return (
    <div class="offer">
      {words && <blockquote dir="auto">{words}</blockquote>}
      <p>{t('campaign.through', { n: offeredBy.given, name: offeredBy.name })}</p>
      {offeredBy.goal !== null && (
        <p>{t('campaign.own_goal', { n: offeredBy.goal, name: offeredBy.name })}</p>
      )}
    </div>
  )
}

function Asked({ services, view }: CampaignPageProps) {
  return (
    <>
      <Dreamed services={services} view={view} />
      {view.state !== 'scheduled' && <Whereabouts view={view} />}
      <News view={view} news={view.story.news} id="updates" />
      <Section id="steps" title={view.t('common.steps')}>
        <Steps t={view.t} />
      </Section>
    </>
  )
}

/** After the keys: what became of it comes before how it began. */
function Told({ services, view }: CampaignPageProps) {
  const { campaign, story } = view
  const keys = localDay(campaign.facts.deliveredAt ?? view.now, campaign.collective.timeZone)
  return (
    <>
      <div class="columns">
        <News view={view} news={story.news.filter(({ day }) => day >= keys)} id="after_keys" />
        <Spending view={view} />
      </div>
      <Whereabouts view={view} />
      <Dreamed services={services} view={view} />
      <News view={view} news={story.news.filter(({ day }) => day < keys)} id="updates" />
    </>
  )
}

/** The dream and who collects for it, beside the form. */
function Dreamed({ services, view }: CampaignPageProps) {
  return (
    <div class="columns">
      <div>
        <Dream view={view} />
        <Association view={view} />
      </div>
      <Form services={services} view={view} />
    </div>
  )
}

function Dream({ view }: { view: CampaignView }) {
  const { t, lang, dream } = view
  if (!dream.story) return null
  return (
    <Section id="story" title={t('common.story')}>
      <Story text={dream.story} lang={dream.lang === lang ? undefined : dream.lang} />
    </Section>
  )
}

/** The form to give while that is possible, else the wish to be told of the next dream. */
function Form({ services, view }: CampaignPageProps) {
  const { t, lang, campaign, state, offeredBy } = view
  if (state === 'live') {
    return (
      <Section id="give" title={t('campaign.give_title')}>
        <Card>{services.giveForm(campaign, lang, offeredBy)}</Card>
      </Section>
    )
  }
  return (
    <Section id="wish" title={t('campaign.tell_me')}>
      <Card>{services.wishForm(campaign, lang)}</Card>
    </Section>
  )
}

function Association({ view }: { view: CampaignView }) {
  const { t, lang, story } = view
  const { legalName, ...authorisation } = story.association
  return (
    <Section id="association" title={t('common.association')}>
      <AssociationCard
        t={t}
        lang={lang}
        association={{
          name: inLang(legalName, lang),
          authorisationNumber: authorisation.authorisationNumber,
          authorisedFrom: authorisation.authorisedFrom,
          authorisedTo: authorisation.authorisedUntil,
        }}
      />
    </Section>
  )
}

function Collector({ view }: { view: CampaignView }) {
  const { legalName, authorisationNumber } = view.story.association
  return (
    <p>
      <bdi>{inLang(legalName, view.lang)}</bdi> · {view.t('common.association.authorisation')}{' '}
      <bdi dir="ltr">{authorisationNumber}</bdi>
    </p>
  )
}
