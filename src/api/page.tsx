import type { Context } from 'hono'
import { isLang, LANGS, type Lang } from '../domain/lang.ts'
import { translator } from '../i18n/translator.ts'
import { preferredLang } from '../web/accept-language.ts'
import { Layout } from '../web/layout.tsx'
import { renderPage } from '../web/render.ts'
import { openApiDocument } from './openapi.ts'
import { ApiReference } from './reference.tsx'
import type { ApiServices } from './services.ts'

const PATH = '/api'

/** `GET /api`: the document for people, in the language of `?lang=` or of the browser. */
export function apiPageHandler({ publicUrl, assets }: ApiServices) {
  const document = openApiDocument(publicUrl)
  return (c: Context) => {
    const asked = c.req.query('lang')
    const lang = isLang(asked) ? asked : preferredLang(c.req.header('Accept-Language'), 'en')
    const t = translator(lang)
    c.header('Cache-Control', 'no-cache')
    c.header('Vary', 'Accept-Language', { append: true })
    c.header('Content-Language', lang)
    return c.html(
      renderPage(
        <Layout
          t={t}
          lang={lang}
          assets={assets}
          origin={publicUrl}
          path={addressIn(lang)}
          alternates={Object.fromEntries(LANGS.map((other) => [other, addressIn(other)]))}
          title={t('api.title')}
          description={t('api.lead')}
          site={{ name: 'Twiza', href: `/${lang}` }}
          width="reading"
        >
          <ApiReference t={t} document={document} />
        </Layout>,
      ),
    )
  }
}

function addressIn(lang: Lang): string {
  return `${PATH}?lang=${lang}`
}
