import type { Campaign } from '../db/directory.ts'
import { campaignDay, campaignStatus } from '../domain/campaign.ts'
import { formatNumber } from '../domain/digits.ts'
import { inLang, type LocalizedText } from '../domain/lang.ts'
import { layers } from '../domain/layers.ts'
import { LinkButton } from '../web/button.tsx'
import { CopyText } from '../web/copy-text.tsx'
import { DayText } from '../web/day-text.tsx'
import { LayersBar, ProgressLine } from '../web/layers.tsx'
import { MoneyText } from '../web/money-text.tsx'
import { ShareLinks } from '../web/share-links.tsx'
import { EmptyState, Section } from '../web/surfaces.tsx'
import type {
  AwaitedPayout,
  DeskAmbassador,
  DueRefund,
  ExpectedTransfer,
  WaitingWord,
} from './desk-queries.ts'
import { DoneNotice } from './desk-shell.tsx'
import type { Desk } from './organiser-access.ts'
import { PayoutList, ProposalList, RefundList, TransferTable, WordList } from './waiting-lists.tsx'

/** Everything on the desk at one moment. */
export interface DeskContents {
  readonly campaigns: readonly Campaign[]
  /** The one that is looked at; undefined when there is none yet. */
  readonly campaign: Campaign | undefined
  readonly titles: ReadonlyMap<string, LocalizedText>
  readonly words: readonly WaitingWord[]
  readonly transfers: readonly ExpectedTransfer[]
  readonly payouts: readonly AwaitedPayout[]
  readonly refunds: readonly DueRefund[]
  readonly proposals: readonly DeskAmbassador[]
  readonly ambassadors: readonly DeskAmbassador[]
  /** Of the campaign that is looked at, in minor units. */
  readonly bankMinor: bigint
  readonly homeMinor: bigint
  readonly done: string | undefined
}

/** The working screen of a collective: where the campaign stands, and what needs a hand. */
export function DeskPage({ desk, contents }: { desk: Desk; contents: DeskContents }) {
  const { t, path } = desk
  const { campaign, done } = contents
  return (
    <>
      <h1 class="unseen">{t('organiser.desk')}</h1>
      <DoneNotice desk={desk} done={done} />
      <CampaignTabs desk={desk} contents={contents} />
      {campaign ? (
        <CampaignPanel desk={desk} contents={contents} campaign={campaign} />
      ) : (
        <EmptyState title={t('organiser.no_campaign')}>
          <p>
            <LinkButton href={`${path}/campaigns/new`}>{t('organiser.new_campaign')}</LinkButton>
          </p>
        </EmptyState>
      )}
      <Waiting desk={desk} contents={contents} />
      <AmbassadorTable desk={desk} contents={contents} />
      {campaign && <MoneyPart desk={desk} contents={contents} campaign={campaign} />}
    </>
  )
}

interface DeskProps {
  readonly desk: Desk
  readonly contents: DeskContents
}

function CampaignTabs({ desk, contents }: DeskProps) {
  const { t, lang, path, collective, act } = desk
  const { campaigns, campaign: current, titles } = contents
  if (campaigns.length === 0) return null
  return (
    <nav class="desk-tabs" aria-label={t('organiser.campaigns')}>
      {campaigns.map((campaign) => (
        <a
          key={campaign.id}
          href={`${path}?campaign=${campaign.slug}`}
          aria-current={campaign.id === current?.id ? 'page' : undefined}
        >
          <bdi>{inLang(titles.get(campaign.id) ?? {}, lang) || campaign.slug}</bdi>
          <small>
            {t(`organiser.status.${campaignStatus(campaign.facts, act.now, collective.timeZone)}`)}
          </small>
        </a>
      ))}
      <a href={`${path}/campaigns/new`}>+ {t('organiser.new_campaign')}</a>
    </nav>
  )
}

function CampaignPanel({ desk, contents, campaign }: DeskProps & { campaign: Campaign }) {
  const { t, lang, services, collective, act } = desk
  const { facts, counts } = campaign
  const status = campaignStatus(facts, act.now, collective.timeZone)
  const title = inLang(contents.titles.get(campaign.id) ?? {}, lang) || campaign.slug
  const { day, days } = campaignDay(facts, act.now, collective.timeZone)
  const isPublic = status !== 'draft'
  const isOpen = status === 'live' || status === 'funded'
  const url = `${services.publicUrl}/${lang}/${collective.slug}/${campaign.slug}`
  return (
    <section class="desk-campaign card" aria-labelledby="campaign-title">
      <div class="desk-campaign-head">
        <h2 id="campaign-title" dir="auto">
          {title}
        </h2>
        <span class={`badge badge-${status}`}>{t(`organiser.status.${status}`)}</span>
      </div>
      <p class="desk-hint">
        <DayText lang={lang} day={facts.firstDay} /> – <DayText lang={lang} day={facts.lastDay} /> ·{' '}
        {t('common.coupons', { n: facts.goal })} ·{' '}
        <MoneyText lang={lang} amount={{ minor: campaign.priceMinor, currency: campaign.currency }} />
      </p>
      {isPublic && (
        <>
          <ProgressLine
            t={t}
            lang={lang}
            given={counts.sold}
            goal={facts.goal}
            day={isOpen ? day : undefined}
            days={isOpen ? days : undefined}
          />
          <LayersBar t={t} lang={lang} goal={facts.goal} layers={layers(counts)} />
          <p class="desk-link">
            <span>{t('organiser.public_link')}</span>{' '}
            <a href={url} dir="ltr">
              {url}
            </a>
          </p>
          <ShareLinks t={t} url={url} text={title} />
        </>
      )}
      <CampaignActions desk={desk} campaign={campaign} status={status} />
    </section>
  )
}

