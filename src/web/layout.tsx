import type { ComponentChildren } from 'preact'
import { DEFAULT_LANG, direction, LANGS, type Lang } from '../domain/lang.ts'
import type { T } from '../i18n/translator.ts'
import type { Assets } from './assets.ts'
import { Brand, ProductName } from './brand.tsx'

/** Each language by its own name. */
export const LANG_NAMES: Record<Lang, string> = {
  ar: 'العربية',
  fr: 'Français',
  en: 'English',
  es: 'Español',
}

export type LayoutProps = {
  t: T
  lang: Lang
  assets: Assets
  /** Public address of the installation, without a slash at the end. */
  origin: string
  /** Path of this page: its canonical address when `canonical` is left out. */
  path: string
  canonical?: string
  title: string
  description?: string
  /** The same place in the other languages, as paths. Left out where there is none. */
  alternates?: Partial<Record<Lang, string>>
  /**
   * Id of a form on this page: changing the language then sends it, as `show_in`, to the page in the other
   * language, so that what was typed is kept.
   */
  languageForm?: string
  noindex?: boolean
  /** Share picture: a path or an absolute address. */
  image?: { href: string; alt: string; width: number; height: number }
  /** Whose page it is: the collective, or the installation. */
  site: { name: string; href: string }
  /** Names of assets, loaded as modules after the page. */
  scripts?: readonly string[]
  /** Further elements of `<head>`. */
  head?: ComponentChildren
  /** A `<Notice>` above everything, such as the trial mode. */
  banner?: ComponentChildren
  /** Above the product's own line in the footer: the association and its authorisation. */
  footer?: ComponentChildren
  /** Working screens are wider and calmer. */
  width?: 'reading' | 'page' | 'work'
  children: ComponentChildren
}

/** The whole HTML document around a page. Render it with `renderPage`. */
export function Layout(props: LayoutProps) {
  const { t, lang, assets, site, banner, footer, children, width = 'page' } = props
  return (
    <html lang={lang} dir={direction(lang)}>
      <head>
        <Meta {...props} />
        <link
          rel="preload"
          href={assets(lang === 'ar' ? 'readex-arabic.woff2' : 'readex-latin.woff2')}
          as="font"
          type="font/woff2"
          crossOrigin="anonymous"
        />
        <link rel="stylesheet" href={assets('main.css')} />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="manifest" href="/manifest.webmanifest" />
        {props.scripts?.map((name) => (
          <script key={name} type="module" src={assets(name)} />
        ))}
        {props.head}
      </head>
      <body class={`width-${width}`}>
        <a class="skip" href="#main">
          {t('common.skip')}
        </a>
        <header class="site-header">
          {banner && <div class="banner">{banner}</div>}
          <div class="site-row">
            <Brand {...site} />
            <LanguageSwitch {...props} />
          </div>
        </header>
        <main id="main" tabIndex={-1}>
          {children}
        </main>
        <footer class="site-footer">
          <div class="zellige-band" aria-hidden="true" />
          <div class="site-foot">
            {footer}
            <p>{t('common.footer.contribution')}</p>
            <p>
              <ProductName /> — {t('common.footer.free')}
            </p>
          </div>
        </footer>
      </body>
    </html>
  )
}

/** Language links that keep the place, each in its own language. The page's own language is not one of them. */
function LanguageSwitch({ t, lang, alternates = {}, languageForm }: LayoutProps) {
  const others = LANGS.filter((other) => other !== lang && alternates[other] !== undefined)
  if (others.length === 0) return null
  return (
    <nav class="languages" aria-label={t('common.languages')}>
      {languageForm !== undefined && (
        // Enter in a field takes the first button of a form: it must not be a language.
        <button class="unseen" type="submit" form={languageForm} tabIndex={-1} aria-hidden="true" />
      )}
      {others.map((other) =>
        languageForm === undefined ? (
          <a key={other} href={alternates[other]} lang={other} hreflang={other} dir={direction(other)}>
            {LANG_NAMES[other]}
          </a>
        ) : (
          <button
            key={other}
            type="submit"
            form={languageForm}
            formAction={alternates[other]}
            formNoValidate
            name="show_in"
            value={other}
            lang={other}
            dir={direction(other)}
          >
            {LANG_NAMES[other]}
          </button>
        ),
      )}
    </nav>
  )
}

function Meta({
  lang,
  origin,
  path,
  canonical,
  title,
  description,
  noindex,
  site,
  image,
  alternates = {},
}: LayoutProps) {
  const absolute = (href: string) => new URL(href, origin).href
  const address = absolute(canonical ?? path)
  const langs = LANGS.filter((other) => alternates[other] !== undefined)
  const standing = alternates[DEFAULT_LANG]
  return (
    <>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{title === site.name ? title : `${title} · ${site.name}`}</title>
      {description && <meta name="description" content={description} />}
      {noindex && <meta name="robots" content="noindex" />}
      <meta name="theme-color" media="(prefers-color-scheme: light)" content={THEME_COLOR.light} />
      <meta name="theme-color" media="(prefers-color-scheme: dark)" content={THEME_COLOR.dark} />
      <link rel="canonical" href={address} />
      {langs.map((other) => (
        <link key={other} rel="alternate" hreflang={other} href={absolute(alternates[other]!)} />
      ))}
      {standing && <link rel="alternate" hreflang="x-default" href={absolute(standing)} />}
      <meta property="og:type" content="website" />
      <meta property="og:site_name" content={site.name} />
      <meta property="og:title" content={title} />
      {description && <meta property="og:description" content={description} />}
      <meta property="og:url" content={address} />
      <meta property="og:locale" content={OPEN_GRAPH_LOCALES[lang]} />
      {image && <meta property="og:image" content={absolute(image.href)} />}
      {image && <meta property="og:image:alt" content={image.alt} />}
      {image && <meta property="og:image:width" content={String(image.width)} />}
      {image && <meta property="og:image:height" content={String(image.height)} />}
      <meta name="twitter:card" content="summary_large_image" />
    </>
  )
}

/** The page's ground, as in `tokens.css`. */
export const THEME_COLOR = { light: '#faf4e8', dark: '#1a1512' } as const

const OPEN_GRAPH_LOCALES: Record<Lang, string> = { ar: 'ar_MA', fr: 'fr_FR', en: 'en_GB', es: 'es_ES' }
