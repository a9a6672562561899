import { type Context, Hono } from 'hono'
import type { VNode } from 'preact'
import type { KnownCampaign } from '../db/directory.ts'
import { isUuid7, newId } from '../domain/id.ts'
import { isLang, type Lang } from '../domain/lang.ts'
import type { OrderFacts } from '../domain/order.ts'
import type { FieldErrors } from '../web/error-summary.tsx'
import { renderPage } from '../web/render.ts'
import { campaignAt, dreamTitle, findAmbassador, type Place } from './campaign-at.ts'
import {
  DifferentPage,
  GivePage,
  type GivePageProps,
  NotOpenPage,
  notOpenState,
  TooLargePage,
} from './give-page.tsx'
import { fieldOf, giveBody, giveValues } from './give-values.ts'
import { orderPath, withinSite } from './order-address.ts'
import { paymentUrl } from './payment-url.ts'
import { readForm, type SentForm } from './sent-form.ts'
import type { OrderPageServices } from './services.ts'
import { smallBody } from './small-body.ts'
import { type Taken, takeOrder, type WishError } from './take-order.ts'
import { wishSchema } from './wish-schema.ts'

/** The form to give: shown, taken, refused with what was typed. */
export function giveRoutes(services: OrderPageServices): Hono {
  const path = '/:lang/:collective/:campaign/give'
  return new Hono()
    .get(path, async (c) => {
      const place = await campaignAt(services, c)
      if (!place) return c.notFound()
      const props = await pageProps(services, place, c.req.query('ambassador'))
      const state = notOpenState(services, place)
      return page(c, state ? <NotOpenPage {...props} state={state} /> : <GivePage {...props} />)
    })
    .post(
      path,
      smallBody(async (c) => {
        const place = await campaignAt(services, c)
        if (!place) return c.notFound()
        return page(c, <TooLargePage {...(await pageProps(services, place))} />, 413)
      }),
      async (c) => {
        // From memory: whoever is not refused costs the database one call, shared with others.
        const { lang, collective = '', campaign: slug = '' } = c.req.param() as Record<string, string>
        const campaign = await services.kept.directory.campaign({ collective, campaign: slug })
        if (!campaign || !isLang(lang)) return c.notFound()
        const form = await readForm(c)
        if (isLang(form.shown('show_in'))) return showAgain(services, c, form, typed(form))
        const afresh = { values: giveValues(form) }
        const body = giveBody(form, lang)
        // From the campaign's own page without a script: nothing is taken that could not be told from its twin.
        if (form.shown('id') === '') {
          body.id = newId()
          if (wishSchema.safeParse(body).success) {
            return showAgain(services, c, form, { ...afresh, notice: 'confirm' })
          }
        }
        const taken = await takeOrder(services, campaign, body, lang)
        // Its page was left after it was sent and come back to: only a person knows whether this is one more.
        if (form.shown('again') !== '' && taken.status.startsWith('exists')) {
          return showAgain(services, c, form, { ...afresh, notice: 'again' })
        }
        if (taken.ok) return c.redirect(await nextStep(services, campaign, taken.order, lang), 303)
        return refuse(services, c, form, taken)
      },
    )
}

/** The form on a page of its own, with what was typed; nothing is taken. */
async function showAgain(
  services: OrderPageServices,
  c: Context,
  form: SentForm,
  shown: Pick<GivePageProps, 'id' | 'values' | 'notice'>,
) {
  const place = await campaignAt(services, c)
  if (!place) return c.notFound()
  const props = await pageProps(services, place, form.shown('ambassador'))
  const state = notOpenState(services, place)
  if (state) return page(c, <NotOpenPage {...props} state={state} />)
  return page(c, <GivePage {...props} {...shown} />)
}

/** What was sent, to be shown again under the same id. */
function typed(form: SentForm): Pick<GivePageProps, 'id' | 'values'> {
  const sent = form.shown('id')
  return { id: isUuid7(sent) ? sent : undefined, values: giveValues(form) }
}

/** Where an order goes on: the page to pay on, else its own page. */
async function nextStep(
  services: OrderPageServices,
  campaign: KnownCampaign,
  order: OrderFacts,
  lang: Lang,
): Promise<string> {
  const url = await paymentUrl(services, campaign, order, lang)
  return url === undefined ? orderPath(order, lang) : withinSite(services.publicUrl, url)
}

async function refuse(
  services: OrderPageServices,
  c: Context,
  form: SentForm,
  taken: Exclude<Taken, { ok: true }>,
): Promise<Response> {
  const place = await campaignAt(services, c)
  if (!place || taken.status === 'campaign_unknown') return c.notFound()
  const props = await pageProps(services, place, form.shown('ambassador'))
  if (taken.status.startsWith('exists_with_')) {
    return page(c, <DifferentPage {...props} status={taken.status} />, 409)
  }
  if (taken.status === 'sold_out') return page(c, <NotOpenPage {...props} state="sold_out" />, 409)
  if (taken.status === 'campaign_not_live') {
    return page(c, <NotOpenPage {...props} state={notOpenState(services, place) ?? 'closed'} />, 409)
  }
  const status = STATUS_OF[taken.status] ?? 409
  return page(c, <GivePage {...props} {...typed(form)} errors={sentences(place, taken)} />, status)
}

const STATUS_OF: Partial<Record<Taken['status'], 422 | 503>> = { invalid: 422, overloaded: 503 }

/** One sentence a field, the first one when a field breaks several rules. */
function sentences({ t }: Place, taken: Exclude<Taken, { ok: true }>): FieldErrors {
  if (taken.status === 'only_n_left') {
    const left = t('give.outcome_only_n_left', { n: taken.remaining })
    return { quantity: `${left} ${t('give.only_n_left_hint')}` }
  }
  if (taken.status !== 'invalid') {
    const field = taken.status === 'method_unavailable' ? 'method' : 'quantity'
    return { [field]: t(`give.outcome_${taken.status}`) }
  }
  const errors: Record<string, string> = {}
  const first = (error: WishError) => {
    errors[fieldOf(error)] ??= t(`give.error_${error.code}`)
  }
  // In the order of the page, so that the summary leads from top to bottom.
  for (const field of ['', 'quantity', 'method', 'name', 'hide_name', 'contact', 'word', 'consent']) {
    taken.errors.filter((error) => fieldOf(error) === field).forEach(first)
  }
  return errors
}

async function pageProps(services: OrderPageServices, place: Place, slug?: string): Promise<GivePageProps> {
  const [dream, ambassador] = await Promise.all([
    dreamTitle(services, place.campaign, place.lang),
    slug ? findAmbassador(services, place.campaign, { slug }) : undefined,
  ])
  return { ...place, services, dream, ambassador }
}

function page(
  c: Context,
  node: VNode,
  status: 200 | 409 | 413 | 422 | 503 = 200,
): Response | Promise<Response> {
  // Each rendering holds an id of its own, and a refused one what somebody typed.
  return c.html(renderPage(node), status, { 'Cache-Control': 'no-store' })
}