/** Which state allows which action. */
const ACTIONS: Record<string, readonly string[]> = {
  draft: ['edit', 'schedule'],
  scheduled: ['updates', 'closing'],
  live: ['updates', 'closing'],
  funded: ['updates', 'closing', 'delivery'],
  closed: ['updates', 'spending', 'delivery'],
  delivered: ['updates', 'spending'],
}

function CampaignActions(props: { desk: Desk; campaign: Campaign; status: string }) {
  const { desk, campaign, status } = props
  return (
    <p class="desk-row desk-actions">
      {ACTIONS[status]?.map((action, index) => (
        <LinkButton
          key={action}
          href={`${desk.path}/campaigns/${campaign.slug}/${action}`}
          look={(status === 'draft' ? action === 'schedule' : index === 0) ? 'main' : 'quiet'}
        >
          {desk.t(`organiser.action.${action}`)}
        </LinkButton>
      ))}
    </p>
  )
}

function Waiting({ desk, contents }: DeskProps) {
  const { t, path } = desk
  const { words, transfers, payouts, refunds, proposals } = contents
  const isQuiet = [words, transfers, payouts, refunds, proposals].every((list) => list.length === 0)
  if (isQuiet) {
    return (
      <Section id="waiting" title={t('organiser.waiting')}>
        <EmptyState title={t('organiser.nothing_waits')}>
          <p>{t('organiser.nothing_waits.next')}</p>
        </EmptyState>
      </Section>
    )
  }
  return (
    <>
      {transfers.length > 0 && (
        <Section
          id="transfers"
          title={t('organiser.transfers')}
          aside={<a href={`${path}/transfers`}>{t('organiser.transfers.find')}</a>}
        >
          <TransferTable desk={desk} transfers={transfers} />
        </Section>
      )}
      <div class="desk-columns">
        {words.length > 0 && <WordList desk={desk} words={words} />}
        {proposals.length > 0 && <ProposalList desk={desk} proposals={proposals} />}
        {payouts.length > 0 && <PayoutList desk={desk} payouts={payouts} />}
        {refunds.length > 0 && <RefundList desk={desk} refunds={refunds} />}
      </div>
    </>
  )
}

function AmbassadorTable({ desk, contents }: DeskProps) {
  const { t, lang, path, services, collective } = desk
  const { ambassadors, campaign } = contents
  const add = (
    <span class="desk-row">
      <LinkButton href={`${path}/people`} look="quiet">
        {t('people.people.title')}
      </LinkButton>
      <LinkButton
        href={`${path}/ambassadors/new`}
        look="quiet"
      >{`+ ${t('organiser.add_ambassador')}`}</LinkButton>
    </span>
  )
  return (
    <Section id="ambassadors" title={t('common.ambassadors')} aside={ambassadors.length > 0 && add}>
      {ambassadors.length === 0 ? (
        <EmptyState title={t('organiser.no_ambassador')}>
          <p>{t('organiser.no_ambassador.next')}</p>
          <p>{add}</p>
        </EmptyState>
      ) : (
        <div class="table-wrap">
          <table class="table desk-table">
            <thead>
              <tr>
                <th scope="col">{t('organiser.name')}</th>
                <th scope="col" class="table-number">
                  {t('organiser.coupons_given')}
                </th>
                <th scope="col">{t('organiser.personal_link')}</th>
              </tr>
            </thead>
            <tbody>
              {ambassadors.map((person) => (
                <tr key={person.id}>
                  <th scope="row">
                    <bdi>{person.name}</bdi>
                  </th>
                  <td class="table-number">{formatNumber(person.given, lang)}</td>
                  <td class="desk-small-copy">
                    {campaign && (
                      <CopyText
                        t={t}
                        value={`${services.publicUrl}/${lang}/${collective.slug}/${campaign.slug}/${person.slug}`}
                        shown={`/${campaign.slug}/${person.slug}`}
                      />
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  )
}

function MoneyPart({ desk, contents, campaign }: DeskProps & { campaign: Campaign }) {
  const { t, lang, path } = desk
  const { bankMinor, homeMinor } = contents
  const { currency } = campaign
  return (
    <Section
      id="money"
      title={t('organiser.money')}
      aside={
        bankMinor > 0n && (
          <LinkButton href={`${path}/campaigns/${campaign.slug}/spending`} look="quiet">
            {t('organiser.action.spending')}
          </LinkButton>
        )
      }
    >
      <dl class="desk-money">
        <div>
          <dt>{t('organiser.money.bank')}</dt>
          <dd>
            <MoneyText lang={lang} amount={{ minor: bankMinor, currency }} />
          </dd>
        </div>
        <div>
          <dt>{t('organiser.money.home')}</dt>
          <dd>
            <MoneyText lang={lang} amount={{ minor: homeMinor, currency }} />
          </dd>
        </div>
      </dl>
    </Section>
  )
}
