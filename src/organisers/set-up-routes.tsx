import { type Context, Hono } from 'hono'
import { DEFAULT_LANG, isLang, type Lang } from '../domain/lang.ts'
import { translator } from '../i18n/translator.ts'
import { clientAddress } from '../people/client-address.ts'
import { Form, readForm } from '../people/form.ts'
import { showPage, twizaSite } from '../people/page.tsx'
import { preferredLang } from '../web/accept-language.ts'
import { StatePage } from '../web/state-page.tsx'
import { CAMPAIGN_DEFAULTS } from './campaign-form.ts'
import { DEFAULT_TIME_ZONE } from './place-fields.tsx'
import type { OrganiserServices } from './services.ts'
import { type SetUp, setUp } from './set-up.ts'
import { readSetUp } from './set-up-form.ts'
import { SetUpPage } from './set-up-page.tsx'
import { type SetupLinkStatus, setupLinkStatus } from './setup-link.ts'

/** The page behind the one-time link that the first start prints. */
export function setUpRoutes(services: OrganiserServices): Hono {
  const app = new Hono()
  app.get('/setup', async (c) => {
    const lang = langOf(c)
    const token = c.req.query('token') ?? ''
    const status = await setupLinkStatus(services.db, token)
    if (status !== 'valid') return showDeadLink(c, services, lang, status)
    return showForm(c, services, lang, freshForm(lang), token)
  })
  app.post('/setup', (c) => takeForm(c, services))
  return app
}

async function takeForm(c: Context, services: OrganiserServices): Promise<Response> {
  const lang = langOf(c)
  const form = await readForm(c)
  const token = form.shown('token')
  const status = await setupLinkStatus(services.db, token)
  if (status !== 'valid') return showDeadLink(c, services, lang, status)
  const other = form.shown('show_in')
  if (isLang(other)) return showForm(c, services, other, form, token)
  const now = services.now()
  const wish = readSetUp(form, now, lang)
  if (!wish) return showForm(c, services, lang, form, token, 422)
  const done = await setUp(services.db, token, wish, { now })
  if (!done.ok) return refuse(c, services, lang, form, token, done.status)
  const signInToken = await services.signIn.makeToken(wish.collective.organiser.email)
  const opened = signInToken ? await services.signIn.open(signInToken, clientAddress(c)) : undefined
  const desk = `/${lang}/${done.collective.slug}/desk`
  if (!opened?.ok) return c.redirect(`/${lang}/sign-in`, 303)
  for (const cookie of opened.cookies) c.header('Set-Cookie', cookie, { append: true })
  return c.redirect(`${desk}?done=set_up`, 303)
}

/** Which field a refusal of the command belongs to; everything else was read field by field. */
const REFUSED_FIELDS: Partial<
  Record<Extract<SetUp, { ok: false }>['status'], [field: string, code: string]>
> = {
  collective_slug_taken: ['collective_slug', 'slug_taken'],
  collective_slug_reserved: ['collective_slug', 'slug_reserved'],
  first_day_past: ['first_day', 'first_day_past'],
  authorisation_too_short: ['first_day', 'authorisation_too_short'],
}

function refuse(
  c: Context,
  services: OrganiserServices,
  lang: Lang,
  form: Form,
  token: string,
  status: Extract<SetUp, { ok: false }>['status'],
): Response {
  if (status === 'link_unknown' || status === 'link_used' || status === 'link_replaced') {
    return showDeadLink(c, services, lang, status)
  }
  const field = REFUSED_FIELDS[status]
  if (!field) throw new Error(`the set-up form let through what the command refuses: ${status}`)
  form.fail(...field)
  return showForm(c, services, lang, form, token, 422)
}

function showForm(
  c: Context,
  services: OrganiserServices,
  lang: Lang,
  form: Form,
  token: string,
  status: 200 | 422 = 200,
): Response {
  const t = translator(lang)
  const errors = form.errors(t)
  return showPage(c, services, {
    lang,
    status,
    title: t('setup.title'),
    site: twizaSite(lang),
    body: <SetUpPage t={t} lang={lang} token={token} form={form} errors={errors} />,
  })
}

function showDeadLink(
  c: Context,
  services: OrganiserServices,
  lang: Lang,
  status: Exclude<SetupLinkStatus, 'valid'>,
): Response {
  const t = translator(lang)
  const isKnown = status !== 'link_unknown'
  return showPage(c, services, {
    lang,
    status: isKnown ? 410 : 404,
    title: t(`setup.${status}.title`),
    site: twizaSite(lang),
    body: (
      <StatePage
        picture={isKnown ? 'closed' : 'lost'}
        title={t(`setup.${status}.title`)}
        sentence={t(`setup.${status}.sentence`)}
      >
        <p>
          <a href={`/${lang}/sign-in`}>{t('setup.to_sign_in')}</a>
        </p>
      </StatePage>
    ),
  })
}

function freshForm(lang: Lang): Form {
  const values = { main_lang: lang, time_zone: DEFAULT_TIME_ZONE, currency: 'MAD', ...CAMPAIGN_DEFAULTS }
  return new Form(new URLSearchParams(values))
}

function langOf(c: Context): Lang {
  const asked = c.req.query('lang')
  return isLang(asked) ? asked : preferredLang(c.req.header('Accept-Language'), DEFAULT_LANG)
}
