import type { Campaign } from '../db/directory.ts'
import { localDay } from '../domain/days.ts'
import type { AmbassadorPlace } from '../people/place.ts'
import { Button } from '../web/button.tsx'
import { DayText } from '../web/day-text.tsx'
import { EmptyState, Section } from '../web/surfaces.tsx'
import type { Invited } from './invited-tree.ts'
import type { Contributor } from './my-people.ts'

export interface PeopleContents {
  readonly campaign: Campaign
  readonly contributors: readonly Contributor[]
  readonly invited: readonly Invited[]
}

/** Who gave through an ambassador, and who came to offer coupons by them. */
export function PeoplePage({ place, contents }: { place: AmbassadorPlace; contents: PeopleContents }) {
  const { t, ambassador } = place
  const { contributors, invited } = contents
  return (
    <>
      <Section id="contributors" title={t('ambassador.contributors')}>
        {contributors.length === 0 ? (
          <EmptyState title={t('ambassador.no_contributors')} />
        ) : (
          <ul class="own-people">
            {contributors.map((one) => (
              <Person key={one.orderId} place={place} contents={contents} contributor={one} />
            ))}
          </ul>
        )}
      </Section>
      <Section id="invited" title={t('ambassador.invited')}>
        {invited.length === 0 ? (
          <EmptyState title={t('ambassador.no_invited')} />
        ) : (
          <div class="own-tree">
            <p>
              <b>
                <bdi>{ambassador.name}</bdi>
              </b>
            </p>
            <Branch place={place} invited={invited} />
          </div>
        )}
      </Section>
    </>
  )
}

type PersonProps = { place: AmbassadorPlace; contents: PeopleContents; contributor: Contributor }

function Person({ place, contents: { campaign }, contributor }: PersonProps) {
  const { t, lang, path, collective } = place
  const { orderId, name, numbers, paidAt, thankedAt } = contributor
  return (
    <li>
      <div>
        <b>{name === null ? t('common.contributor') : <bdi>{name}</bdi>}</b>
        <p class="desk-hint">
          {t('common.coupons', { n: numbers.length })} · <bdi dir="ltr">{numbers.join(', ')}</bdi> ·{' '}
          <DayText lang={lang} day={localDay(paidAt, collective.timeZone)} />
        </p>
      </div>
      {thankedAt && <span class="badge badge-live">{t('ambassador.thanked')}</span>}
      <form method="post" action={`${path}/people/${orderId}/thanks?campaign=${campaign.slug}`}>
        <Button look={thankedAt ? 'plain' : 'quiet'}>
          {t(thankedAt ? 'ambassador.thank_again' : 'ambassador.thank')}
          <span class="unseen"> {name ?? numbers.join(', ')}</span>
        </Button>
      </form>
    </li>
  )
}

/** A nested list; the style sheet draws the lines of the tree. */
function Branch({ place, invited }: { place: AmbassadorPlace; invited: readonly Invited[] }) {
  const { t } = place
  return (
    <ul>
      {invited.map((one) => (
        <li key={one.id}>
          <p>
            <b>
              <bdi>{one.name}</bdi>
            </b>{' '}
            <span class="desk-hint">
              {one.isAccepted ? t('common.coupons', { n: one.given }) : t('ambassador.invited_waiting')}
              {one.brought > 0 && <> · {t('ambassador.invited_brought', { n: one.brought })}</>}
            </span>
          </p>
          {one.invited.length > 0 && <Branch place={place} invited={one.invited} />}
        </li>
      ))}
    </ul>
  )
}
