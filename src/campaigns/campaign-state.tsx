import { daysBetween, formatDay, localDay } from '../domain/days.ts'
import { formatMoney } from '../domain/money.ts'
import { LinkButton } from '../web/button.tsx'
import { Notice, type Tone } from '../web/surfaces.tsx'
import { type CampaignView, type PublicState, worth } from './view.ts'

type SpokenState = Exclude<PublicState, 'live'>

const TONES: Record<SpokenState, Tone> = {
  scheduled: 'plain',
  all_promised: 'warning',
  funded: 'good',
  closed: 'plain',
  delivered: 'good',
}

/** Why nothing can be given now, in the place of the button; nothing while the campaign is live. */
export function CampaignState({ view }: { view: CampaignView }) {
  const { t, state } = view
  if (state === 'live') return null
  return (
    <div class="campaign-state">
      <Notice tone={TONES[state]}>
        <p class="campaign-state-title">{t(`campaign.${state}_title`)}</p>
        <p>{sentence(view, state)}</p>
      </Notice>
      <p>
        <LinkButton href="#wish" look={state === 'scheduled' ? 'main' : 'quiet'}>
          {t('campaign.tell_me')}
        </LinkButton>
      </p>
    </div>
  )
}

function sentence({ t, lang, now, campaign, progress }: CampaignView, state: SpokenState): string {
  const { facts, collective } = campaign
  const today = localDay(now, collective.timeZone)
  switch (state) {
    case 'scheduled':
      return t('campaign.scheduled_text', {
        n: Math.max(0, daysBetween(today, facts.firstDay)),
        day: formatDay(facts.firstDay, lang),
      })
    case 'closed':
      return t('campaign.closed_text', {
        n: progress.counts.sold,
        money: formatMoney(worth(campaign, progress.counts.sold), lang),
      })
    case 'delivered':
      return t('campaign.delivered_text', {
        day: formatDay(localDay(facts.deliveredAt ?? now, collective.timeZone), lang, { year: true }),
      })
    default:
      return t(`campaign.${state}_text`)
  }
}
