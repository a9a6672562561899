import { type Context, Hono } from 'hono'
import { type Campaign, findCampaign } from '../db/directory.ts'
import { campaignStatus } from '../domain/campaign.ts'
import { daysBetween } from '../domain/days.ts'
import { inLang, isLang, type Lang } from '../domain/lang.ts'
import { formatMoney } from '../domain/money.ts'
import { isSlug } from '../domain/slug.ts'
import { ConfirmPage } from '../people/confirm-page.tsx'
import { Form, readForm } from '../people/form.ts'
import { showLost } from '../people/page.tsx'
import { Button } from '../web/button.tsx'
import { DayText } from '../web/day-text.tsx'
import { ErrorSummary } from '../web/error-summary.tsx'
import { MoneyText } from '../web/money-text.tsx'
import { CampaignFields } from './campaign-fields.tsx'
import { CAMPAIGN_DEFAULTS, readCampaign } from './campaign-form.ts'
import { closeCampaign } from './close-campaign.ts'
import { createCampaign } from './create-campaign.ts'
import { deliverCampaign } from './deliver-campaign.ts'
import { dreamTitles } from './desk-queries.ts'
import { DESK } from './desk-routes.tsx'
import { backToDesk, showDesk } from './desk-shell.tsx'
import { readDream } from './dream.ts'
import { editDraft } from './edit-draft.ts'
import { atDesk, type Desk } from './organiser-access.ts'
import { scheduleCampaign } from './schedule-campaign.ts'
import type { OrganiserServices } from './services.ts'

/** The life of a campaign: draft, schedule, close, deliver. */
export function campaignLifeRoutes(services: OrganiserServices): Hono {
  const app = new Hono()
  const draft = `${DESK}/campaigns/new`
  app.get(
    draft,
    atDesk(services, async (c, desk) => {
      const { priceMinor, currency } = await latestPrice(desk)
      const price = priceMinor === undefined ? '' : formatMoney({ minor: priceMinor, currency }, desk.lang)
      return showForm(c, desk, new Form(new URLSearchParams({ ...CAMPAIGN_DEFAULTS, price })), 'new')
    }),
  )
  app.post(draft, atDesk(services, takeNew))
  app.get(`${DESK}/campaigns/:campaign/edit`, atDesk(services, askEdit))
  app.post(`${DESK}/campaigns/:campaign/edit`, atDesk(services, takeEdit))
  for (const step of ['schedule', 'closing', 'delivery'] as const) {
    app.get(
      `${DESK}/campaigns/:campaign/${step}`,
      atDesk(services, (c, desk) => askStep(c, desk, step)),
    )
    app.post(
      `${DESK}/campaigns/:campaign/${step}`,
      atDesk(services, (c, desk) => takeStep(c, desk, step)),
    )
  }
  return app
}

/** The campaign that the address names, in this collective. */
export async function campaignOf(c: Context, desk: Desk): Promise<Campaign | undefined> {
  const slug = c.req.param('campaign') ?? ''
  return isSlug(slug) ? await findCampaign(desk.services.db, desk.collective, { slug }) : undefined
}

async function takeNew(c: Context, desk: Desk): Promise<Response> {
  const { tenant, collective, act } = desk
  const form = await readForm(c)
  const wish = readCampaign(form, langsOf(desk), collective.currency, desk.lang)
  if (!wish || !form.ok) return showForm(c, desk, form, 'new')
  const created = await createCampaign(tenant, collective, wish, act)
  if (created.ok) return backToDesk(c, desk, 'campaign_created', wish.slug)
  form.refuse(fieldOf(created.status), created.status, 'campaign_id')
  return showForm(c, desk, form, 'new')
}

async function askEdit(c: Context, desk: Desk): Promise<Response> {
  const campaign = await draftOf(c, desk)
  if (!campaign) return showLost(c, desk.services, desk.lang)
  const { facts, currency, priceMinor } = campaign
  const values = new URLSearchParams({
    campaign_slug: campaign.slug,
    price: formatMoney({ minor: priceMinor, currency }, desk.lang),
    goal: String(facts.goal),
    first_day: facts.firstDay,
    days: String(daysBetween(facts.firstDay, facts.lastDay) + 1),
  })
  for (const [lang, text] of Object.entries(await readDream(desk.tenant, campaign.id))) {
    for (const [name, value] of Object.entries(text)) values.set(`${name}_${lang}`, value)
  }
  return showForm(c, desk, new Form(values), `${campaign.slug}/edit`)
}

async function takeEdit(c: Context, desk: Desk): Promise<Response> {
  const { tenant, collective, act } = desk
  const campaign = await draftOf(c, desk)
  if (!campaign) return showLost(c, desk.services, desk.lang)
  const place = `${campaign.slug}/edit`
  const form = await readForm(c)
  const told = Object.keys(await readDream(desk.tenant, campaign.id)).filter(isLang)
  const wish = readCampaign(form, langsOf(desk), collective.currency, desk.lang, told)
  if (!wish || !form.ok) return showForm(c, desk, form, place)
  const edited = await editDraft(tenant, collective, campaign.id, wish, act)
  if (edited.ok) return backToDesk(c, desk, 'campaign_edited', wish.slug)
  form.fail(fieldOf(edited.status), edited.status)
  return showForm(c, desk, form, place)
}

