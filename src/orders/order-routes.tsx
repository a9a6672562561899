import { type Context, Hono } from 'hono'
import type { Collective } from '../db/directory.ts'
import { canonicalId, isUuid7 } from '../domain/id.ts'
import { DEFAULT_LANG, isLang, type Lang } from '../domain/lang.ts'
import type { OrderFacts } from '../domain/order.ts'
import { translator } from '../i18n/translator.ts'
import { preferredLang } from '../web/accept-language.ts'
import { LinkButton } from '../web/button.tsx'
import { renderPage } from '../web/render.ts'
import { StatePage } from '../web/state-page.tsx'
import { cancelOrder } from './cancel-order.ts'
import { orderPath, withinSite } from './order-address.ts'
import { orderByKey } from './order-by-key.ts'
import { OrderPage } from './order-page.tsx'
import type { OrderPageProps } from './order-page-props.ts'
import { payAgain } from './pay-again.ts'
import { paymentUrl } from './payment-url.ts'
import { findOrder } from './place-order.ts'
import { proposeAmbassador } from './propose-ambassador.ts'
import { readOrderView } from './read-order-view.ts'
import { readForm } from './sent-form.ts'
import type { OrderPageServices } from './services.ts'
import { Shell } from './shell.tsx'
import { smallBody } from './small-body.ts'

/** The page of one order and what its contributor may do with it. The key in the address is the right to it. */
export function orderPageRoutes(services: OrderPageServices): Hono {
  const tooLarge = smallBody((c) => notFound(services, c))
  return new Hono()
    .get('/orders/:id', async (c) => {
      const found = await opened(services, c)
      return found ? showOrder(services, c, found) : notFound(services, c)
    })
    .post('/orders/:id/payments', tooLarge, async (c) => {
      const found = await opened(services, c)
      return found ? c.redirect(await startPaying(services, c, found), 303) : notFound(services, c)
    })
    .post('/orders/:id/cancellation', tooLarge, async (c) => {
      const found = await opened(services, c)
      if (!found) return notFound(services, c)
      await cancelOrder(services.db.of(found.collective.id), found.order.id, services.now())
      return c.redirect(orderPath(found.order, found.lang), 303)
    })
    .post('/orders/:id/ambassador', tooLarge, async (c) => {
      const found = await opened(services, c)
      return found ? propose(services, c, found) : notFound(services, c)
    })
}

interface Opened {
  readonly collective: Collective
  readonly order: OrderFacts
  readonly lang: Lang
}

/** The order of this address, when its key is right; the page speaks `lang`, else the order's own language. */
async function opened(services: OrderPageServices, c: Context): Promise<Opened | undefined> {
  const keys = c.req.queries('key') ?? []
  const found = await orderByKey(services, c.req.param('id') ?? '', keys.length === 1 ? keys[0]! : '')
  if (!found) return undefined
  const lang = c.req.query('lang')
  return { ...found, lang: isLang(lang) ? lang : found.order.lang }
}

async function showOrder(
  services: OrderPageServices,
  c: Context,
  { collective, order, lang }: Opened,
  proposal?: OrderPageProps['proposal'],
): Promise<Response> {
  const view = await readOrderView(services, collective, order, lang)
  const page = (
    <OrderPage
      {...view}
      services={services}
      lang={lang}
      t={translator(lang)}
      now={services.now()}
      refreshed={refreshed(c)}
      proposal={proposal}
    />
  )
  return c.html(renderPage(page), proposal ? 422 : 200, PRIVATE)
}

/** To the page to pay on: the attempt that stands, or a new one after a refusal; else back to the order's page. */
async function startPaying(services: OrderPageServices, c: Context, found: Opened): Promise<string> {
  const { collective, order, lang } = found
  const paymentId = (await readForm(c)).value('payment_id')
  if (services.card && isUuid7(paymentId)) {
    await payAgain(services.db.of(collective.id), {
      orderId: order.id,
      paymentId: canonicalId(paymentId),
      provider: services.card.name,
      now: services.now(),
    })
  }
  const now = await findOrder(services, collective.id, order.id)
  const url = now && (await paymentUrl(services, { collective }, now, lang))
  return url === undefined ? orderPath(order, lang) : withinSite(services.publicUrl, url)
}

async function propose(services: OrderPageServices, c: Context, found: Opened): Promise<Response> {
  const { collective, order, lang } = found
  const form = await readForm(c)
  const proposed = await proposeAmbassador(services.db.of(collective.id), {
    orderId: order.id,
    name: form.value('name'),
    contact: form.value('contact'),
    now: services.now(),
  })
  if (proposed.ok || proposed.status !== 'invalid') {
    return c.redirect(`${orderPath(order, lang)}#ambassador`, 303)
  }
  const t = translator(lang)
  const errors = Object.fromEntries(
    proposed.errors.map(({ field, code }) => [field, t(`give.error_${code}`)]),
  )
  const values = { name: form.shown('name'), contact: form.shown('contact') }
  return showOrder(services, c, found, { values, errors })
}

/** The one page for a wrong key, an unknown id and what is no address at all. */
function notFound(services: OrderPageServices, c: Context): Response | Promise<Response> {
  const asked = c.req.query('lang')
  const lang = isLang(asked) ? asked : preferredLang(c.req.header('Accept-Language'), DEFAULT_LANG)
  const t = translator(lang)
  const page = (
    <Shell services={services} t={t} lang={lang} title={t('order.not_found_title')} path={`/${lang}`} noindex>
      <StatePage picture="lost" title={t('order.not_found_title')} sentence={t('order.not_found_text')}>
        <LinkButton href={`/${lang}`} look="quiet">
          {t('order.home')}
        </LinkButton>
      </StatePage>
    </Shell>
  )
  return c.html(renderPage(page), 404, PRIVATE)
}

/** How often the page has refreshed itself; anything else than a small number is none. */
function refreshed(c: Context): number {
  const text = c.req.query('n') ?? ''
  return /^\d{1,3}$/.test(text) ? Number(text) : 0
}

const PRIVATE = { 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex' }
