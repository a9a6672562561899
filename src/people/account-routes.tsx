import { type Context, Hono } from 'hono'
import { isUuid7 } from '../domain/id.ts'
import { LANGS, type Lang } from '../domain/lang.ts'
import { type T, translator } from '../i18n/translator.ts'
import { Button } from '../web/button.tsx'
import { DayText } from '../web/day-text.tsx'
import { EmptyState, Section } from '../web/surfaces.tsx'
import type { Person } from './auth.ts'
import { langOfPath, showLost, showPage, twizaSite } from './page.tsx'
import { type OwnPlace, ownPlaces } from './places.ts'
import type { PeopleServices } from './services.ts'
import { endSession, type OpenSession, sessionsOf } from './sessions.ts'

const ACCOUNT = '/:lang{(?:ar|fr|en|es)}/account'

/** What somebody signed in has here: their places, and where they are signed in. */
export function accountRoutes(services: PeopleServices): Hono {
  const app = new Hono()
  app.get(ACCOUNT, async (c) => {
    const person = await services.signIn.person(c.req.raw.headers)
    return person ? await showAccount(c, services, person) : c.redirect(`/${langOfPath(c)}/sign-in`, 303)
  })
  app.post(`${ACCOUNT}/sessions/:session/revocation`, async (c) => {
    const person = await services.signIn.person(c.req.raw.headers)
    const id = c.req.param('session')
    const isOwn = person && isUuid7(id) && (await endSession(services.db, person.id, id))
    return isOwn ? c.redirect(`/${langOfPath(c)}/account`, 303) : showLost(c, services, langOfPath(c))
  })
  return app
}

async function showAccount(c: Context, services: PeopleServices, person: Person): Promise<Response> {
  const lang = langOfPath(c)
  const t = translator(lang)
  const [places, sessions] = await Promise.all([
    ownPlaces(services.db, person.id, lang),
    sessionsOf(services.db, person.id, services.now()),
  ])
  const title = t('people.account.title')
  return showPage(c, services, {
    lang,
    title,
    site: twizaSite(lang),
    alternates: Object.fromEntries(LANGS.map((other) => [other, `/${other}/account`])),
    body: (
      <>
        <div class="desk-bar">
          <span>
            <bdi>{person.name}</bdi> · <bdi dir="ltr">{person.email}</bdi>
          </span>
          <form method="post" action={`/${lang}/sign-out`}>
            <Button look="plain">{t('organiser.sign_out')}</Button>
          </form>
        </div>
        <h1>{title}</h1>
        <Places t={t} places={places} />
        <Sessions t={t} lang={lang} sessions={sessions} current={person.sessionId} />
      </>
    ),
  })
}

function Places({ t, places }: { t: T; places: readonly OwnPlace[] }) {
  return (
    <Section id="places" title={t('people.account.places')}>
      {places.length === 0 && <EmptyState title={t('people.account.no_place')} />}
      <ul class="desk-list">
        {places.map(({ role, name, href }) => (
          <li key={href + role} class="desk-line">
            <span>
              <bdi>{name}</bdi> · {t(`people.role.${role}`)}
            </span>
            <a class="button button-quiet" href={href}>
              {t('people.account.open')}
            </a>
          </li>
        ))}
      </ul>
    </Section>
  )
}

interface SessionsProps {
  readonly t: T
  readonly lang: Lang
  readonly sessions: readonly OpenSession[]
  readonly current: string
}

function Sessions({ t, lang, sessions, current }: SessionsProps) {
  return (
    <Section id="sessions" title={t('people.account.sessions')}>
      <p class="desk-hint">{t('people.account.sessions.hint')}</p>
      <ul class="desk-list">
        {sessions.map(({ id, device, since }) => (
          <li key={id} class="desk-line">
            <span>
              <bdi dir="ltr">{device ?? t('people.account.device')}</bdi>
              {' · '}
              {t('people.account.since')} <DayText lang={lang} day={since} />
            </span>
            {id === current ? (
              <b>{t('people.account.here')}</b>
            ) : (
              <form method="post" action={`/${lang}/account/sessions/${id}/revocation`}>
                <Button look="quiet">{t('people.account.end')}</Button>
              </form>
            )}
          </li>
        ))}
      </ul>
    </Section>
  )
}
