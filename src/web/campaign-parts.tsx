import type { ComponentChildren } from 'preact'
import type { LocalDay } from '../domain/days.ts'
import type { Lang } from '../domain/lang.ts'
import { type Money, sum } from '../domain/money.ts'
import type { T } from '../i18n/translator.ts'
import { DayText } from './day-text.tsx'
import { MoneyText } from './money-text.tsx'

type Words = { t: T; lang: Lang }

/** A story as its author wrote it: blank lines part the paragraphs. */
export function Story({ text, lang }: { text: string; lang?: Lang }) {
  return (
    <div class="story" lang={lang} dir="auto">
      {text.split(/\n\s*\n/).map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
    </div>
  )
}

export type Association = {
  name: string
  authorisationNumber: string
  /** Both included. */
  authorisedFrom: LocalDay
  authorisedTo: LocalDay
}

/** Who collects the money, and by which permission. */
export function AssociationCard({ t, lang, association }: Words & { association: Association }) {
  return (
    <div class="card association">
      <p class="association-name">
        <bdi>{association.name}</bdi>
      </p>
      <p>{t('common.association.collects')}</p>
      <dl class="facts">
        <div>
          <dt>{t('common.association.authorisation')}</dt>
          <dd>
            <bdi dir="ltr">{association.authorisationNumber}</bdi>
          </dd>
        </div>
        <div>
          <dt>{t('common.association.period')}</dt>
          <dd>
            <DayText lang={lang} day={association.authorisedFrom} /> –{' '}
            <DayText lang={lang} day={association.authorisedTo} />
          </dd>
        </div>
      </dl>
    </div>
  )
}

export type UpdateItem = { id: string; on: LocalDay; title: string; body: string; lang?: Lang }

/** News, the newest first as given. `id` becomes the anchor of each. */
export function UpdatesList({ lang, updates }: { lang: Lang; updates: readonly UpdateItem[] }) {
  return (
    <ol class="updates">
      {updates.map((update) => (
        <li key={update.id} id={update.id}>
          <article lang={update.lang}>
            <p class="update-day" lang={lang}>
              <DayText lang={lang} day={update.on} />
            </p>
            <h3 dir="auto">{update.title}</h3>
            <Story text={update.body} />
          </article>
        </li>
      ))}
    </ol>
  )
}

export type Encouragement = { id: string; text: string; lang: Lang }

/** Words of encouragement, and nothing of who wrote them: no contributor is named on a public page. */
export function EncouragementList({ words }: { words: readonly Encouragement[] }) {
  return (
    <ul class="encouragements">
      {words.map((word) => (
        <li key={word.id}>
          <blockquote lang={word.lang} dir="auto">
            {word.text}
          </blockquote>
        </li>
      ))}
    </ul>
  )
}

/** `coupons` is left out before anything can be given. */
export type AmbassadorItem = { name: string; href: string; coupons?: number }

/** Ambassadors of dignity with the coupons given through them. */
export function AmbassadorList({ t, ambassadors }: { t: T; ambassadors: readonly AmbassadorItem[] }) {
  return (
    <ul class="ambassadors">
      {ambassadors.map((ambassador) => (
        <li key={ambassador.href}>
          <a href={ambassador.href}>
            <bdi class="ambassador-name">{ambassador.name}</bdi>{' '}
            {ambassador.coupons !== undefined && (
              <span class="ambassador-count">{t('common.coupons', { n: ambassador.coupons })}</span>
            )}
          </a>
        </li>
      ))}
    </ul>
  )
}

export type StepItem = { title: string; text: ComponentChildren }

/** How it works: numbered steps; the product's own three when none are given. */
export function Steps({ t, steps }: { t: T; steps?: readonly StepItem[] }) {
  const own = ['1', '2', '3'].map((n) => ({
    title: t(`common.step.${n}.title`),
    text: t(`common.step.${n}.text`),
  }))
  return (
    <ol class="steps">
      {(steps ?? own).map((step) => (
        <li key={step.title}>
          <h3>{step.title}</h3>
          <p>{step.text}</p>
        </li>
      ))}
    </ol>
  )
}

export type SpendingRow = { label: string; amount: Money }

/** What a home was spent on, with its total. All amounts are of one currency; there is at least one row. */
export function SpendingTable({ t, lang, rows }: Words & { rows: readonly [SpendingRow, ...SpendingRow[]] }) {
  const total = sum(
    rows.map((row) => row.amount),
    rows[0].amount.currency,
  )
  return (
    <table class="table">
      <caption class="unseen">{t('common.spending')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('common.spending.what')}</th>
          <th scope="col" class="table-number">
            {t('common.spending.amount')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.label}>
            <th scope="row" dir="auto">
              {row.label}
            </th>
            <td class="table-number">
              <MoneyText lang={lang} amount={row.amount} />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t('common.spending.total')}</th>
          <td class="table-number">
            <MoneyText lang={lang} amount={total} />
          </td>
        </tr>
      </tfoot>
    </table>
  )
}
