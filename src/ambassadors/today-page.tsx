import type { Campaign } from '../db/directory.ts'
import { campaignDay, campaignStatus } from '../domain/campaign.ts'
import { type BrickState, decodeBricks } from '../domain/coupon.ts'
import { formatDay } from '../domain/days.ts'
import type { AmbassadorPlace } from '../people/place.ts'
import { LinkButton } from '../web/button.tsx'
import { House, HouseScale } from '../web/house.tsx'
import { ProgressLine } from '../web/layers.tsx'
import { Card, EmptyState, Section } from '../web/surfaces.tsx'
import { countInvited, type Invited } from './invited-tree.ts'
import type { OwnNumbers } from './own-numbers.ts'
import { isOffering, type OwnPage, ownPath, StandingNotice } from './own-shell.tsx'
import { isOnPace, milestoneOf, type Suggestion, suggestionFor } from './suggestion.ts'

/** What an ambassador's first page shows. */
export interface TodayContents {
  readonly campaign: Campaign
  readonly title: string
  readonly numbers: OwnNumbers
  readonly invited: readonly Invited[]
  /** The bricks of the house, as `readProgress` gives them. */
  readonly bricks: string
  readonly hasCharter: boolean
}

type Props = { place: AmbassadorPlace; contents: TodayContents }

/** The day of the campaign, one thing to do, and what came of the ambassador's offering. */
export function TodayPage({ place, contents }: Props) {
  const { t } = place
  return (
    <>
      <StandingNotice place={place} />
      {!contents.hasCharter && (
        <Card>
          <h2>{t('ambassador.charter_wanted')}</h2>
          <p>{t('ambassador.charter_lead')}</p>
          <LinkButton href={ownPath(place, 'charter', contents.campaign)}>
            {t('ambassador.charter_read')}
          </LinkButton>
        </Card>
      )}
      {isOffering(place) && <Today place={place} contents={contents} />}
      <OwnHouse place={place} contents={contents} />
      <Recognition place={place} contents={contents} />
    </>
  )
}

/** Before the collective has announced a campaign. */
export function NoCampaign({ place }: { place: AmbassadorPlace }) {
  return (
    <>
      <StandingNotice place={place} />
      <EmptyState title={place.t('ambassador.no_campaign')}>
        <p>{place.t('ambassador.no_campaign_text')}</p>
      </EmptyState>
    </>
  )
}

/** Where each suggestion leads. */
const LEADS_TO: Partial<Record<Suggestion, OwnPage>> = {
  before: 'words',
  first_day: 'share',
  first_coupon: 'share',
  thank: 'people',
  half_way: 'share',
  goal_reached: 'words',
  share: 'share',
  last_days: 'share',
  last_day: 'share',
  sold_out: 'share',
}

function Today({ place, contents }: Props) {
  const { t, act, collective, lang } = place
  const { campaign, numbers, title } = contents
  const { facts, counts } = campaign
  const calendar = campaignDay(facts, act.now, collective.timeZone)
  const suggestion = suggestionFor({
    ...calendar,
    status: campaignStatus(facts, act.now, collective.timeZone),
    available: counts.available,
    own: numbers.bricks.length,
    goal: numbers.goal,
    unthanked: numbers.unthanked,
  })
  const page = LEADS_TO[suggestion]
  const params = {
    dream: title,
    first: formatDay(facts.firstDay, lang),
    last: formatDay(facts.lastDay, lang),
    left: counts.available,
    n: numbers.unthanked,
  }
  return (
    <section class="card own-today" aria-labelledby="today-title">
      <p class="own-day">{t('ambassador.today')}</p>
      <h2 id="today-title">{t(`ambassador.today_${suggestion}`, params)}</h2>
      <p>{t(`ambassador.todo_${suggestion}`, params)}</p>
      {page && <LinkButton href={ownPath(place, page, campaign)}>{t(`ambassador.page_${page}`)}</LinkButton>}
    </section>
  )
}

function OwnHouse({ place, contents }: Props) {
  const { t, lang, act, collective } = place
  const { campaign, numbers, title, bricks } = contents
  const { facts, counts } = campaign
  const { day, days } = campaignDay(facts, act.now, collective.timeZone)
  const states: readonly BrickState[] = decodeBricks(bricks)
  const isBegun = day > 0
  return (
    <Section id="house" title={title}>
      <div class="order-house">
        <House t={t} states={states} goal={counts.goal} own={numbers.bricks} />
        <HouseScale t={t} goal={counts.goal} />
      </div>
      <ProgressLine
        t={t}
        lang={lang}
        given={counts.sold}
        goal={counts.goal}
        {...(isBegun ? { day, days } : {})}
      />
      <Pace place={place} contents={contents} />
    </Section>
  )
}

/** One's own bricks towards one's own goal: compared with nobody. */
function Pace({ place, contents: { campaign, numbers } }: Props) {
  const { t, lang, act, collective } = place
  const { bricks, goal } = numbers
  const calendar = campaignDay(campaign.facts, act.now, collective.timeZone)
  const own = bricks.length
  if (goal === null) {
    return (
      <p>
        {t('ambassador.own_bricks', { n: own })}{' '}
        <a href={ownPath(place, 'words', campaign)}>{t('ambassador.goal_set')}</a>
      </p>
    )
  }
  const isOpen = calendar.day > 0 && campaign.facts.closedAt === null
  const left = goal - own
  return (
    <div class="own-pace">
      <label for="own-pace">{t('ambassador.own_of_goal', { n: own, goal })}</label>
      <progress id="own-pace" max={goal} value={Math.min(own, goal)} />
      {isOpen && left > 0 && (
        <p>
          {t('ambassador.pace_left', { n: left, last: formatDay(campaign.facts.lastDay, lang) })}{' '}
          {isOnPace({ ...calendar, own, goal }) && t('ambassador.pace_kept')}
        </p>
      )}
    </div>
  )
}

/** Kind words about what is already there: no prize, no rank, no money. */
function Recognition({ place, contents: { numbers, invited } }: Props) {
  const { t } = place
  const milestone = milestoneOf(numbers.bricks.length)
  const came = countInvited(invited)
  if (milestone === undefined && came.people === 0) return null
  return (
    <Section id="recognition" title={t('ambassador.recognition')}>
      <ul class="own-marks">
        {milestone !== undefined && <li>{t('ambassador.milestone', { n: milestone })}</li>}
        {numbers.people > 0 && <li>{t('ambassador.brought_people', { n: numbers.people })}</li>}
        {came.people > 0 && (
          <li>
            {t('ambassador.invited_people', { n: came.people })}{' '}
            {came.given > 0 && t('ambassador.invited_brought', { n: came.given })}
          </li>
        )}
      </ul>
    </Section>
  )
}
