import type { Lang } from '../domain/lang.ts'
import { TextField } from '../web/fields.tsx'
import { MAX_STORY_CHARACTERS, MAX_SUMMARY_CHARACTERS, MAX_TITLE_CHARACTERS } from './dream.ts'
import { type FormPart, LocalizedField } from './localized-fields.tsx'

export interface CampaignFieldsProps extends FormPart {
  /** The main language first. */
  readonly langs: readonly Lang[]
}

/** The fields that `readCampaign` reads: the dream in each language, the address, price, goal and days. */
export function CampaignFields(props: CampaignFieldsProps) {
  const { t } = props
  return (
    <>
      <LocalizedField
        {...props}
        name="title"
        label={t('organiser.field.title')}
        hint={t('organiser.hint.title')}
        maxLength={MAX_TITLE_CHARACTERS}
      />
      <LocalizedField
        {...props}
        name="summary"
        label={t('organiser.field.summary')}
        hint={t('organiser.hint.summary')}
        maxLength={MAX_SUMMARY_CHARACTERS}
        rows={2}
      />
      <LocalizedField
        {...props}
        name="story"
        label={t('organiser.field.story')}
        hint={t('organiser.hint.story')}
        maxLength={MAX_STORY_CHARACTERS}
        rows={8}
      />
      <TermFields {...props} />
    </>
  )
}

function TermFields({ t, form, errors }: CampaignFieldsProps) {
  const field = (name: string) => ({
    t,
    name,
    label: t(`organiser.field.${name}`),
    value: form.shown(name),
    error: errors[name],
  })
  return (
    <>
      <TextField
        {...field('campaign_slug')}
        hint={t('organiser.hint.campaign_slug')}
        dir="ltr"
        maxLength={60}
        optional
      />
      <div class="field-pair">
        <TextField
          {...field('price')}
          hint={t('organiser.hint.price')}
          inputmode="decimal"
          dir="ltr"
          maxLength={30}
        />
        <TextField
          {...field('goal')}
          hint={t('organiser.hint.goal')}
          inputmode="numeric"
          dir="ltr"
          maxLength={12}
        />
      </div>
      <div class="field-pair">
        <TextField {...field('first_day')} hint={t('organiser.hint.first_day')} type="date" />
        <TextField
          {...field('days')}
          hint={t('organiser.hint.days')}
          inputmode="numeric"
          dir="ltr"
          maxLength={6}
        />
      </div>
      <input type="hidden" name="campaign_id" value={form.id('campaign_id')} />
    </>
  )
}
