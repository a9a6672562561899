import { type Context, Hono } from 'hono'
import type { Campaign } from '../db/directory.ts'
import type { LocalizedText } from '../domain/lang.ts'
import { formatMoney } from '../domain/money.ts'
import { Form, readForm } from '../people/form.ts'
import { showLost } from '../people/page.tsx'
import { Button } from '../web/button.tsx'
import { ErrorSummary } from '../web/error-summary.tsx'
import { TextField } from '../web/fields.tsx'
import { readLocalized } from './campaign-form.ts'
import { campaignOf, langsOf } from './campaign-routes.tsx'
import { DESK } from './desk-routes.tsx'
import { backToDesk, showDesk } from './desk-shell.tsx'
import { LocalizedField } from './localized-fields.tsx'
import { atDesk, type Desk } from './organiser-access.ts'
import { MAX_UPDATE_BODY_CHARACTERS, MAX_UPDATE_TITLE_CHARACTERS, publishUpdate } from './publish-update.ts'
import { MAX_PURPOSE_CHARACTERS, recordSpending, spendableMinor } from './record-spending.ts'
import type { OrganiserServices } from './services.ts'

/** What a campaign tells while it goes on: news, and what the money was spent on. */
export function storyRoutes(services: OrganiserServices): Hono {
  const app = new Hono()
  app.get(`${DESK}/campaigns/:campaign/updates`, atDesk(services, ofCampaign(showUpdate)))
  app.post(`${DESK}/campaigns/:campaign/updates`, atDesk(services, ofCampaign(takeUpdate)))
  app.get(`${DESK}/campaigns/:campaign/spending`, atDesk(services, ofCampaign(showSpending)))
  app.post(`${DESK}/campaigns/:campaign/spending`, atDesk(services, ofCampaign(takeSpending)))
  return app
}

type CampaignHandler = (c: Context, desk: Desk, campaign: Campaign) => Response | Promise<Response>

/** Only for campaigns that the public can see. */
function ofCampaign(handler: CampaignHandler) {
  return async (c: Context, desk: Desk): Promise<Response> => {
    const campaign = await campaignOf(c, desk)
    if (!campaign || campaign.facts.scheduledAt === null) return showLost(c, desk.services, desk.lang)
    return handler(c, desk, campaign)
  }
}

async function takeUpdate(c: Context, desk: Desk, campaign: Campaign): Promise<Response> {
  const form = await readForm(c)
  const { title, body } = readUpdate(form, desk)
  if (!form.ok) return showUpdate(c, desk, campaign, form)
  const wish = { id: form.id(), campaignId: campaign.id, title, body }
  const published = await publishUpdate(desk.tenant, desk.collective, wish, desk.act)
  if (published.ok) return backToDesk(c, desk, 'update', campaign.slug)
  form.refuse('', published.status)
  return showUpdate(c, desk, campaign, form)
}

/** A language has both a title and a text, or neither; at least one language has both. */
function readUpdate(form: Form, desk: Desk): { title: LocalizedText; body: LocalizedText } {
  const title: LocalizedText = {}
  const body: LocalizedText = {}
  const langs = langsOf(desk)
  const told = langs.filter((lang) => !form.isEmpty(`title_${lang}`) || !form.isEmpty(`body_${lang}`))
  for (const lang of told.length > 0 ? told : langs.slice(0, 1)) {
    title[lang] = form.text(`title_${lang}`, MAX_UPDATE_TITLE_CHARACTERS)
    body[lang] = form.text(`body_${lang}`, MAX_UPDATE_BODY_CHARACTERS, { lines: true })
  }
  return { title, body }
}

