import { campaignPath } from '../domain/address.ts'
import { campaignStatus } from '../domain/campaign.ts'
import { formatDay } from '../domain/days.ts'
import { newId } from '../domain/id.ts'
import { LinkButton } from '../web/button.tsx'
import type { FieldErrors } from '../web/error-summary.tsx'
import { StatePage } from '../web/state-page.tsx'
import { Card, Notice } from '../web/surfaces.tsx'
import { givePath, inEveryLang } from './addresses.ts'
import type { Place } from './campaign-at.ts'
import type { FormNotice } from './form-id.tsx'
import { GIVE_FORM_ID, GiveForm } from './give-form.tsx'
import type { GiveValues } from './give-values.ts'
import type { OrderPageServices } from './services.ts'
import { Shell } from './shell.tsx'
import { WishForm, type WishFormProps } from './wish-form.tsx'

export interface GivePageProps extends Place {
  readonly services: OrderPageServices
  readonly dream: string
  readonly ambassador?: { readonly slug: string; readonly name: string }
  readonly id?: string
  readonly values?: GiveValues
  readonly errors?: FieldErrors
  readonly notice?: FormNotice
}

/** The form to give on a page of its own. */
export function GivePage(props: GivePageProps) {
  const { services, campaign, lang, t, dream, ambassador, id = newId(), values, errors, notice } = props
  return (
    <GiveShell {...props} languageForm={GIVE_FORM_ID}>
      <div class="give-page">
        <header>
          {ambassador && <p class="hero-invitation">{t('common.invitation', { name: ambassador.name })}</p>}
          <h1>{t('give.heading')}</h1>
          <p class="give-dream">
            <a href={campaignPath(lang, campaign, ambassador)} dir="auto">
              {dream}
            </a>
          </p>
        </header>
        {notice && <Notice tone="warning">{t(`give.notice_${notice}`)}</Notice>}
        <Card>
          <GiveForm
            campaign={campaign}
            lang={lang}
            t={t}
            id={id}
            cardAvailable={services.card !== undefined}
            transferDays={services.transferDays}
            ambassador={ambassador}
            values={values}
            errors={errors}
          />
        </Card>
      </div>
    </GiveShell>
  )
}

/** Why nothing can be given now, or undefined when it can. */
export function notOpenState(
  services: Pick<OrderPageServices, 'now'>,
  { campaign }: Place,
): 'scheduled' | 'sold_out' | 'closed' | undefined {
  const status = campaignStatus(campaign.facts, services.now(), campaign.collective.timeZone)
  if (status === 'live') return campaign.counts.available === 0 ? 'sold_out' : undefined
  if (status === 'funded') return 'sold_out'
  return status === 'scheduled' ? 'scheduled' : 'closed'
}

/** Not open yet, over, or every coupon taken; then with the wish to be told of the next dream. */
export function NotOpenPage(
  props: GivePageProps & {
    state: NonNullable<ReturnType<typeof notOpenState>>
    wish?: Partial<WishFormProps>
  },
) {
  const { campaign, lang, t, ambassador, state, wish } = props
  const back = (
    <LinkButton href={campaignPath(lang, campaign, ambassador)} look="quiet">
      {t('give.back_to_campaign')}
    </LinkButton>
  )
  if (state === 'scheduled') {
    return (
      <GiveShell {...props}>
        <StatePage
          picture="soon"
          title={t('give.not_open_title')}
          sentence={t('give.not_open_text', { day: formatDay(campaign.facts.firstDay, lang) })}
        >
          {back}
        </StatePage>
      </GiveShell>
    )
  }
  return (
    <GiveShell {...props}>
      <StatePage
        picture={state === 'closed' ? 'closed' : 'done'}
        title={t(state === 'closed' ? 'give.closed_title' : 'give.sold_out_title')}
        sentence={t(state === 'closed' ? 'give.closed_text' : 'give.sold_out_text')}
      >
        {back}
      </StatePage>
      <Card>
        <h2 class="card-title">{t('give.wish_heading')}</h2>
        <WishForm campaign={campaign} lang={lang} t={t} id={newId()} {...wish} />
      </Card>
    </GiveShell>
  )
}

/** The same id was sent before with other content: nothing of that order is told. */
export function DifferentPage(props: GivePageProps & { status: string }) {
  const { campaign, lang, t, ambassador, status } = props
  return (
    <GiveShell {...props}>
      <StatePage
        picture="closed"
        title={t('give.different_title')}
        sentence={
          <>
            {t(`give.outcome_${status}`)} {t('give.different_text')}
          </>
        }
      >
        <LinkButton href={givePath(lang, campaign, ambassador)}>{t('give.start_afresh')}</LinkButton>
      </StatePage>
    </GiveShell>
  )
}

/** More was sent than any form of ours can hold. */
export function TooLargePage(props: GivePageProps) {
  const { campaign, lang, t } = props
  return (
    <GiveShell {...props}>
      <StatePage picture="lost" title={t('give.too_large_title')} sentence={t('give.too_large_text')}>
        <LinkButton href={givePath(lang, campaign)}>{t('give.start_afresh')}</LinkButton>
      </StatePage>
    </GiveShell>
  )
}

function GiveShell(props: GivePageProps & { languageForm?: string; children?: preact.ComponentChildren }) {
  const { services, campaign, lang, t, dream, ambassador, languageForm, children } = props
  return (
    <Shell
      services={services}
      t={t}
      lang={lang}
      campaign={campaign}
      title={t('give.page_title', { dream })}
      path={givePath(lang, campaign, ambassador)}
      canonical={campaignPath(lang, campaign, ambassador)}
      alternates={inEveryLang((other) => givePath(other, campaign, ambassador))}
      languageForm={languageForm}
      noindex
    >
      {children}
    </Shell>
  )
}
