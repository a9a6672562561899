import type { ComponentChildren } from 'preact'
import type { Collective } from '../db/directory.ts'
import { collectivePath } from '../domain/address.ts'
import { inLang, LANGS, type Lang } from '../domain/lang.ts'
import { plainText } from '../i18n/plain-text.ts'
import { translator } from '../i18n/translator.ts'
import { Layout, type LayoutProps } from '../web/layout.tsx'
import { Notice } from '../web/surfaces.tsx'
import type { CampaignServices } from './services.ts'

export type PageFrameProps = {
  services: Pick<CampaignServices, 'assets' | 'publicUrl' | 'trial'>
  lang: Lang
  /** Whose page it is; left out on the pages of the installation itself. */
  collective?: Collective
  /** The address of this page in a language. */
  pathIn: (lang: Lang) => string
  children: ComponentChildren
} & Pick<LayoutProps, 'title' | 'description' | 'canonical' | 'noindex' | 'image' | 'scripts' | 'footer'>

/** The document around every public page: whose it is, its languages, the notice of a trial. */
export function PageFrame({ services, lang, collective, pathIn, ...page }: PageFrameProps) {
  const t = translator(lang)
  const langs = LANGS.filter((other) => collective === undefined || collective.langs.includes(other))
  const site = collective
    ? { name: inLang(collective.name, lang), href: collectivePath(lang, collective) }
    : { name: t('campaign.site_name'), href: `/${lang}` }
  return (
    <Layout
      {...page}
      title={plainText(page.title)}
      description={page.description && plainText(page.description)}
      t={t}
      lang={lang}
      assets={services.assets}
      origin={services.publicUrl}
      path={pathIn(lang)}
      alternates={Object.fromEntries(langs.map((other) => [other, pathIn(other)]))}
      site={site}
      banner={services.trial && <Notice tone="warning">{t('common.trial')}</Notice>}
    />
  )
}