function showUpdate(c: Context, desk: Desk, campaign: Campaign, form = new Form()): Response {
  const { t, lang, path } = desk
  const errors = form.errors(t)
  const part = { t, lang, form, errors, langs: langsOf(desk) }
  const action = `${path}/campaigns/${campaign.slug}/updates`
  const body = (
    <form class="form" method="post" action={action} noValidate>
      <h1>{t('organiser.action.updates')}</h1>
      <p>{t('organiser.updates.lead')}</p>
      <ErrorSummary t={t} errors={form.summary(t)} />
      {part.langs.map((one) => (
        <div key={one} class="form">
          <LocalizedField
            {...part}
            langs={[one]}
            name="title"
            label={t('organiser.field.update_title')}
            maxLength={MAX_UPDATE_TITLE_CHARACTERS}
            optional={one !== part.langs[0]}
            named
          />
          <LocalizedField
            {...part}
            langs={[one]}
            name="body"
            label={t('organiser.field.update_body')}
            maxLength={MAX_UPDATE_BODY_CHARACTERS}
            rows={6}
            optional={one !== part.langs[0]}
            named
          />
        </div>
      ))}
      <FormEnd desk={desk} form={form} button={t('organiser.updates.button')} />
    </form>
  )
  return showDesk(c, desk, {
    title: t('organiser.action.updates'),
    width: 'reading',
    status: form.status,
    body,
  })
}

async function takeSpending(c: Context, desk: Desk, campaign: Campaign): Promise<Response> {
  const { tenant, collective, act } = desk
  const form = await readForm(c)
  const purpose = readLocalized(form, 'purpose', langsOf(desk), MAX_PURPOSE_CHARACTERS)
  const amountMinor = form.amount('amount', campaign.currency, desk.lang)
  const spentOn = form.day('spent_on')
  if (!purpose || !amountMinor || !spentOn || !form.ok) return showSpending(c, desk, campaign, form)
  const wish = { id: form.id(), campaignId: campaign.id, amountMinor, purpose, spentOn }
  const recorded = await recordSpending(tenant, collective, wish, act)
  if (recorded.ok) return backToDesk(c, desk, 'spending', campaign.slug)
  form.refuse(recorded.status === 'day_in_future' ? 'spent_on' : 'amount', recorded.status)
  return showSpending(c, desk, campaign, form)
}

async function showSpending(
  c: Context,
  desk: Desk,
  campaign: Campaign,
  form = new Form(new URLSearchParams({ spent_on: desk.today })),
): Promise<Response> {
  const { t, lang, path, tenant } = desk
  const errors = form.errors(t)
  const left = { minor: await spendableMinor(tenant, campaign.id), currency: campaign.currency }
  const action = `${path}/campaigns/${campaign.slug}/spending`
  const body = (
    <form class="form" method="post" action={action} noValidate>
      <h1>{t('organiser.action.spending')}</h1>
      <p>
        {t('organiser.spending.lead')} {t('organiser.spending.left', { amount: formatMoney(left, lang) })}
      </p>
      <ErrorSummary t={t} errors={form.summary(t)} />
      <LocalizedField
        {...{ t, lang, form, errors }}
        langs={langsOf(desk)}
        name="purpose"
        label={t('organiser.field.purpose')}
        hint={t('organiser.hint.purpose')}
        maxLength={MAX_PURPOSE_CHARACTERS}
      />
      <div class="field-pair">
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
        <TextField
          t={t}
          name="spent_on"
          label={t('organiser.field.spent_on')}
          value={form.shown('spent_on')}
          error={errors.spent_on}
          type="date"
        />
      </div>
      <FormEnd desk={desk} form={form} button={t('organiser.spending.button')} />
    </form>
  )
  return showDesk(c, desk, {
    title: t('organiser.action.spending'),
    width: 'reading',
    status: form.status,
    body,
  })
}

function FormEnd({ desk, form, button }: { desk: Desk; form: Form; button: string }) {
  return (
    <>
      <input type="hidden" name="id" value={form.id()} />
      <p class="desk-row">
        <Button>{button}</Button>
        <a class="button button-plain" href={desk.path}>
          {desk.t('common.cancel')}
        </a>
      </p>
    </>
  )
}
