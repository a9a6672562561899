import { type Context, Hono } from 'hono'
import type { VNode } from 'preact'
import { campaignPath } from '../domain/address.ts'
import { isUuid7, newId } from '../domain/id.ts'
import { LinkButton } from '../web/button.tsx'
import { renderPage } from '../web/render.ts'
import { StatePage } from '../web/state-page.tsx'
import { Card, Notice } from '../web/surfaces.tsx'
import { inEveryLang, wishPath } from './addresses.ts'
import { campaignAt, type Place } from './campaign-at.ts'
import { readContact } from './contact.ts'
import type { FormNotice } from './form-id.tsx'
import { keepWish } from './keep-wish.ts'
import { readForm } from './sent-form.ts'
import type { OrderPageServices } from './services.ts'
import { Shell } from './shell.tsx'
import { smallBody } from './small-body.ts'
import { WishForm, type WishFormProps } from './wish-form.tsx'

/** The wish to be told of the next dream: shown, kept, thanked for. */
export function wishRoutes(services: OrderPageServices): Hono {
  const path = '/:lang/:collective/:campaign/wish'
  return new Hono()
    .get(path, async (c) => {
      const place = await campaignAt(services, c)
      return place ? page(c, <WishPage {...place} services={services} />) : c.notFound()
    })
    .get(`${path}/kept`, async (c) => {
      const place = await campaignAt(services, c)
      return place ? page(c, <KeptPage {...place} services={services} />) : c.notFound()
    })
    .post(
      path,
      smallBody(async (c) => {
        const place = await campaignAt(services, c)
        return place ? page(c, <WishPage {...place} services={services} />, 413) : c.notFound()
      }),
      async (c) => {
        const place = await campaignAt(services, c)
        return place ? keep(services, c, place) : c.notFound()
      },
    )
}

async function keep(services: OrderPageServices, c: Context, place: Place): Promise<Response> {
  const { campaign, lang, t } = place
  const form = await readForm(c)
  const sent = form.value('id')
  const values = { contact: form.shown('contact'), consent: form.shown('consent') === 'yes' }
  // From the campaign's own page without a script, as with the form to give.
  const isNameless = form.shown('id') === ''
  if (isNameless && values.consent && readContact(form.value('contact')).ok) {
    return askOnceMore(services, c, place, values, 'confirm')
  }
  const kept = await keepWish(services.db.of(campaign.collective.id), campaign.id, {
    id: isNameless ? newId() : sent,
    contact: form.value('contact'),
    consent: form.value('consent') === 'yes',
    lang,
    now: services.now(),
  })
  if (kept.ok && kept.status === 'exists' && form.shown('again') !== '') {
    return askOnceMore(services, c, place, values, 'again')
  }
  if (kept.ok) return c.redirect(wishPath(lang, campaign, '/kept'), 303)
  const errors = Object.fromEntries(
    kept.errors.map(({ field, code }) => [field === 'id' ? '' : field, t(`give.error_${code}`)]),
  )
  const again = { id: isUuid7(sent) ? sent : newId(), values, errors }
  return page(c, <WishPage {...place} services={services} wish={again} />, 422)
}

function askOnceMore(
  services: OrderPageServices,
  c: Context,
  place: Place,
  values: WishFormProps['values'],
  notice: FormNotice,
): Response | Promise<Response> {
  return page(c, <WishPage {...place} services={services} wish={{ values }} notice={notice} />)
}

interface WishPageProps extends Place {
  readonly services: OrderPageServices
  readonly wish?: Pick<WishFormProps, 'id' | 'values' | 'errors'>
  readonly notice?: FormNotice
}

function WishPage(props: WishPageProps) {
  const { campaign, lang, t, wish, notice } = props
  return (
    <WishShell {...props} step="">
      <div class="give-page">
        <h1>{t('give.wish_heading')}</h1>
        {notice && <Notice tone="warning">{t(`give.notice_${notice}`)}</Notice>}
        <Card>
          <WishForm campaign={campaign} lang={lang} t={t} id={newId()} {...wish} />
        </Card>
      </div>
    </WishShell>
  )
}

function KeptPage(props: WishPageProps) {
  const { campaign, lang, t } = props
  return (
    <WishShell {...props} step="/kept">
      <StatePage picture="soon" title={t('give.wish_done_title')} sentence={t('give.wish_done_text')}>
        <LinkButton href={campaignPath(lang, campaign)} look="quiet">
          {t('give.back_to_campaign')}
        </LinkButton>
      </StatePage>
    </WishShell>
  )
}

function WishShell(props: WishPageProps & { step: '' | '/kept'; children?: preact.ComponentChildren }) {
  const { services, campaign, lang, t, step, children } = props
  return (
    <Shell
      services={services}
      t={t}
      lang={lang}
      campaign={campaign}
      title={t('give.wish_heading')}
      path={wishPath(lang, campaign, step)}
      canonical={campaignPath(lang, campaign)}
      alternates={inEveryLang((other) => wishPath(other, campaign, step))}
      noindex
    >
      {children}
    </Shell>
  )
}

function page(c: Context, node: VNode, status: 200 | 413 | 422 = 200): Response | Promise<Response> {
  return c.html(renderPage(node), status, { 'Cache-Control': 'no-store' })
}
