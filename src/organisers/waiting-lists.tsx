import { localDay } from '../domain/days.ts'
import { spacedReference } from '../domain/reference.ts'
import { DayText } from '../web/day-text.tsx'
import { MoneyText } from '../web/money-text.tsx'
import { Section } from '../web/surfaces.tsx'
import type {
  AwaitedPayout,
  DeskAmbassador,
  DueRefund,
  ExpectedTransfer,
  WaitingWord,
} from './desk-queries.ts'
import type { Desk } from './organiser-access.ts'

/** How many words of encouragement stand on the desk before the rest is folded. */
export const WORDS_SHOWN = 10

/** Words of encouragement: each is let through or hidden by one press. The first ones are open. */
export function WordList({ desk, words }: WordsProps) {
  const { t } = desk
  const rest = words.slice(WORDS_SHOWN)
  return (
    <Section id="words" title={t('organiser.words', { n: words.length })}>
      <WordForms desk={desk} words={words.slice(0, WORDS_SHOWN)} />
      {rest.length > 0 && (
        <details class="desk-rest">
          <summary>{t('organiser.words.more', { n: rest.length })}</summary>
          <WordForms desk={desk} words={rest} />
        </details>
      )}
    </Section>
  )
}

type WordsProps = { desk: Desk; words: readonly WaitingWord[] }

function WordForms({ desk, words }: WordsProps) {
  const { t, path } = desk
  return (
    <ul class="desk-list">
      {words.map((word) => (
        <li key={word.orderId}>
          <blockquote lang={word.lang} dir="auto">
            {word.text}
          </blockquote>
          <p class="desk-by">
            <bdi>{word.name ?? t('common.contributor')}</bdi>
          </p>
          <form class="desk-row" method="post" action={`${path}/words/${word.orderId}`}>
            <button class="button button-quiet" type="submit" name="decision" value="allow">
              {t('organiser.words.allow')}
            </button>
            <button class="button button-plain" type="submit" name="decision" value="hide">
              {t('organiser.words.hide')}
            </button>
          </form>
        </li>
      ))}
    </ul>
  )
}

export interface TransferTableProps {
  readonly desk: Desk
  readonly transfers: readonly ExpectedTransfer[]
  /** Whether those that hold numbers can be ticked, for the form around the table. */
  readonly canChoose?: boolean
}

/** Bank transfers that are expected, as a table to hold beside the statement. */
export function TransferTable({ desk, transfers, canChoose }: TransferTableProps) {
  const { t, lang, path, collective } = desk
  return (
    <div class="table-wrap">
      <table class="table desk-table">
        <thead>
          <tr>
            {canChoose && <td />}
            <th scope="col">{t('organiser.reference')}</th>
            <th scope="col" class="table-number">
              {t('organiser.amount')}
            </th>
            <th scope="col">{t('organiser.from_whom')}</th>
            <th scope="col">{t('organiser.until')}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {transfers.map((transfer) => (
            <tr key={transfer.orderId}>
              {canChoose && <td>{!transfer.isExpired && <Choose desk={desk} transfer={transfer} />}</td>}
              <th scope="row">
                <bdi class="desk-reference" dir="ltr">
                  {spacedReference(transfer.reference)}
                </bdi>
              </th>
              <td class="table-number">
                <MoneyText lang={lang} amount={transfer.amount} />
              </td>
              <td>
                <bdi>{transfer.name ?? t('organiser.anonymous')}</bdi>
              </td>
              <td>
                {transfer.isExpired ? (
                  t('organiser.expired')
                ) : (
                  <DayText lang={lang} day={localDay(transfer.expiresAt, collective.timeZone)} />
                )}
              </td>
              <td class="table-action">
                <a class="button button-quiet" href={`${path}/transfers/${transfer.orderId}`}>
                  {t('organiser.transfers.arrived')}
                </a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Choose({ desk, transfer }: { desk: Desk; transfer: ExpectedTransfer }) {
  const reference = spacedReference(transfer.reference)
  return (
    <label class="table-choice">
      <input
        type="checkbox"
        name="order"
        value={transfer.orderId}
        aria-label={desk.t('organiser.release.choose', { reference })}
      />
    </label>
  )
}

/** Card payments that a provider still holds, by day. */
export function PayoutList({ desk, payouts }: { desk: Desk; payouts: readonly AwaitedPayout[] }) {
  const { t, lang, path } = desk
  return (
    <Section id="payouts" title={t('organiser.payouts')}>
      <p class="desk-hint">{t('organiser.payouts.hint')}</p>
      <ul class="desk-list">
        {payouts.map((payout) => (
          <li key={`${payout.provider} ${payout.day}`} class="desk-line">
            <span>
              <DayText lang={lang} day={payout.day} /> ·{' '}
              <MoneyText lang={lang} amount={{ minor: payout.totalMinor, currency: payout.currency }} /> ·{' '}
              {t('organiser.payments', { n: payout.paymentIds.length })}
            </span>
            <a class="button button-quiet" href={`${path}/payouts/${payout.provider}/${payout.day}`}>
              {t('organiser.payouts.arrived')}
            </a>
          </li>
        ))}
      </ul>
    </Section>
  )
}

export function RefundList({ desk, refunds }: { desk: Desk; refunds: readonly DueRefund[] }) {
  const { t, lang, path } = desk
  return (
    <Section id="refunds" title={t('organiser.refunds', { n: refunds.length })}>
      <p class="desk-hint">{t('organiser.refunds.hint')}</p>
      <ul class="desk-list">
        {refunds.map((refund) => (
          <li key={refund.id} class="desk-line">
            <span>
              <MoneyText lang={lang} amount={refund.amount} /> ·{' '}
              <bdi>{refund.name ?? t('organiser.anonymous')}</bdi>
            </span>
            <a class="button button-quiet" href={`${path}/refunds/${refund.id}`}>
              {t('organiser.refunds.done')}
            </a>
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** People who offered to become ambassadors. How to reach them is shown: somebody has to call. */
export function ProposalList({ desk, proposals }: { desk: Desk; proposals: readonly DeskAmbassador[] }) {
  const { t, path } = desk
  return (
    <Section id="proposals" title={t('organiser.proposals', { n: proposals.length })}>
      <p class="desk-hint">{t('organiser.proposals.hint')}</p>
      <ul class="desk-list">
        {proposals.map((person) => (
          <li key={person.id} class="desk-line">
            <span>
              <bdi>{person.name}</bdi>
              {person.phone && (
                <>
                  {' · '}
                  <a href={`tel:${person.phone}`} dir="ltr">
                    {person.phone}
                  </a>
                </>
              )}
              {person.email && (
                <>
                  {' · '}
                  <a href={`mailto:${person.email}`} dir="ltr">
                    {person.email}
                  </a>
                </>
              )}
            </span>
            <form class="desk-row" method="post" action={`${path}/ambassadors/${person.id}`}>
              <button class="button button-quiet" type="submit" name="decision" value="accept">
                {t('organiser.proposals.accept')}
              </button>
              <button class="button button-plain" type="submit" name="decision" value="decline">
                {t('organiser.proposals.decline')}
              </button>
            </form>
          </li>
        ))}
      </ul>
    </Section>
  )
}