function fieldOf(status: string): string {
  return status.startsWith('slug_') ? 'campaign_slug' : ''
}

function showForm(c: Context, desk: Desk, form: Form, place: string): Response {
  const { t, lang, path } = desk
  const errors = form.errors(t)
  const title = t(place === 'new' ? 'organiser.new_campaign' : 'organiser.action.edit')
  const body = (
    <form class="form" method="post" action={`${path}/campaigns/${place}`} noValidate>
      <h1>{title}</h1>
      <p>{t('organiser.new_campaign.lead')}</p>
      <ErrorSummary t={t} errors={form.summary(t)} />
      <CampaignFields t={t} lang={lang} form={form} errors={errors} langs={langsOf(desk)} />
      <p class="desk-row">
        <Button>{t('organiser.save_draft')}</Button>
        <a class="button button-plain" href={path}>
          {t('common.cancel')}
        </a>
      </p>
    </form>
  )
  return showDesk(c, desk, { title, width: 'reading', status: form.status, body })
}

// So many coupons are made within two seconds; a million takes a quarter of a minute.
const QUICK_GOAL = 50_000

type Step = 'schedule' | 'closing' | 'delivery'

const STEPS = {
  schedule: { run: scheduleCampaign, done: 'scheduled', from: ['draft'] },
  closing: { run: closeCampaign, done: 'closed', from: ['scheduled', 'live', 'funded'] },
  delivery: { run: deliverCampaign, done: 'delivered', from: ['funded', 'closed'] },
} as const

async function askStep(c: Context, desk: Desk, step: Step): Promise<Response> {
  const campaign = await campaignOf(c, desk)
  if (!campaign || !isPossible(campaign, desk, step)) return showLost(c, desk.services, desk.lang)
  return showStep(c, desk, step, campaign)
}

async function takeStep(c: Context, desk: Desk, step: Step): Promise<Response> {
  const { services, tenant, collective, act, lang, t } = desk
  const campaign = await campaignOf(c, desk)
  if (!campaign) return showLost(c, services, lang)
  const { run, done } = STEPS[step]
  const outcome = await run(tenant, collective, campaign.id, act)
  // A second press finds it done already: that is no fault of anybody.
  if (outcome.ok || outcome.status.startsWith('already_')) return backToDesk(c, desk, done, campaign.slug)
  return showStep(c, desk, step, campaign, t(`organiser.error.${outcome.status}`))
}

function isPossible({ facts }: Campaign, { act, collective }: Desk, step: Step): boolean {
  const from: readonly string[] = STEPS[step].from
  return from.includes(campaignStatus(facts, act.now, collective.timeZone))
}

async function showStep(
  c: Context,
  desk: Desk,
  step: Step,
  campaign: Campaign,
  refusal?: string,
): Promise<Response> {
  const { t, lang, path, tenant } = desk
  const { facts, slug, priceMinor, currency } = campaign
  const titles = await dreamTitles(tenant)
  const sentences = [t(`organiser.${step}.sentence`)]
  if (step === 'schedule' && facts.goal > QUICK_GOAL) sentences.push(t('organiser.schedule.wait'))
  const body = (
    <ConfirmPage
      place={desk}
      action={`${path}/campaigns/${slug}/${step}`}
      title={t(`organiser.action.${step}`)}
      sentence={sentences.join(' ')}
      facts={[
        [
          t('organiser.campaign'),
          <bdi key="title">{inLang(titles.get(campaign.id) ?? {}, lang) || slug}</bdi>,
        ],
        [t('organiser.field.first_day'), <DayText key="first" lang={lang} day={facts.firstDay} />],
        [t('organiser.last_day'), <DayText key="last" lang={lang} day={facts.lastDay} />],
        [
          t('organiser.field.price'),
          <MoneyText key="price" lang={lang} amount={{ minor: priceMinor, currency }} />,
        ],
        [t('organiser.field.goal'), t('common.coupons', { n: facts.goal })],
      ]}
      button={t(`organiser.${step}.button`)}
      refusal={refusal}
    />
  )
  return showDesk(c, desk, {
    title: t(`organiser.action.${step}`),
    width: 'reading',
    status: refusal ? 409 : 200,
    body,
  })
}

async function draftOf(c: Context, desk: Desk): Promise<Campaign | undefined> {
  const campaign = await campaignOf(c, desk)
  return campaign && campaign.facts.scheduledAt === null ? campaign : undefined
}

async function latestPrice({ tenant, collective }: Desk) {
  const latest = await tenant
    .selectFrom('campaign')
    .select('campaign.price_minor')
    .orderBy('campaign.created_at', 'desc')
    .executeTakeFirst()
  return { priceMinor: latest?.price_minor, currency: collective.currency }
}

/** The languages of the collective, the main one first. */
export function langsOf({ collective }: Desk): readonly Lang[] {
  return collective.langs
}
