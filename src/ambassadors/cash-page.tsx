import type { CashOf, SaleInHand } from '../custody/cash.ts'
import type { Remittance, RemittanceWay } from '../custody/remittances.ts'
import type { Campaign } from '../db/directory.ts'
import { daysBetween, localDay } from '../domain/days.ts'
import { formatMoney, type Money } from '../domain/money.ts'
import type { Form } from '../people/form.ts'
import type { AmbassadorPlace } from '../people/place.ts'
import { Button } from '../web/button.tsx'
import { DayText } from '../web/day-text.tsx'
import { ErrorSummary } from '../web/error-summary.tsx'
import { RadioCards, TextField } from '../web/fields.tsx'
import { MoneyText } from '../web/money-text.tsx'
import { Card, EmptyState, Section } from '../web/surfaces.tsx'
import { ownPath } from './own-shell.tsx'

const WAYS = ['hand', 'deposit', 'transfer'] as const
export const MAX_NOTE_CHARACTERS = 280

export interface CashContents {
  readonly campaign: Campaign
  readonly cash: CashOf
  readonly remittances: readonly Remittance[]
  readonly form: Form
}

type Props = { place: AmbassadorPlace; contents: CashContents }

/** The cash in an ambassador's hands and since when, the way to hand it over, and what was handed over. */
export function CashPage({ place, contents }: Props) {
  const { t, lang, today } = place
  const { campaign, cash, remittances, form } = contents
  const inHand = money(campaign, cash.inHandMinor)
  return (
    <>
      <Card>
        <p class="own-cash">
          {t('ambassador.cash_in_hand')}{' '}
          <strong>
            <MoneyText lang={lang} amount={inHand} />
          </strong>
        </p>
        {cash.sinceDay && cash.sinceDay < today && (
          <p>{t('ambassador.cash_since', { n: daysBetween(cash.sinceDay, today) })}</p>
        )}
        <p class="desk-hint">
          {t('ambassador.cash_limit', { amount: formatMoney(money(campaign, cash.limitMinor), lang) })}
        </p>
      </Card>
      {waitingSales(cash).length > 0 ? (
        <Declaration place={place} contents={contents} />
      ) : (
        <ErrorSummary t={t} errors={form.summary(t)} />
      )}
      <Section id="remittances" title={t('ambassador.remittances')}>
        {remittances.length === 0 ? (
          <EmptyState title={t('ambassador.no_remittances')} />
        ) : (
          <ul class="own-people">
            {remittances.map((one) => (
              <HandedOver key={one.id} place={place} campaign={campaign} remittance={one} />
            ))}
          </ul>
        )}
      </Section>
    </>
  )
}

export function isWay(text: string): text is RemittanceWay {
  return WAYS.some((way) => way === text)
}

/** What can be handed over: what is in no remittance yet. */
export function waitingSales({ sales }: CashOf): readonly SaleInHand[] {
  return sales.filter(({ remittanceId }) => remittanceId === null)
}

function Declaration({ place, contents }: Props) {
  const { t } = place
  const { campaign, cash, form } = contents
  const errors = form.errors(t)
  const waiting = waitingSales(cash)
  const coupons = waiting.reduce((sum, { quantity }) => sum + quantity, 0)
  return (
    <form class="form" method="post" action={ownPath(place, 'cash', campaign)} noValidate>
      <h2>{t('ambassador.declare')}</h2>
      <p>{t('ambassador.declare_lead', { n: coupons })}</p>
      <ErrorSummary t={t} errors={form.summary(t)} />
      <TextField
        t={t}
        name="amount"
        label={t('organiser.amount')}
        value={form.shown('amount')}
        error={errors.amount}
        inputmode="decimal"
        dir="ltr"
        maxLength={30}
      />
      <RadioCards
        t={t}
        name="way"
        label={t('ambassador.way')}
        value={form.shown('way')}
        error={errors.way}
        choices={WAYS.map((way) => ({ value: way, label: t(`ambassador.way_${way}`) }))}
      />
      <TextField
        t={t}
        name="note"
        label={t('ambassador.note')}
        value={form.shown('note')}
        error={errors.note}
        maxLength={MAX_NOTE_CHARACTERS}
        optional
      />
      {/* What was on the page, so that cash taken meanwhile is not declared unseen. */}
      <input
        type="hidden"
        name="sales"
        value={form.shown('sales') || waiting.map(({ saleId }) => saleId).join(' ')}
      />
      <input type="hidden" name="id" value={form.id()} />
      <Button>{t('ambassador.declare')}</Button>
    </form>
  )
}

type HandedOverProps = { place: AmbassadorPlace; campaign: Campaign; remittance: Remittance }

function HandedOver({ place, campaign, remittance }: HandedOverProps) {
  const { t, lang, collective } = place
  const { amountMinor, countedMinor, way, declaredAt, status, reason } = remittance
  return (
    <li>
      <div>
        <b>
          <MoneyText lang={lang} amount={money(campaign, amountMinor)} />
        </b>
        <p class="desk-hint">
          {t(`ambassador.way_${way}`)} ·{' '}
          <DayText lang={lang} day={localDay(declaredAt, collective.timeZone)} />
        </p>
        {countedMinor !== null && countedMinor !== amountMinor && (
          <p>
            {t('ambassador.counted', { amount: formatMoney(money(campaign, countedMinor), lang) })}{' '}
            {reason && <bdi>{reason}</bdi>}
          </p>
        )}
      </div>
      <span class={status === 'confirmed' ? 'badge badge-live' : 'badge'}>
        {t(`ambassador.remittance_${status}`)}
      </span>
    </li>
  )
}

function money({ currency }: Campaign, minor: bigint): Money {
  return { minor, currency }
}
