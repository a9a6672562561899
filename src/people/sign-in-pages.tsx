import type { Context } from 'hono'
import { LANGS, type Lang } from '../domain/lang.ts'
import { translator } from '../i18n/translator.ts'
import { Button, LinkButton } from '../web/button.tsx'
import { ErrorSummary } from '../web/error-summary.tsx'
import { TextField } from '../web/fields.tsx'
import { StatePage } from '../web/state-page.tsx'
import { Notice } from '../web/surfaces.tsx'
import type { Form } from './form.ts'
import { langOfPath, showPage, twizaSite } from './page.tsx'
import type { PeopleServices } from './services.ts'

/** Asks for the address. */
export function showAsk(c: Context, services: PeopleServices, form: Form): Response {
  const lang = langOfPath(c)
  const t = translator(lang)
  const errors = form.errors(t)
  return showPage(c, services, {
    lang,
    status: form.status,
    title: t('organiser.sign_in'),
    site: twizaSite(lang),
    alternates: addresses((other) => `/${other}/sign-in`),
    body: (
      <form class="form" method="post" action={`/${lang}/sign-in`} noValidate>
        <h1>{t('organiser.sign_in')}</h1>
        <p>{t('people.sign_in.sentence')}</p>
        <ErrorSummary t={t} errors={errors} />
        <TextField
          t={t}
          name="email"
          label={t('people.field.email')}
          type="email"
          autocomplete="email"
          maxLength={254}
          value={form.shown('email')}
          error={errors.email}
        />
        <p class="desk-row">
          <Button>{t('people.sign_in.send')}</Button>
        </p>
      </form>
    ),
  })
}

/** Says to look at the mail, and takes the code. The same for a wrong, a used and an old code. */
export function showAsked(c: Context, services: PeopleServices, isWrong: boolean): Response {
  const lang = langOfPath(c)
  const t = translator(lang)
  const error = isWrong ? t('people.error.code') : undefined
  return showPage(c, services, {
    lang,
    status: isWrong ? 422 : 200,
    title: t('people.asked.title'),
    site: twizaSite(lang),
    alternates: addresses((other) => `/${other}/sign-in/code`),
    body: (
      <form class="form" method="post" action={`/${lang}/sign-in/code`} noValidate>
        <h1>{t('people.asked.title')}</h1>
        <p>{t('people.asked.sentence')}</p>
        {services.mailbox && (
          <Notice>
            <p>
              <a href="/mailbox">{t('people.asked.mailbox')}</a>
            </p>
          </Notice>
        )}
        <ErrorSummary t={t} errors={{ code: error }} />
        <TextField
          t={t}
          name="code"
          label={t('people.field.code')}
          inputmode="numeric"
          autocomplete="one-time-code"
          dir="ltr"
          maxLength={20}
          size={10}
          error={error}
        />
        <p class="desk-row">
          <Button>{t('organiser.sign_in')}</Button>
          <a class="button button-plain" href={`/${lang}/sign-in`}>
            {t('people.asked.again')}
          </a>
        </p>
      </form>
    ),
  })
}

/** A button, because messengers look at links before people do. */
export function showReady(
  c: Context,
  services: PeopleServices,
  hidden: Readonly<Record<string, string>>,
): Response {
  const lang = langOfPath(c)
  const t = translator(lang)
  return showPage(c, services, {
    lang,
    title: t('organiser.sign_in'),
    site: twizaSite(lang),
    body: (
      <StatePage
        picture="soon"
        title={t('organiser.sign_in.ready.title')}
        sentence={t('organiser.sign_in.ready.sentence')}
      >
        <form method="post" action={`/${lang}/sign-in`}>
          {Object.entries(hidden).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <Button>{t('organiser.sign_in')}</Button>
        </form>
      </StatePage>
    ),
  })
}

/** The link was opened elsewhere than where it was asked for. It stays as it is. */
export function showOtherBrowser(c: Context, services: PeopleServices): Response {
  const lang = langOfPath(c)
  const t = translator(lang)
  const title = t('people.other_browser.title')
  return showPage(c, services, {
    lang,
    status: 409,
    title,
    site: twizaSite(lang),
    body: <StatePage picture="closed" title={title} sentence={t('people.other_browser.sentence')} />,
  })
}

export function showRefused(
  c: Context,
  services: PeopleServices,
  status: 'link_not_valid' | 'too_many_tries',
): Response {
  const lang = langOfPath(c)
  const t = translator(lang)
  const isOver = status === 'link_not_valid'
  const sentence = isOver ? t('people.link_not_valid.sentence') : t('organiser.too_many_tries.sentence')
  return showPage(c, services, {
    lang,
    status: isOver ? 410 : 429,
    title: t(`organiser.${status}.title`),
    site: twizaSite(lang),
    body: (
      <StatePage picture="closed" title={t(`organiser.${status}.title`)} sentence={sentence}>
        {isOver && <LinkButton href={`/${lang}/sign-in`}>{t('people.asked.again')}</LinkButton>}
      </StatePage>
    ),
  })
}

function addresses(of: (lang: Lang) => string): Record<Lang, string> {
  return Object.fromEntries(LANGS.map((lang) => [lang, of(lang)])) as Record<Lang, string>
}
