import { DEFAULT_DAYS } from '../domain/campaign.ts'
import type { Lang, LocalizedText } from '../domain/lang.ts'
import type { Currency } from '../domain/money.ts'
import { RESERVED_CAMPAIGN_SLUGS } from '../domain/slug.ts'
import type { Form } from '../people/form.ts'
import { checkTerms, MAX_CAMPAIGN_DAYS, MAX_GOAL } from './campaign-terms.ts'
import type { NewCampaign } from './create-campaign.ts'
import {
  type Dream,
  type DreamText,
  MAX_STORY_CHARACTERS,
  MAX_SUMMARY_CHARACTERS,
  MAX_TITLE_CHARACTERS,
} from './dream.ts'

export const DEFAULT_GOAL = 1000

/** What a fresh campaign form holds. */
export const CAMPAIGN_DEFAULTS = { goal: String(DEFAULT_GOAL), days: String(DEFAULT_DAYS) }

/**
 * Reads the fields of `CampaignFields`; undefined when something is wrong with one of them. The main language,
 * the first of `langs`, needs all three texts, and so does each of `told`; any other has all or none of them.
 * `lang` is the language of the page that held the form.
 */
export function readCampaign(
  form: Form,
  langs: readonly Lang[],
  currency: Currency | undefined,
  lang: Lang,
  told: readonly Lang[] = [],
): NewCampaign | undefined {
  const dream = readDream(form, langs, told)
  const titles = langs.map((lang) => dream?.[lang]?.title ?? '')
  const slug = form.slug('campaign_slug', RESERVED_CAMPAIGN_SLUGS, titles)
  const priceMinor = currency && form.amount('price', currency, lang)
  const goal = form.whole('goal', 1, MAX_GOAL)
  const firstDay = form.day('first_day')
  const days = form.whole('days', 1, MAX_CAMPAIGN_DAYS)
  if (!dream || !slug || !priceMinor || !goal || !firstDay || !days) return undefined
  const campaign = { id: form.id('campaign_id'), slug, priceMinor, goal, firstDay, days, dream }
  return checkTerms(campaign) ? form.fail('price', 'total_too_large') : campaign
}

function readDream(form: Form, langs: readonly Lang[], told: readonly Lang[]): Dream | undefined {
  const dream: Dream = {}
  for (const [index, lang] of langs.entries()) {
    const isEmpty = ['title', 'summary', 'story'].every((name) => form.isEmpty(`${name}_${lang}`))
    if (index > 0 && isEmpty && !told.includes(lang)) continue
    const text = readDreamText(form, lang)
    if (text) dream[lang] = text
  }
  return form.ok || langs.some((lang) => dream[lang]) ? dream : undefined
}

function readDreamText(form: Form, lang: Lang): DreamText | undefined {
  const title = form.text(`title_${lang}`, MAX_TITLE_CHARACTERS)
  const summary = form.text(`summary_${lang}`, MAX_SUMMARY_CHARACTERS)
  const story = form.text(`story_${lang}`, MAX_STORY_CHARACTERS, { lines: true })
  return title && summary && story ? { title, summary, story } : undefined
}

/** A short text in the main language, and in the others that were filled in. */
export function readLocalized(
  form: Form,
  name: string,
  langs: readonly Lang[],
  max: number,
): LocalizedText | undefined {
  const texts: LocalizedText = {}
  for (const [index, lang] of langs.entries()) {
    const field = `${name}_${lang}`
    if (index > 0 && form.isEmpty(field)) continue
    const text = form.text(field, max)
    if (text !== undefined) texts[lang] = text
  }
  return langs[0] && texts[langs[0]] ? texts : undefined
}
