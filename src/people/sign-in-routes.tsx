import { type Context, Hono } from 'hono'
import { LANGS, type Lang } from '../domain/lang.ts'
import { translator } from '../i18n/translator.ts'
import { Button } from '../web/button.tsx'
import { StatePage } from '../web/state-page.tsx'
import { clientAddress } from './client-address.ts'
import { readForm } from './form.ts'
import { langOfPath, showPage, twizaSite } from './page.tsx'
import { placesOf } from './roles.ts'
import type { PeopleServices } from './services.ts'

/** Signing in by a one-time link, and out. */
export function signInRoutes(services: PeopleServices): Hono {
  const app = new Hono()
  app.get('/:lang{(?:ar|fr|en|es)}/sign-in', async (c) => {
    const token = c.req.query('token')
    const person = token === undefined && (await services.signIn.person(c.req.raw.headers))
    if (!person) return showSignIn(c, services, token)
    return c.redirect(await deskOf(services, langOfPath(c), person.id), 303)
  })
  app.post('/:lang{(?:ar|fr|en|es)}/sign-in', async (c) => {
    const form = await readForm(c)
    const opened = await services.signIn.open(form.shown('token'), clientAddress(c))
    if (!opened.ok) return showRefused(c, services, opened.status)
    for (const cookie of opened.cookies) c.header('Set-Cookie', cookie, { append: true })
    return c.redirect(await deskOf(services, langOfPath(c), opened.personId), 303)
  })
  app.post('/:lang{(?:ar|fr|en|es)}/sign-out', async (c) => {
    const cookies = await services.signIn.close(c.req.raw.headers)
    for (const cookie of cookies) c.header('Set-Cookie', cookie, { append: true })
    return c.redirect(`/${langOfPath(c)}/sign-in`, 303)
  })
  return app
}

async function deskOf(services: PeopleServices, lang: Lang, personId: string): Promise<string> {
  const [place] = await placesOf(services.db, personId)
  return place ? `/${lang}/${place.slug}/desk` : `/${lang}`
}

function showSignIn(c: Context, services: PeopleServices, token: string | undefined): Response {
  const lang = langOfPath(c)
  const t = translator(lang)
  const isReady = token !== undefined
  const key = isReady ? 'sign_in.ready' : 'sign_in.ask'
  return showPage(c, services, {
    lang,
    title: t('organiser.sign_in'),
    site: twizaSite(lang),
    alternates: isReady ? undefined : Object.fromEntries(LANGS.map((other) => [other, `/${other}/sign-in`])),
    body: (
      <StatePage picture="soon" title={t(`organiser.${key}.title`)} sentence={t(`organiser.${key}.sentence`)}>
        {isReady && (
          <form method="post" action={`/${lang}/sign-in`}>
            <input type="hidden" name="token" value={token} />
            <Button>{t('organiser.sign_in')}</Button>
          </form>
        )}
      </StatePage>
    ),
  })
}

function showRefused(
  c: Context,
  services: PeopleServices,
  status: 'link_not_valid' | 'too_many_tries',
): Response {
  const lang = langOfPath(c)
  const t = translator(lang)
  return showPage(c, services, {
    lang,
    status: status === 'link_not_valid' ? 410 : 429,
    title: t(`organiser.${status}.title`),
    site: twizaSite(lang),
    body: (
      <StatePage
        picture="closed"
        title={t(`organiser.${status}.title`)}
        sentence={t(`organiser.${status}.sentence`)}
      />
    ),
  })
}
