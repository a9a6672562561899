import type { Context } from 'hono'
import type { ComponentChildren } from 'preact'
import { isLang, type Lang } from '../domain/lang.ts'
import { translator } from '../i18n/translator.ts'
import { Layout } from '../web/layout.tsx'
import { renderPage } from '../web/render.ts'
import { StatePage } from '../web/state-page.tsx'
import type { PeopleServices } from './services.ts'

export interface WorkingPage {
  readonly lang: Lang
  readonly title: string
  readonly site: { readonly name: string; readonly href: string }
  readonly body: ComponentChildren
  readonly status?: 200 | 404 | 409 | 410 | 422 | 429
  readonly width?: 'reading' | 'work'
  /** Only where nothing typed could be lost by following a link. */
  readonly alternates?: Partial<Record<Lang, string>>
}

/** A page for who works here: never kept by a cache, never found by a search engine. */
export function showPage(c: Context, services: PeopleServices, page: WorkingPage): Response {
  const { lang, title, site, body, status = 200, width = 'reading', alternates } = page
  const { assets } = services
  const document = renderPage(
    <Layout
      t={translator(lang)}
      lang={lang}
      assets={assets}
      origin={services.publicUrl}
      path={c.req.path}
      title={title}
      site={site}
      width={width}
      alternates={alternates}
      scripts={['page.js']}
      head={<link rel="stylesheet" href={assets('desk.css')} />}
      noindex
    >
      {body}
    </Layout>,
  )
  c.header('Cache-Control', 'no-store')
  c.header('X-Robots-Tag', 'noindex')
  return c.html(document, status)
}

/** The same answer for what does not exist and for what the asker may not see. */
export function showLost(c: Context, services: PeopleServices, lang: Lang): Response {
  const t = translator(lang)
  return showPage(c, services, {
    lang,
    status: 404,
    title: t('organiser.lost.title'),
    site: twizaSite(lang),
    body: (
      <StatePage picture="lost" title={t('organiser.lost.title')} sentence={t('organiser.lost.sentence')}>
        <p>
          <a href={`/${lang}/sign-in`}>{t('organiser.lost.sign_in')}</a>
        </p>
      </StatePage>
    ),
  })
}

/** Pages that belong to no collective yet. */
export function twizaSite(lang: Lang): { name: string; href: string } {
  return { name: 'Twiza', href: `/${lang}` }
}

/** The language of an address such as `/fr/...`. The route's pattern lets no other through. */
export function langOfPath(c: Context): Lang {
  const lang = c.req.param('lang')
  if (!isLang(lang)) throw new Error('the route lets only languages through')
  return lang
}
