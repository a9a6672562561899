import { type Context, Hono } from 'hono'
import type { VNode } from 'preact'
import { isUuid7 } from '../domain/id.ts'
import { isLang } from '../domain/lang.ts'
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
        const place = await campaignAt(services, c)
        if (!place) return c.notFound()
        const form = await readForm(c)
        if (isLang(form.shown('show_in'))) return showAgain(services, c, place, form)
        const taken = await takeOrder(services, place.campaign, giveBody(form, place.lang), place.lang)
        if (taken.ok) return c.redirect(await nextStep(services, place, taken.order), 303)
        return refuse(services, c, place, form, taken)
      },
    )
}

/** The form in another language, with what was typed; nothing is taken. */
async function showAgain(services: OrderPageServices, c: Context, place: Place, form: SentForm) {
  const props = await pageProps(services, place, form.shown('ambassador'))
  const state = notOpenState(services, place)
  if (state) return page(c, <NotOpenPage {...props} state={state} />)
  return page(c, <GivePage {...props} {...typed(form)} />)
}

/** What was sent, to be shown again under the same id. */
function typed(form: SentForm): Pick<GivePageProps, 'id' | 'values'> {
  const sent = form.shown('id')
  return { id: isUuid7(sent) ? sent : undefined, values: giveValues(form) }
}

/** Where an order goes on: the page to pay on, else its own page. */
async function nextStep(services: OrderPageServices, place: Place, order: OrderFacts): Promise<string> {
  const url = await paymentUrl(services, place.campaign, order, place.lang)
  return url === undefined ? orderPath(order, place.lang) : withinSite(services.publicUrl, url)
}

async function refuse(
  services: OrderPageServices,
  c: Context,
  place: Place,
  form: SentForm,
  taken: Exclude<Taken, { ok: true }>,
): Promise<Response> {
  if (taken.status === 'campaign_unknown') return c.notFound()
  const props = await pageProps(services, place, form.shown('ambassador'))
  if (taken.status.startsWith('exists_with_')) {
    return page(c, <DifferentPage {...props} status={taken.status} />, 409)
  }
  if (taken.status === 'sold_out') return page(c, <NotOpenPage {...props} state="sold_out" />, 409)
  if (taken.status === 'campaign_not_live') {
    return page(c, <NotOpenPage {...props} state={notOpenState(services, place) ?? 'closed'} />, 409)
  }
  const status = taken.status === 'invalid' ? 422 : 409
  return page(c, <GivePage {...props} {...typed(form)} errors={sentences(place, taken)} />, status)
}

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

function page(c: Context, node: VNode, status: 200 | 409 | 413 | 422 = 200): Response | Promise<Response> {
  // Each rendering holds an id of its own, and a refused one what somebody typed.
  return c.html(renderPage(node), status, { 'Cache-Control': 'no-store' })
}
