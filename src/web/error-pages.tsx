import { DEFAULT_LANG, isLang, type Lang } from '../domain/lang.ts'
import { translator } from '../i18n/translator.ts'
import { preferredLang } from './accept-language.ts'
import type { Assets } from './assets.ts'
import { LinkButton } from './button.tsx'
import { Layout } from './layout.tsx'
import type { Problem } from './problem.ts'
import { StatePage } from './state-page.tsx'

/** Why a whole request failed. Its sentences are `error.KIND_title` and `error.KIND_sentence`. */
export type ErrorKind =
  | 'not_found'
  | 'forbidden'
  | 'method_not_allowed'
  | 'too_large'
  | 'invalid'
  | 'unavailable'
  | 'overloaded'
  | 'failed'

export const ERROR_STATUSES = {
  not_found: 404,
  forbidden: 403,
  method_not_allowed: 405,
  too_large: 413,
  invalid: 400,
  unavailable: 503,
  overloaded: 503,
  failed: 500,
} as const satisfies Record<ErrorKind, Problem['status']>

/** The kind that says most of an HTTP status. */
export function errorKindOf(status: number): ErrorKind {
  const kinds = Object.keys(ERROR_STATUSES) as ErrorKind[]
  return kinds.find((kind) => ERROR_STATUSES[kind] === status) ?? (status < 500 ? 'invalid' : 'failed')
}

export type ErrorPageProps = {
  kind: ErrorKind
  lang: Lang
  assets: Assets
  origin: string
  /** Where to try again: the path of the request, for what may pass. */
  retryPath?: string
  requestId?: string
}

/** A page for a request that failed as a whole. It asks no database: that may be what failed. */
export function ErrorPage({ kind, lang, assets, origin, retryPath, requestId }: ErrorPageProps) {
  const t = translator(lang)
  const home = `/${lang}`
  const mayPass = ERROR_STATUSES[kind] === 503
  const sentence = t(`error.${kind}_sentence`)
  return (
    <Layout
      t={t}
      lang={lang}
      assets={assets}
      origin={origin}
      path={home}
      title={t(`error.${kind}_title`)}
      noindex
      site={{ name: 'Twiza', href: home }}
      width="reading"
    >
      <StatePage
        picture={mayPass ? 'soon' : 'lost'}
        title={t(`error.${kind}_title`)}
        // What was sent cannot be asked for by a link: it is still in the page that it came from.
        sentence={mayPass && retryPath === undefined ? `${sentence} ${t('error.go_back')}` : sentence}
      >
        {retryPath !== undefined && <LinkButton href={retryPath}>{t('error.again')}</LinkButton>}
        <LinkButton href={home} look={retryPath === undefined ? 'main' : 'quiet'}>
          {t('error.home')}
        </LinkButton>
        {requestId && <p class="state-reference">{t('error.request', { id: requestId })}</p>}
      </StatePage>
    </Layout>
  )
}

/** The language that a request speaks: of its path, else of the browser. */
export function requestLang(
  path: string,
  acceptLanguage: string | undefined,
  fallback: Lang = DEFAULT_LANG,
): Lang {
  const first = path.split('/', 2)[1]
  return isLang(first) ? first : preferredLang(acceptLanguage, fallback)
}
