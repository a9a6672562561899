import type { Campaign } from '../db/directory.ts'
import type { Lang } from '../domain/lang.ts'
import { Form } from '../people/form.ts'
import type { AmbassadorPlace } from '../people/place.ts'
import { Button } from '../web/button.tsx'
import { ErrorSummary } from '../web/error-summary.tsx'
import { TextArea, TextField } from '../web/fields.tsx'
import { LANG_NAMES } from '../web/layout.tsx'
import { MAX_WORDS_CHARACTERS } from './keep-pledge.ts'
import type { OwnNumbers } from './own-numbers.ts'
import { ownPath } from './own-shell.tsx'

type Props = { place: AmbassadorPlace; campaign: Campaign; form: Form }

/** The own goal and the own words for one dream, which stand on the ambassador's public page. */
export function WordsPage({ place, campaign, form }: Props) {
  const { t } = place
  const errors = form.errors(t)
  return (
    <form class="form" method="post" action={ownPath(place, 'words', campaign)} noValidate>
      <p>{t('ambassador.words_lead')}</p>
      <ErrorSummary t={t} errors={form.summary(t)} />
      <TextField
        t={t}
        name="own_goal"
        label={t('ambassador.goal_label')}
        hint={t('ambassador.goal_hint')}
        value={form.shown('own_goal')}
        error={errors.own_goal}
        inputmode="numeric"
        dir="ltr"
        size={6}
        optional
      />
      {langsFirst(place).map((one, index) => (
        <TextArea
          key={one}
          t={t}
          name={`words_${one}`}
          label={`${t('ambassador.words_label')} — ${LANG_NAMES[one]}`}
          hint={index === 0 ? t('ambassador.words_hint') : undefined}
          value={form.shown(`words_${one}`)}
          error={errors[`words_${one}`]}
          maxLength={MAX_WORDS_CHARACTERS}
          rows={3}
          optional
        />
      ))}
      <p class="desk-row">
        <Button>{t('ambassador.words_keep')}</Button>
      </p>
    </form>
  )
}

/** The languages of the collective, the reader's first. */
export function langsFirst({ lang, collective }: AmbassadorPlace): readonly Lang[] {
  return collective.langs.toSorted((one, other) => Number(other === lang) - Number(one === lang))
}

/** The form with what is kept already. */
export function filledWords({ goal, words }: OwnNumbers): Form {
  const sent = new URLSearchParams(
    Object.entries(words).map(([lang, text]): [string, string] => [`words_${lang}`, text ?? '']),
  )
  if (goal !== null) sent.set('own_goal', String(goal))
  return new Form(sent)
}
